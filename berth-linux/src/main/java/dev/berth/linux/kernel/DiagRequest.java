package dev.berth.linux.kernel;

import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.net.PortRange;
import dev.berth.net.TcpState;
import dev.berth.platform.SocketQuery;
import dev.berth.platform.SocketQuery.PortOrigin;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;

/**
 * What sock_diag is asked: {@code struct inet_diag_req} for both families of TCP, {@code struct inet_diag_req_v2} for UDP,
 * each with a filter program where the fields are not enough. See linux/inet_diag.h and sock_diag(7).
 */
final class DiagRequest {
    static final int TCPDIAG_GETSOCK = 18;
    static final int SOCK_DIAG_BY_FAMILY = 20;

    private static final int CAPACITY = 256;
    private static final int NLMSG_HEADER = 16;
    private static final int NLM_F_REQUEST_DUMP = 0x301;
    private static final int SOCKID_SIZE = 48;
    private static final int INET_DIAG_REQ_BYTECODE = 1;
    private static final int INET_DIAG_INFO = 2;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int IPPROTO_UDP = 17;

    private static final int BC_JMP = 1;
    private static final int BC_S_GE = 2;
    private static final int BC_S_LE = 3;
    private static final int BC_D_LE = 5;
    private static final int BC_AUTO = 6;
    private static final int BC_D_COND = 8;
    private static final int OP_SIZE = 4;
    private static final int PORT_TEST_SIZE = 2 * OP_SIZE; // the port is in the "no" of a second op
    private static final int HOST_CONDITION_SIZE = 8;

    private final NativeBuffer memory = new NativeBuffer(CAPACITY);
    private final ByteBuffer bytes = memory.bytes();
    private final SocketQuery query;
    private final PortRange higherPorts;

    private DiagRequest(SocketQuery query, PortRange higherPorts) {
        this.query = query;
        this.higherPorts = higherPorts;
    }

    /** The request; its length is its first int. */
    static NativeBuffer of(DiagTable table, SocketQuery query, PortRange higherPorts) {
        var request = new DiagRequest(query, higherPorts);
        request.encode(table);
        return request.memory;
    }

    private void encode(DiagTable table) {
        boolean legacy = table == DiagTable.TCP;
        bytes.putShort(4, (short) (legacy ? TCPDIAG_GETSOCK : SOCK_DIAG_BY_FAMILY));
        bytes.putShort(6, (short) NLM_F_REQUEST_DUMP);
        bytes.putInt(8, 1);
        bytes.position(NLMSG_HEADER);
        if (legacy) {
            bytes.putShort((short) 0).put((byte) 0); // any family
            bytes.put((byte) (query.times() ? 1 << INET_DIAG_INFO - 1 : 0));
            putSocketId();
            bytes.putInt(tcpStates(query.states()));
            bytes.putInt(0);
        } else {
            bytes.put((byte) (table == DiagTable.UDP_V4 ? AF_INET : AF_INET6));
            bytes.put((byte) IPPROTO_UDP);
            bytes.putShort((short) 0);
            bytes.putInt(udpStates(query.states()));
            putSocketId();
        }
        putFilter();
        bytes.putInt(0, bytes.position());
    }

    private void putSocketId() {
        int end = bytes.position() + SOCKID_SIZE;
        PortRange ports = query.localPorts();
        Endpoint remote = query.remote();
        bytes.order(ByteOrder.BIG_ENDIAN);
        bytes.putShort((short) (ports.size() == 1 ? ports.first() : 0)); // cheaper than a program: compared first
        bytes.putShort((short) (remote == null ? 0 : remote.port()));
        bytes.order(ByteOrder.nativeOrder());
        bytes.position(end);
    }

    private void putFilter() {
        boolean explicit = query.origin() == PortOrigin.EXPLICIT;
        PortRange ports = query.localPorts();
        boolean range = ports.size() > 1 && !ports.equals(PortRange.ALL);
        boolean lower = higherPorts.last() < PortRange.ALL.last();
        boolean upper = higherPorts.first() > PortRange.ALL.first();
        Endpoint remote = query.remote();
        byte[] destination = remote == null ? new byte[0] : remote.address().toBytes();
        int length = (explicit ? 2 * OP_SIZE : 0)
                + (range ? 2 * PORT_TEST_SIZE : 0)
                + (lower ? 2 * PORT_TEST_SIZE : 0)
                + (upper ? 2 * PORT_TEST_SIZE + OP_SIZE : 0)
                + (remote == null ? 0 : OP_SIZE + HOST_CONDITION_SIZE + destination.length);
        if (length == 0) {
            return;
        }
        bytes.putShort((short) (4 + length)).putShort((short) INET_DIAG_REQ_BYTECODE);
        int end = bytes.position() + length;
        if (explicit) { // not AUTO: when it holds, go on to a jump that always rejects
            bytes.put((byte) BC_AUTO).put((byte) OP_SIZE).putShort((short) (2 * OP_SIZE));
            putOp(BC_JMP, OP_SIZE, end);
        }
        if (range) {
            putPortTest(BC_S_GE, ports.first(), end);
            putPortTest(BC_S_LE, ports.last(), end);
        }
        if (remote != null) {
            putOp(BC_D_COND, OP_SIZE + HOST_CONDITION_SIZE + destination.length, end);
            IpAddress address = remote.address(); // an IPv4 condition matches v4-mapped sockets too
            bytes.put((byte) (address.isV4() ? AF_INET : AF_INET6)).put((byte) (destination.length * 8));
            bytes.putShort((short) 0).putInt(remote.port() == 0 ? -1 : remote.port());
            bytes.put(destination);
        }
        if (lower) { // both ports are
            putPortTest(BC_S_LE, higherPorts.last(), end);
            putPortTest(BC_D_LE, higherPorts.last(), end);
        }
        if (upper) { // not both below: a test that fails goes to the end, which admits, so this comes last
            putPortTest(BC_S_LE, higherPorts.first() - 1, end - 4);
            putPortTest(BC_D_LE, higherPorts.first() - 1, end - 4);
            putOp(BC_JMP, OP_SIZE, end); // both hold: reject
        }
    }

    private void putPortTest(int code, int port, int end) {
        putOp(code, PORT_TEST_SIZE, end);
        bytes.putShort((short) 0).putShort((short) port);
    }

    /**
     * An op that goes on to the next when it holds, and past {@code end} when it does not. Past the end of the program
     * rejects, the end itself admits. The kernel refuses a jump to where no chain of tests that hold leads.
     */
    private void putOp(int code, int yes, int end) {
        int no = end - bytes.position() + 4;
        bytes.put((byte) code).put((byte) yes).putShort((short) no);
    }

    private static int tcpStates(Set<TcpState> states) {
        int mask = 0;
        for (TcpState state : states) {
            mask |= switch (state) {
                case ESTABLISHED -> 1 << 1;
                case SYN_SENT -> 1 << 2;
                case SYN_RECV -> 1 << 3 | 1 << 12;
                case FIN_WAIT1 -> 1 << 4;
                case FIN_WAIT2 -> 1 << 5;
                case TIME_WAIT -> 1 << 6;
                case CLOSE_WAIT -> 1 << 8;
                case LAST_ACK -> 1 << 9;
                case LISTEN -> 1 << 10;
                case CLOSING -> 1 << 11;
                case BOUND -> 1 << 13; // asked for as 13, answered as 7; since Linux 6.8
            };
        }
        return mask;
    }

    private static int udpStates(Set<TcpState> states) {
        return (states.contains(TcpState.ESTABLISHED) ? 1 << 1 : 0) | (states.contains(TcpState.BOUND) ? 1 << 7 : 0);
    }
}
