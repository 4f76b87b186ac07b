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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one pass over the sockets of a host says of a plan: which ports servers have, and how many clients do. */
final class SocketsSeen {
    private final @Nullable PortRange dynamic;
    private final BitSet listening = new BitSet();
    private final BitSet tcpClients = new BitSet();
    private final BitSet udpClients = new BitSet();
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
            if (drawable) {
                udpClients.set(port);
            } else if (row.remotePort() == 0) {
                listening.set(port);
            }
        } else if (row.state() == TcpState.LISTEN) {
            listening.set(port);
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
