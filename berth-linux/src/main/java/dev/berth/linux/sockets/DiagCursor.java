package dev.berth.linux.sockets;

import dev.berth.linux.kernel.Datagrams;
import dev.berth.linux.kernel.Errno;
import dev.berth.net.IpAddress;
import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import dev.berth.platform.HostReadException;
import dev.berth.platform.HostReadException.Kind;
import dev.berth.platform.SocketCursor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows read in place from the datagrams of sock_diag: {@code struct inet_diag_msg} and its attributes, linux/inet_diag.h.
 * Lengths inside a datagram are claims, checked against the bytes that came; what is not known is passed over.
 */
final class DiagCursor implements SocketCursor {
    /** The replies to one request, and which rows of them are wanted: a recording holds more than was asked. */
    record Reply(Protocol protocol, Datagrams datagrams, RowFilter filter) {}

    static final int DATAGRAM_CAPACITY = 64 * 1024;

    private static final int NLMSG_HEADER = 16;
    private static final int NLMSG_ERROR = 2;
    private static final int NLMSG_DONE = 3;
    private static final int NLMSG_OVERRUN = 4;
    private static final int TCPDIAG_GETSOCK = 18;
    private static final int SOCK_DIAG_BY_FAMILY = 20;

    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int TIMER_TIME_WAIT = 3;
    private static final int INET_DIAG_INFO = 2;
    private static final int TCPI_LAST_ACK_RECV = 56; // in struct tcp_info, linux/tcp.h: milliseconds
    private static final int INET_DIAG_SKV6ONLY = 11;
    private static final int INET_DIAG_CGROUP_ID = 21;
    private static final int ATTRIBUTE_HEADER = 4;

    private final Iterator<Reply> replies;
    private final ByteBuffer bytes =
            ByteBuffer.allocateDirect(DATAGRAM_CAPACITY).order(ByteOrder.nativeOrder());
    private final ByteBuffer network = bytes.duplicate(); // the same bytes in network order

    private @Nullable Reply reply;
    private @Nullable RowFilter filter;
    private int limit;
    private int nextMessage;

    private int row;
    private int rowEnd;
    private boolean v4;
    private Protocol protocol = Protocol.TCP;
    private TcpState state = TcpState.BOUND;

    DiagCursor(List<Reply> replies) {
        this.replies = replies.iterator();
    }

    @Override
    public boolean next() throws HostReadException {
        while (true) {
            int left = limit - nextMessage;
            if (left <= 0) {
                if (!receive()) {
                    return false;
                }
                continue;
            }
            int message = nextMessage;
            int length = left < NLMSG_HEADER ? 0 : bytes.getInt(message);
            if (length < NLMSG_HEADER || length > left) {
                throw malformed("a message claims " + length + " of " + left + " bytes");
            }
            nextMessage = message + (length + 3 & ~3);
            switch (bytes.getShort(message + 4)) {
                case TCPDIAG_GETSOCK, SOCK_DIAG_BY_FAMILY -> {
                    if (moveTo(message + NLMSG_HEADER, message + length)) {
                        return true;
                    }
                }
                case NLMSG_DONE -> {
                    checkError(message, length);
                    nextMessage = limit;
                    reply = null;
                }
                case NLMSG_ERROR -> checkError(message, length);
                case NLMSG_OVERRUN -> throw malformed("the kernel lost some of its replies");
                default -> {} // not ours
            }
        }
    }

    private boolean receive() throws HostReadException {
        if (reply == null) {
            if (!replies.hasNext()) {
                return false;
            }
            reply = replies.next();
            protocol = reply.protocol();
            filter = reply.filter();
        }
        if (!reply.datagrams().receive(bytes) || bytes.limit() == 0) {
            throw malformed("the kernel's replies end before their end");
        }
        limit = bytes.limit();
        bytes.clear(); // reads are absolute, and checked against limit
        nextMessage = 0;
        return true;
    }

    private void checkError(int message, int length) throws HostReadException {
        int error = length < NLMSG_HEADER + Integer.BYTES ? 0 : bytes.getInt(message + NLMSG_HEADER);
        if (error != 0) {
            throw malformed("the kernel reports " + Errno.name(-error));
        }
    }

    private boolean moveTo(int at, int end) throws HostReadException {
        if (end - at < DiagMessage.SIZE) {
            throw malformed("a socket of " + (end - at) + " bytes, want " + DiagMessage.SIZE);
        }
        int family = bytes.get(at + DiagMessage.FAMILY);
        TcpState known = StateNumber.of(protocol, bytes.get(at + DiagMessage.STATE));
        if (known == null || family != AF_INET && family != AF_INET6) {
            return false;
        }
        row = at;
        rowEnd = end;
        v4 = family == AF_INET;
        state = known;
        return filter == null || filter.admits(this);
    }

    /** Where the value of an attribute starts, or -1 where it is absent or shorter than {@code size}. */
    private int attribute(int type, int size) {
        int at = row + DiagMessage.SIZE;
        while (rowEnd - at >= ATTRIBUTE_HEADER) {
            int length = Short.toUnsignedInt(bytes.getShort(at));
            if (length < ATTRIBUTE_HEADER || length > rowEnd - at) {
                return -1;
            }
            if (bytes.getShort(at + 2) == type) {
                return length - ATTRIBUTE_HEADER >= size ? at + ATTRIBUTE_HEADER : -1;
            }
            at += length + 3 & ~3;
        }
        return -1;
    }

    private static HostReadException malformed(String why) {
        return new HostReadException(
                Kind.NOT_ON_THIS_SYSTEM, "cannot read the sockets to the end", why, "run the command again");
    }

    @Override
    public Protocol protocol() {
        return protocol;
    }

    @Override
    public TcpState state() {
        return state;
    }

    @Override
    public long localHigh() {
        return v4 ? 0 : network.getLong(row + DiagMessage.SOURCE);
    }

    @Override
    public long localLow() {
        return low(row + DiagMessage.SOURCE);
    }

    @Override
    public int localPort() {
        return Short.toUnsignedInt(network.getShort(row + DiagMessage.SOURCE_PORT));
    }

    @Override
    public long remoteHigh() {
        return v4 ? 0 : network.getLong(row + DiagMessage.DESTINATION);
    }

    @Override
    public long remoteLow() {
        return low(row + DiagMessage.DESTINATION);
    }

    private long low(int address) {
        return v4 ? IpAddress.lowOfV4(network.getInt(address)) : network.getLong(address + Long.BYTES);
    }

    @Override
    public int remotePort() {
        return Short.toUnsignedInt(network.getShort(row + DiagMessage.DESTINATION_PORT));
    }

    @Override
    public long inode() {
        return Integer.toUnsignedLong(bytes.getInt(row + DiagMessage.INODE));
    }

    @Override
    public long cookie() {
        return Integer.toUnsignedLong(bytes.getInt(row + DiagMessage.COOKIE))
                | (long) bytes.getInt(row + DiagMessage.COOKIE + Integer.BYTES)
                        << 32; // low word first, on every machine
    }

    @Override
    public long cgroup() {
        int at = attribute(INET_DIAG_CGROUP_ID, Long.BYTES);
        return at < 0 ? 0 : bytes.getLong(at);
    }

    @Override
    public int uid() {
        return bytes.getInt(row + DiagMessage.UID);
    }

    @Override
    public int expiresInMillis() {
        return bytes.get(row + DiagMessage.TIMER) == TIMER_TIME_WAIT ? bytes.getInt(row + DiagMessage.EXPIRES) : -1;
    }

    @Override
    public long silentMillis() {
        int at = attribute(INET_DIAG_INFO, TCPI_LAST_ACK_RECV + Integer.BYTES);
        return at < 0 ? -1 : Integer.toUnsignedLong(bytes.getInt(at + TCPI_LAST_ACK_RECV));
    }

    @Override
    public long receiveQueue() {
        return Integer.toUnsignedLong(bytes.getInt(row + DiagMessage.RECEIVE_QUEUE));
    }

    @Override
    public long sendQueue() {
        return Integer.toUnsignedLong(bytes.getInt(row + DiagMessage.SEND_QUEUE));
    }

    @Override
    public int device() {
        return bytes.getInt(row + DiagMessage.DEVICE);
    }

    @Override
    public boolean v6Only() {
        if (v4) {
            return false;
        }
        int at = attribute(INET_DIAG_SKV6ONLY, 1);
        return at >= 0 && bytes.get(at) != 0;
    }
}
