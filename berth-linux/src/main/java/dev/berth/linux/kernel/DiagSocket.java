package dev.berth.linux.kernel;

import dev.berth.platform.HostReadException;
import dev.berth.platform.HostReadException.Kind;
import java.nio.ByteBuffer;

/** A netlink socket with one dump under way; bound to the namespace of the thread that asked, readable from any. */
final class DiagSocket implements Datagrams {
    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW_CLOEXEC = 3 | 0x8_0000;
    private static final int NETLINK_SOCK_DIAG = 4;
    private static final int MSG_PEEK = 0x2;
    private static final int MSG_TRUNC = 0x20;
    /** A dump's next datagram is queued before the last is handed out: when none is there, none will come. */
    private static final int MSG_DONTWAIT = 0x40;

    private static final int NLMSG_ERROR = 2;
    private static final int NLMSG_HEADER_AND_ERROR = 20;

    private final LibC libc;
    private int socket;

    private DiagSocket(LibC libc, int socket) {
        this.libc = libc;
        this.socket = socket;
    }

    /**
     * @param request as {@link DiagRequest} makes it
     * @throws DiagRefusedException when the kernel has no such table, or its policy keeps us out
     */
    static DiagSocket ask(LibC libc, NativeBuffer request) throws DiagRefusedException {
        int socket = -1;
        try {
            socket = libc.socket(AF_NETLINK, SOCK_RAW_CLOEXEC, NETLINK_SOCK_DIAG);
            libc.sendto(socket, request, request.bytes().getInt(0), 0);
            var head = new NativeBuffer(NLMSG_HEADER_AND_ERROR);
            int length = libc.recvfrom(socket, head.bytes(), MSG_PEEK | MSG_DONTWAIT);
            int type = head.bytes().getShort(4);
            int error = head.bytes().getInt(16);
            if (length == NLMSG_HEADER_AND_ERROR && type == NLMSG_ERROR && error != 0) {
                throw new NativeCallException("sock_diag", -error);
            }
            return new DiagSocket(libc, socket);
        } catch (NativeCallException e) {
            if (socket >= 0) {
                libc.close(socket);
            }
            throw new DiagRefusedException(e.call() + ": " + Errno.name(e.errno()));
        }
    }

    @Override
    public synchronized boolean receive(ByteBuffer into) throws HostReadException {
        if (socket < 0) {
            throw new IllegalStateException("closed");
        }
        while (true) {
            try {
                int length = libc.recvfrom(socket, into, MSG_DONTWAIT | MSG_TRUNC);
                if (length > into.capacity()) {
                    throw failed("a reply of " + length + " bytes does not fit into " + into.capacity());
                }
                into.clear().limit(length);
                return true;
            } catch (NativeCallException e) {
                switch (e.errno()) {
                    case Errno.EINTR -> {} // again
                    case Errno.EAGAIN -> {
                        return false;
                    }
                    default -> throw failed("the kernel stopped answering: " + e.getMessage());
                }
            }
        }
    }

    private static HostReadException failed(String why) {
        return new HostReadException(
                Kind.NOT_ON_THIS_SYSTEM, "cannot read the sockets to the end", why, "run the command again");
    }

    @Override
    public synchronized void close() {
        if (socket >= 0) {
            libc.close(socket);
            socket = -1;
        }
    }
}
