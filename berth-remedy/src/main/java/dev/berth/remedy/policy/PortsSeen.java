package dev.berth.remedy.policy;

import dev.berth.diagnosis.Holder;
import dev.berth.diagnosis.Holders;
import dev.berth.net.IpAddress;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import dev.berth.platform.Gap;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.InodeSet;
import dev.berth.platform.OwnerQuery;
import dev.berth.platform.Owners;
import dev.berth.platform.SocketColumns;
import dev.berth.platform.SocketCursor;
import dev.berth.platform.SocketDump;
import dev.berth.platform.SocketQuery;
import dev.berth.platform.SocketRow;
import dev.berth.remedy.policy.Policy.Service;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who is on the ports of a policy's services. Listeners are few and read at once. Connections are read only for ports that
 * their service does not listen on, and processes are looked through only for who is in the way or must be told apart.
 */
final class PortsSeen {
    private static final Set<TcpState> SERVING = EnumSet.of(TcpState.LISTEN, TcpState.BOUND);
    private static final int FEW = 4; // each look walks every connection in the kernel, so many ports are read in one

    private record Place(Protocol protocol, int port) {}

    private final HostNetwork host;
    private final List<Gap> gaps;
    private final SocketColumns rows = new SocketColumns();
    private final InodeSet inodes = new InodeSet();
    private final BitSet listening = new BitSet();
    private final Map<Place, List<Holder>> holders = new HashMap<>();

    private PortsSeen(HostNetwork host, List<Gap> gaps) {
        this.host = host;
        this.gaps = gaps;
    }

    static PortsSeen of(Policy policy, HostNetwork host, List<Gap> gaps) throws HostReadException {
        var seen = new PortsSeen(host, gaps);
        seen.readListeners(policy);
        for (Protocol protocol : Protocol.values()) {
            seen.readConnections(protocol, seen.unserved(policy, protocol));
        }
        seen.name();
        return seen;
    }

    private void readListeners(Policy policy) throws HostReadException {
        PortSet tcp = policy.ports(Protocol.TCP);
        PortSet udp = policy.ports(Protocol.UDP);
        PortSet toldApart = policy.services().stream()
                .filter(service -> service.unit() != null || service.process() != null)
                .map(Service::ports)
                .reduce(PortSet.EMPTY, PortSet::plus);
        read(SocketQuery.everything().with(SERVING), row -> {
            boolean listens = row.protocol() == Protocol.TCP && row.state() == TcpState.LISTEN;
            if (listens) {
                listening.set(row.localPort());
            }
            boolean wanted = (row.protocol() == Protocol.TCP ? tcp : udp).contains(row.localPort());
            boolean named = !listens && row.protocol() == Protocol.TCP || toldApart.contains(row.localPort());
            if (wanted && named) {
                inodes.add(row.inode());
            }
            return wanted;
        });
    }

    /** The ports that a service does not listen on. */
    private PortSet unserved(Policy policy, Protocol protocol) {
        var unserved = new BitSet();
        for (Service service : policy.services()) {
            if (service.protocol() == protocol) {
                var ports = new BitSet();
                service.ports().ports().forEach(ports::set);
                for (var row = rows.cursor(); row.next(); ) {
                    if (serves(row, service)) {
                        ports.clear(row.localPort());
                    }
                }
                unserved.or(ports);
            }
        }
        return PortSet.of(unserved);
    }

    private static boolean serves(SocketRow row, Service service) {
        IpAddress address = service.address();
        return row.protocol() == service.protocol()
                && (row.protocol() == Protocol.UDP || row.state() == TcpState.LISTEN)
                && (address == null
                        || address.isAny()
                        || row.localAddress().isAny()
                        || row.localAddress().equals(address));
    }

    private void readConnections(Protocol protocol, PortSet ports) throws HostReadException {
        List<PortRange> runs = ports.ranges();
        if (runs.isEmpty()) {
            return;
        }
        List<PortRange> looks = runs.size() <= FEW
                ? runs
                : List.of(new PortRange(runs.getFirst().first(), runs.getLast().last()));
        SocketQuery query = SocketQuery.all(protocol).with(EnumSet.complementOf(EnumSet.copyOf(SERVING)));
        for (PortRange look : looks) {
            read(query.with(look), row -> {
                boolean wanted = ports.contains(row.localPort());
                if (wanted) {
                    inodes.add(row.inode());
                }
                return wanted;
            });
        }
    }

    private interface Wanted {
        boolean test(SocketRow row);
    }

    private void read(SocketQuery query, Wanted wanted) throws HostReadException {
        try (SocketDump dump = host.sockets(query, 1)) {
            for (SocketCursor part : dump.parts()) {
                while (part.next()) {
                    if (wanted.test(part)) {
                        rows.append(part);
                    }
                }
            }
            gaps.addAll(dump.gaps());
        }
    }

    private void name() {
        Owners owners = Owners.notLooked();
        if (!inodes.isEmpty()) {
            try {
                owners = host.owners(OwnerQuery.everyHolder(inodes));
                gaps.addAll(owners.gaps());
            } catch (HostReadException e) {
                gaps.add(new Gap("who holds ports", e.why()));
            }
        }
        for (Holder holder : Holders.of(rows, owners, host::processLabel, host.namespace())) {
            holders.computeIfAbsent(new Place(holder.protocol(), holder.local().port()), _ -> new ArrayList<>())
                    .add(holder);
        }
    }

    /** Every socket on the port, the deciding ones first; of a served port its connections are left out. */
    List<Holder> on(Protocol protocol, int port) {
        return holders.getOrDefault(new Place(protocol, port), List.of());
    }

    /** Every TCP port with a listener. */
    PortSet listening() {
        return PortSet.of(listening);
    }
}
