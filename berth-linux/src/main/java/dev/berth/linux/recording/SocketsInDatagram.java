package dev.berth.linux.recording;

import dev.berth.linux.sockets.DiagMessage;
import java.nio.ByteBuffer;

/** Walks the sockets in one datagram of sock_diag. */
final class SocketsInDatagram {
    private static final int NLMSG_HEADER = 16; // struct nlmsghdr: length, then type
    private static final int TCPDIAG_GETSOCK = 18;
    private static final int SOCK_DIAG_BY_FAMILY = 20;

    private SocketsInDatagram() {}

    /** Takes one socket. */
    interface Visitor {
        /**
         * @param at where its {@link DiagMessage} starts
         * @param end where its attributes end
         */
        void socket(ByteBuffer datagram, int at, int end);
    }

    /** Visits each; what comes after a message that cannot be one is blanked, for nobody knows what is in it. */
    static void visit(ByteBuffer datagram, Visitor visitor) {
        int message = datagram.position();
        while (message < datagram.limit()) {
            int left = datagram.limit() - message;
            int length = left < NLMSG_HEADER ? 0 : datagram.getInt(message);
            boolean socket = length >= NLMSG_HEADER && isSocket(datagram.getShort(message + 4));
            if (length < NLMSG_HEADER || length > left || socket && length < NLMSG_HEADER + DiagMessage.SIZE) {
                blank(datagram, message, datagram.limit());
                return;
            }
            if (socket) {
                visitor.socket(datagram, message + NLMSG_HEADER, message + length);
            }
            message += length + 3 & ~3;
        }
    }

    private static boolean isSocket(short type) {
        return type == TCPDIAG_GETSOCK || type == SOCK_DIAG_BY_FAMILY;
    }

    static void blank(ByteBuffer datagram, int from, int to) {
        for (int i = from; i < to; i++) {
            datagram.put(i, (byte) 0);
        }
    }
}
