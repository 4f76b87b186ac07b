package dev.berth.cli.screen;

import dev.berth.cli.look.Listing;
import dev.berth.net.IpAddress;
import dev.berth.platform.Owner;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.SocketColumns;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The answer of {@code berth list}: one line for each socket, written as it goes. */
public final class ListScreen {
    /** Takes away what has been written, now and then, so that the text never grows with the table. */
    public interface Drain {
        void drain() throws IOException;
    }

    /** Which sockets of a namespace are wanted, once the owner is known. */
    public interface OwnerFilter {
        boolean keeps(int pid, @Nullable ProcessInfo process);
    }

    private static final int STATE = 11;
    private static final int PID = 7;

    private final Page page;
    private final Listing listing;
    private final OwnerFilter filter;
    private int local = 5;
    private int remote = 6;
    private boolean empty = true;
    private final boolean severalNamespaces;

    public ListScreen(Page page, Listing listing, OwnerFilter filter) {
        this.page = page;
        this.listing = listing;
        this.filter = filter;
        severalNamespaces = listing.tables().size() > 1;
    }

    public void print(Drain drain) throws IOException {
        for (Listing.Table table : listing.tables()) {
            measure(table.sockets());
        }
        for (Listing.Table table : listing.tables()) {
            String netns = Escaped.text(table.namespace().toString());
            var row = table.sockets().cursor();
            for (int i = 0; i < table.order().size(); i++) {
                row.moveTo(table.order().row(i));
                row(row, netns);
                drain.drain();
            }
        }
        if (empty) {
            page.line("No socket matches.");
        }
        page.gaps(listing.gaps());
    }

    private void measure(SocketColumns sockets) {
        for (var row = sockets.cursor(); row.next(); ) {
            local = Math.max(local, length(row.localHigh(), row.localLow(), row.localPort()));
            if (row.remotePort() != 0) {
                remote = Math.max(remote, length(row.remoteHigh(), row.remoteLow(), row.remotePort()));
            }
        }
    }

    private static int length(long high, long low, int port) {
        int brackets = IpAddress.isV4(high, low) ? 0 : 2;
        return IpAddress.textLength(high, low) + brackets + 1 + digits(port);
    }

    private void head() {
        var line = new StringBuilder("     STATE");
        padTo(line, 5 + STATE + 2).append("LOCAL");
        padTo(line, 5 + STATE + 2 + local + 2).append("REMOTE");
        padTo(line, 5 + STATE + 2 + local + 2 + remote + 2 + PID - 3).append("PID  PROCESS");
        if (severalNamespaces) {
            line.append("  (NETNS)");
        }
        page.cut(line);
        page.line(page.ink().dim(line.toString()));
    }

    private void row(SocketColumns.Cursor row, String netns) {
        int pid = listing.owners().firstPidOf(row.inode());
        ProcessInfo process = pid == 0 ? null : listing.process(pid);
        if (!filter.keeps(pid, process)) {
            return;
        }
        if (empty) {
            head();
            empty = false;
        }
        StringBuilder text = page.text();
        int start = text.length();
        text.append(row.protocol().label()).append("  ").append(row.state().name());
        padTo(text, start + 5 + STATE + 2);
        endpoint(text, row.localHigh(), row.localLow(), row.localPort());
        padTo(text, start + 5 + STATE + 2 + local + 2);
        if (row.remotePort() == 0) {
            text.append('-');
        } else {
            endpoint(text, row.remoteHigh(), row.remoteLow(), row.remotePort());
        }
        int pidEnd = start + 5 + STATE + 2 + local + 2 + remote + 2 + PID;
        if (pid == 0) {
            padTo(text, pidEnd - 1).append("-  ");
            nobody(text, row);
        } else {
            padTo(text, pidEnd - digits(pid)).append(pid).append("  ");
            text.append(process == null ? "(ended)" : Escaped.text(process.name()));
            if (process != null && process.unit() != null) {
                text.append(" · ").append(Escaped.text(process.unit()));
            }
        }
        if (severalNamespaces) {
            text.append("  (").append(netns).append(')');
        }
        if (text.length() - start > page.columns()) {
            text.setLength(start + page.columns() - 1);
            text.append('…');
        }
        text.append('\n');
    }

    private void nobody(StringBuilder text, SocketColumns.Cursor row) {
        int expires = row.expiresInMillis();
        if (expires >= 0) {
            text.append(expires / 1000).append(" s left");
            return;
        }
        Owner.Reason reason = listing.whyNobodyHolds(row.inode());
        if (reason != null) {
            text.append(HolderTable.nobody(reason));
        }
    }

    private static void endpoint(StringBuilder text, long high, long low, int port) {
        boolean v4 = IpAddress.isV4(high, low);
        if (!v4) {
            text.append('[');
        }
        IpAddress.appendTo(text, high, low);
        text.append(v4 ? ":" : "]:").append(port);
    }

    private static int digits(int number) {
        int digits = 1;
        for (int left = number / 10; left > 0; left /= 10) {
            digits++;
        }
        return digits;
    }

    private static StringBuilder padTo(StringBuilder text, int length) {
        return text.repeat(' ', Math.max(0, length - text.length()));
    }
}
