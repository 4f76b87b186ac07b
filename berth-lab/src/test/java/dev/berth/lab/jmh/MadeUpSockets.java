package dev.berth.lab.jmh;

import dev.berth.linux.kernel.Datagrams;
import dev.berth.linux.kernel.DescriptorSink;
import dev.berth.linux.kernel.DiagTable;
import dev.berth.linux.kernel.FilesInMemory;
import dev.berth.linux.kernel.Kernel;
import dev.berth.linux.kernel.KernelFiles;
import dev.berth.linux.sockets.DiagMessage;
import dev.berth.linux.sockets.Sockets;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.BindOutcome;
import dev.berth.platform.BindRequest;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.OwnerQuery;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.SocketDump;
import dev.berth.platform.SocketQuery;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A kernel with connections from the ports of the dynamic range to a service at a few addresses, as datagrams of sock_diag: half of
 * them IPv4, one in four in TIME_WAIT, with the attributes that Linux 6.18 sends to Berth.
 */
final class MadeUpSockets implements Kernel {
    static final PortPolicy POLICY = new PortPolicy(
            new PortRange(32_768, 60_999), PortSet.EMPTY, List.of(), List.of(), 1024, PortPolicy.Persistent.NOTHING);

    private static final int PORTS = 28_232;
    private static final int DATAGRAM = 32 * 1024;
    private static final int HEADER = 16; // struct nlmsghdr
    private static final int SHUTDOWN = 8; // an attribute of a byte, with its header and padding
    private static final int CGROUP = 12; // one of eight
    private static final int MESSAGE = HEADER + DiagMessage.SIZE + SHUTDOWN + CGROUP;
    private static final short SOCK_DIAG_BY_FAMILY = 20;
    private static final short NLMSG_DONE = 3;
    private static final short INET_DIAG_SHUTDOWN = 8;
    private static final short INET_DIAG_CGROUP_ID = 21;
    private static final byte AF_INET = 2;
    private static final byte AF_INET6 = 10;
    private static final byte ESTABLISHED = 1;
    private static final byte TIME_WAIT = 6;

    private final KernelFiles files = new FilesInMemory().with("/proc/sys/kernel/osrelease", "6.18.0\n");
    private final List<byte[]> datagrams = new ArrayList<>();

    MadeUpSockets(int sockets) {
        ByteBuffer datagram = datagram();
        for (int i = 0; i < sockets; i++) {
            if (datagram.remaining() < MESSAGE) {
                send(datagram);
                datagram = datagram();
            }
            socket(datagram, i);
        }
        send(datagram);
        send(datagram()
                .putInt(HEADER + Integer.BYTES)
                .putShort(NLMSG_DONE)
                .putShort((short) 2)
                .putLong(0)
                .putInt(0));
    }

    private static ByteBuffer datagram() {
        return ByteBuffer.allocate(DATAGRAM).order(ByteOrder.nativeOrder());
    }

    private void send(ByteBuffer datagram) {
        byte[] bytes = new byte[datagram.flip().limit()];
        datagram.get(bytes);
        datagrams.add(bytes);
    }

    private static void socket(ByteBuffer to, int number) {
        int at = to.position();
        int row = at + HEADER;
        boolean v4 = number % 2 == 0;
        boolean timeWait = number % 4 == 3;
        to.putInt(at, MESSAGE).putShort(at + 4, SOCK_DIAG_BY_FAMILY).putShort(at + 6, (short) 2);
        to.put(row + DiagMessage.FAMILY, v4 ? AF_INET : AF_INET6);
        to.put(row + DiagMessage.STATE, timeWait ? TIME_WAIT : ESTABLISHED);
        to.put(row + DiagMessage.TIMER, (byte) (timeWait ? 3 : 0));
        to.order(ByteOrder.BIG_ENDIAN)
                .putShort(row + DiagMessage.SOURCE_PORT, (short) (32_768 + number % PORTS))
                .putShort(row + DiagMessage.DESTINATION_PORT, (short) 5432);
        address(to, row + DiagMessage.SOURCE, v4, 1);
        address(to, row + DiagMessage.DESTINATION, v4, 2 + number / PORTS);
        to.order(ByteOrder.nativeOrder())
                .putLong(row + DiagMessage.COOKIE, number + 1)
                .putInt(row + DiagMessage.EXPIRES, timeWait ? 1 + number % 60_000 : 0)
                .putInt(row + DiagMessage.UID, 1000)
                .putInt(row + DiagMessage.INODE, timeWait ? 0 : 100_000 + number);
        int attributes = row + DiagMessage.SIZE;
        to.putShort(attributes, (short) 5).putShort(attributes + 2, INET_DIAG_SHUTDOWN);
        to.putShort(attributes + SHUTDOWN, (short) CGROUP).putShort(attributes + SHUTDOWN + 2, INET_DIAG_CGROUP_ID);
        to.putLong(attributes + SHUTDOWN + 4, 4711);
        to.position(at + MESSAGE);
    }

    private static void address(ByteBuffer to, int at, boolean v4, int host) {
        if (v4) {
            to.putInt(at, 0x0a000000 + host); // 10.0.0.0/8
        } else {
            to.putLong(at, 0x20010db8_00000000L).putLong(at + Long.BYTES, host); // 2001:db8::/32
        }
    }

    /** All of them, decoded as they are read. */
    SocketDump dump() {
        return Sockets.dump(this, SocketQuery.all(Protocol.TCP), 1, List.of());
    }

    @Override
    public Datagrams diag(DiagTable table, SocketQuery query, PortRange higherPorts) {
        var left = datagrams.iterator();
        return new Datagrams() {
            @Override
            public boolean receive(ByteBuffer into) {
                if (!left.hasNext()) {
                    return false;
                }
                into.clear().put(left.next()).flip();
                return true;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public NetworkNamespace namespace() {
        return new NetworkNamespace(1, null);
    }

    @Override
    public KernelFiles files() {
        return files;
    }

    @Override
    public void descriptors(OwnerQuery query, DescriptorSink sink) {
        throw new UnsupportedOperationException("no processes");
    }

    @Override
    public BindOutcome bind(BindRequest request) {
        throw new UnsupportedOperationException("no ports");
    }

    @Override
    public Instant readAt() {
        return Instant.EPOCH;
    }

    @Override
    public boolean recorded() {
        return true;
    }

    @Override
    public void close() {}
}
