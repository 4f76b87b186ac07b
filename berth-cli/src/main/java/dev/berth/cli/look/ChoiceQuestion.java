package dev.berth.cli.look;

import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.FixScope;
import dev.berth.diagnosis.MoreConnections;
import dev.berth.diagnosis.Processes;
import dev.berth.diagnosis.doctor.Destination;
import dev.berth.diagnosis.doctor.Shares;
import dev.berth.diagnosis.survey.InodePairs;
import dev.berth.net.IpAddress;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import dev.berth.platform.Gap;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.InodeSet;
import dev.berth.platform.OwnerQuery;
import dev.berth.platform.Owners;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.Settings;
import dev.berth.platform.SocketCursor;
import dev.berth.platform.SocketDump;
import dev.berth.platform.SocketQuery;
import dev.berth.platform.SocketRow;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a bind of port 0 finds a port: one on which no socket overlaps with its address, for it shares none.
 *
 * @param address null for the dual-stack wildcard
 */
record ChoiceQuestion(Protocol protocol, @Nullable IpAddress address) {
    PortChoice ask(HostNetwork host) throws HostReadException {
        var gaps = new ArrayList<Gap>();
        Settings settings = host.settings();
        PortPolicy policy = settings.policy(protocol);
        PortSet drawable = policy.drawable();
        var taken = new BitSet();
        var listened = new BitSet();
        var sockets = new InodePairs();
        var inodes = new InodeSet();
        try (SocketDump dump = host.sockets(SocketQuery.all(protocol), 1)) {
            Parts.addNew(gaps, dump.gaps());
            for (SocketCursor part : dump.parts()) {
                while (part.next()) {
                    listened.set(part.localPort(), listened.get(part.localPort()) || part.state() == TcpState.LISTEN);
                    if (drawable.contains(part.localPort()) && overlaps(part)) {
                        taken.set(part.localPort());
                        sockets.add(part.inode(), 0);
                        inodes.add(part.inode());
                    }
                }
            }
        }
        Parts.addNew(gaps, settings.gaps());
        if (policy.dynamic() == null) {
            gaps.add(new Gap("how many ports there are", "the dynamic port range could not be read"));
        }
        if (!host.shows(TcpState.BOUND) && protocol == Protocol.TCP) {
            gaps.add(
                    new Gap("sockets that are bound only", "this host does not show them, so fewer ports may be left"));
        }
        var choice = new PortChoice(
                protocol,
                policy.dynamic(),
                drawable.size(),
                taken.cardinality(),
                shares(host, sockets, inodes, gaps),
                List.of(),
                gaps);
        return Boolean.TRUE.equals(choice.usedUp()) ? choice.with(fixes(settings, PortSet.of(listened))) : choice;
    }

    private boolean overlaps(SocketRow row) {
        if (address == null || address.equals(IpAddress.ANY_V6)) {
            return true;
        }
        IpAddress theirs = row.localAddress();
        if (theirs.isAny()) {
            return theirs.isV4() == address.isV4() || !theirs.isV4() && !row.v6Only();
        }
        return address.isAny() ? theirs.isV4() == address.isV4() : theirs.equals(address);
    }

    private static List<Destination.Share> shares(HostNetwork host, InodePairs sockets, InodeSet inodes, List<Gap> gaps)
            throws HostReadException {
        Owners owners = inodes.isEmpty() ? Owners.notLooked() : host.owners(OwnerQuery.everyHolder(inodes));
        Parts.addNew(gaps, owners.gaps());
        return Shares.of(sockets, 1, new Processes(owners, host::process)).getFirst();
    }

    private static List<Fix> fixes(Settings settings, PortSet listened) {
        var fixes = new ArrayList<Fix>();
        fixes.add(MoreConnections.REUSE_CONNECTIONS);
        Fix wider = MoreConnections.widerRange(settings, listened);
        if (wider != null) {
            fixes.add(wider);
        }
        return FixScope.aimed(fixes, settings);
    }
}
