package dev.berth.linux.sockets;

/** Offsets in {@code struct inet_diag_msg}, linux/inet_diag.h: the same on every architecture. Ports and addresses are in network order. */
final class DiagMessage {
    static final int FAMILY = 0;
    static final int STATE = 1;
    static final int TIMER = 2;
    static final int SOURCE_PORT = 4;
    static final int DESTINATION_PORT = 6;
    static final int SOURCE = 8;
    static final int DESTINATION = 24;
    static final int DEVICE = 40;
    static final int COOKIE = 44;
    static final int EXPIRES = 52;
    static final int RECEIVE_QUEUE = 56;
    static final int SEND_QUEUE = 60;
    static final int UID = 64;
    static final int INODE = 68;
    static final int SIZE = 72;

    private DiagMessage() {}
}
