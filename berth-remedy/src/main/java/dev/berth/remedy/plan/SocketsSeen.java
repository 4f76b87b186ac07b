package dev.berth.remedy.plan;

import dev.berth.diagnosis.KubernetesNode;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import dev.berth.platform.Gap;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.InodeSet;
import dev.berth.platform.SocketCursor;
import dev.berth.platform.SocketDump;
import dev.berth.platform.SocketQuery;
import dev.berth.platform.SocketRow;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one pass over the sockets of a host says of a plan: which ports servers have, and how many clients do. */
final class SocketsSeen {
    private final @Nullable PortRange dynamic;
    private final BitSet listening = new BitSet();
    private final BitSet tcpClients = new BitSet();
    private final BitSet udpClients = new BitSet();
    private final BitSet udpOfAnybody = new BitSet();
    private final Map<Integer, Long> inodes = new HashMap<>();
    private final InodeSet agentInodes = new InodeSet();
    private final List<Gap> gaps;

    private SocketsSeen(@Nullable PortRange dynamic, List<Gap> gaps) {
        this.dynamic = dynamic;
        this.gaps = gaps;
    }

    static SocketsSeen of(HostNetwork host, @Nullable PortRange dynamic) throws HostReadException {
        try (SocketDump dump = host.sockets(SocketQuery.everything(), 1)) {
            var seen = new SocketsSeen(dynamic, dump.gaps());
            for (SocketCursor part : dump.parts()) {
                while (part.next()) {
                    seen.add(part);
                }
            }
            seen.tcpClients.andNot(seen.listening); // connections on a listener's port came in
            return seen;
        }
    }

    private void add(SocketRow row) {
        int port = row.localPort();
        boolean drawable = dynamic != null && dynamic.contains(port);
        if (row.protocol() == Protocol.UDP) {
            if (row.remotePort() == 0) {
                (drawable ? udpOfAnybody : listening).set(port);
                inodes.putIfAbsent(port, row.inode());
            }
            if (drawable) {
                udpClients.set(port);
            }
        } else if (row.state() == TcpState.LISTEN) {
            listening.set(port);
            inodes.put(port, row.inode());
            if (port == KubernetesNode.KUBELET_PORT) {
                agentInodes.add(row.inode());
            }
        } else if (drawable) {
            tcpClients.set(port);
        }
    }

    PortSet listening() {
        return PortSet.of(listening);
    }

    /** Ports of unconnected UDP sockets in the dynamic range: a server's, or drawn by a client. */
    PortSet udpOfAnybody() {
        return PortSet.of(udpOfAnybody);
    }

    /** The inode of a socket that takes in what comes to the port, or 0 where there is none. */
    long inodeAt(int port) {
        return inodes.getOrDefault(port, 0L);
    }

    PortSet inUse() {
        return PortSet.of(tcpClients.cardinality() >= udpClients.cardinality() ? tcpClients : udpClients);
    }

    /** Listeners whose process would tell that this is a Kubernetes node. */
    InodeSet agentInodes() {
        return agentInodes;
    }

    List<Gap> gaps() {
        return gaps;
    }
}
