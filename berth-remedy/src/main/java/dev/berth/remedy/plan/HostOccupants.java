package dev.berth.remedy.plan;

import dev.berth.diagnosis.Holder;
import dev.berth.diagnosis.Holders;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.InodeSet;
import dev.berth.platform.OwnerQuery;
import dev.berth.platform.Owners;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.SocketColumns;
import dev.berth.platform.SocketCursor;
import dev.berth.platform.SocketDump;
import dev.berth.platform.SocketQuery;
import java.util.List;

/** Who has ports of a host, in one look at its sockets each time. */
record HostOccupants(HostNetwork host) implements Terrain.Occupants {
    @Override
    public boolean isAncestor(ProcessInfo process) {
        return host.control().ancestry().has(process.pid());
    }

    @Override
    public List<Holder> on(PortSet ports, Protocol protocol) throws HostReadException {
        List<PortRange> runs = ports.ranges();
        if (runs.isEmpty()) {
            return List.of();
        }
        var span = new PortRange(runs.getFirst().first(), runs.getLast().last());
        var rows = new SocketColumns();
        var inodes = new InodeSet();
        try (SocketDump dump = host.sockets(SocketQuery.all(protocol).with(span), 1)) {
            for (SocketCursor part : dump.parts()) {
                while (part.next()) {
                    if (ports.contains(part.localPort())) {
                        rows.append(part);
                        inodes.add(part.inode());
                    }
                }
            }
        }
        Owners owners = inodes.isEmpty() ? Owners.notLooked() : host.owners(OwnerQuery.everyHolder(inodes));
        return Holders.of(rows, owners, host::processLabel, host.namespace());
    }
}
