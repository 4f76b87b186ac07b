package dev.berth.linux.sockets;

/** Offsets in {@code struct inet_diag_msg}, linux/inet_diag.h: the same on every architecture. Ports and addresses are in network order. */
public final class DiagMessage {
    public static final int FAMILY = 0;
    public static final int STATE = 1;
    public static final int TIMER = 2;
    public static final int SOURCE_PORT = 4;
    public static final int DESTINATION_PORT = 6;
    public static final int SOURCE = 8;
    public static final int DESTINATION = 24;
    public static final int DEVICE = 40;
    public static final int COOKIE = 44;
    public static final int EXPIRES = 52;
    public static final int RECEIVE_QUEUE = 56;
    public static final int SEND_QUEUE = 60;
    public static final int UID = 64;
    public static final int INODE = 68;
    public static final int SIZE = 72;

    private DiagMessage() {}
}
