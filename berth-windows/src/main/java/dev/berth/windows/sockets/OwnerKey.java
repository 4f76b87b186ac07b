package dev.berth.windows.sockets;

/**
 * What ties a socket to its owner, as {@code SocketRow.inode}: the process id that its row names, marked where the process that
 * has the id now started after the socket was made. Ids are indices into a table of at most 2^24 handles, so the mark meets none.
 */
public final class OwnerKey {
    private static final long PASSED_ON = 1L << 31;

    private OwnerKey() {}

    /** The process id that the row names; 0 where it names none. */
    public static int pid(long key) {
        return (int) (key & ~PASSED_ON);
    }

    static long passedOn(long pid) {
        return pid | PASSED_ON;
    }

    static boolean isPassedOn(long key) {
        return (key & PASSED_ON) != 0;
    }
}
