package dev.berth.cli.screen;

import dev.berth.cli.look.Listing;
import dev.berth.net.IpAddress;
import dev.berth.platform.SocketColumns;

/**
 * Where the columns of {@code berth list} stand, as wide as the widest address in each.
 *
 * @param page how wide a line may be
 */
record ListColumns(int local, int remote, int page) {
    private static final int STATE_AT = 5;
    private static final int STATE = 11;
    private static final int PID = 7;
    private static final int GAP = 2;

    static final int LOCAL_AT = STATE_AT + STATE + GAP;

    static ListColumns of(Listing listing, int page) {
        int local = "LOCAL".length();
        int remote = "REMOTE".length();
        for (Listing.Table table : listing.tables()) {
            for (SocketColumns.Cursor row = table.sockets().cursor(); row.next(); ) {
                local = Math.max(local, length(row.localHigh(), row.localLow(), row.localPort()));
                if (row.remotePort() != 0) {
                    remote = Math.max(remote, length(row.remoteHigh(), row.remoteLow(), row.remotePort()));
                }
            }
        }
        return new ListColumns(local, remote, page);
    }

    int remoteAt() {
        return LOCAL_AT + local + GAP;
    }

    /** Where the process id ends: it stands to the right. */
    int pidEnd() {
        return remoteAt() + remote + GAP + PID;
    }

    String head() {
        var line = new StringBuilder("     STATE");
        line.repeat(' ', LOCAL_AT - line.length()).append("LOCAL");
        line.repeat(' ', remoteAt() - line.length()).append("REMOTE");
        line.repeat(' ', pidEnd() - "PID".length() - line.length()).append("PID  PROCESS");
        return line.toString();
    }

    private static int length(long high, long low, int port) {
        int brackets = IpAddress.isV4(high, low) ? 0 : 2;
        return IpAddress.textLength(high, low) + brackets + 1 + digits(port);
    }

    static int digits(int number) {
        int digits = 1;
        for (int left = number / 10; left > 0; left /= 10) {
            digits++;
        }
        return digits;
    }
}
