package dev.berth.cli.look;

import dev.berth.diagnosis.Holder;
import dev.berth.diagnosis.Holders;
import dev.berth.net.PortRange;
import dev.berth.net.Protocol;
import dev.berth.platform.Gap;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.InodeSet;
import dev.berth.platform.OwnerQuery;
import dev.berth.platform.Owners;
import dev.berth.platform.Snapshot;
import dev.berth.platform.SocketQuery;
import java.util.ArrayList;
import java.util.List;

/**
 * Who is on one port.
 *
 * @param complete whether every process was looked into
 */
public record Occupancy(int port, Protocol protocol, List<Holder> holders, boolean complete, List<Gap> gaps) {
    /** Reads the port in each namespace; the owners in one walk, and none where there is no socket. */
    public static Occupancy of(List<? extends HostNetwork> hosts, int port, Protocol protocol, OwnerQuery.Effort effort)
            throws HostReadException {
        SocketQuery query = SocketQuery.all(protocol).with(PortRange.of(port));
        var gaps = new ArrayList<Gap>();
        var snapshots = new ArrayList<Snapshot>();
        var inodes = new InodeSet();
        for (HostNetwork host : hosts) {
            Snapshot snapshot = host.snapshot(query);
            gaps.addAll(snapshot.gaps());
            snapshots.add(snapshot);
            for (var row = snapshot.sockets().cursor(); row.next(); ) {
                inodes.add(row.inode());
            }
        }
        HostNetwork any = hosts.getFirst();
        Owners owners = inodes.isEmpty() ? Owners.notLooked() : any.owners(new OwnerQuery(inodes, effort));
        gaps.addAll(owners.gaps());
        var processes = Processes.of(any);
        var holders = new ArrayList<Holder>();
        for (Snapshot snapshot : snapshots) {
            holders.addAll(Holders.of(snapshot.sockets(), owners, processes, snapshot.namespace()));
        }
        return new Occupancy(port, protocol, holders, inodes.isEmpty() || owners.complete(), gaps);
    }
}
