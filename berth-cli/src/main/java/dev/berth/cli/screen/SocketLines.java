package dev.berth.cli.screen;

import dev.berth.cli.look.Listing;
import dev.berth.cli.screen.ListScreen.OwnerFilter;
import dev.berth.net.IpAddress;
import dev.berth.platform.Owner;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.SocketColumns;

/** One line for each socket of a table, a run of rows at a time, in a text of its own. For one thread. */
final class SocketLines {
    private final Listing listing;
    private final Listing.Table table;
    private final OwnerFilter filter;
    private final ListColumns columns;
    private final String netns;
    private final SocketColumns.Cursor row;
    private final StringBuilder text = new StringBuilder();

    SocketLines(Listing listing, Listing.Table table, OwnerFilter filter, ListColumns columns) {
        this.listing = listing;
        this.table = table;
        this.filter = filter;
        this.columns = columns;
        netns = Escaped.text(table.namespace().toString());
        row = table.sockets().cursor();
    }

    /**
     * The lines of the rows from {@code from} up to {@code to} or the last one, without those that the filter leaves out.
     *
     * @return a text that the next call writes over
     */
    StringBuilder of(int from, int to) {
        text.setLength(0);
        for (int place = from; place < Math.min(to, table.order().size()); place++) {
            row.moveTo(table.order().row(place));
            line();
        }
        return text;
    }

    private void line() {
        int pid = listing.owners().firstPidOf(row.inode());
        ProcessInfo process = pid == 0 ? null : listing.process(pid);
        if (!filter.keeps(pid, process)) {
            return;
        }
        int start = text.length();
        text.append(row.protocol().label()).append("  ").append(row.state().name());
        padTo(start + ListColumns.LOCAL_AT);
        endpoint(row.localHigh(), row.localLow(), row.localPort());
        padTo(start + columns.remoteAt());
        if (row.remotePort() == 0) {
            text.append('-');
        } else {
            endpoint(row.remoteHigh(), row.remoteLow(), row.remotePort());
        }
        int pidEnd = start + columns.pidEnd();
        if (pid == 0) {
            padTo(pidEnd - 1);
            text.append("-  ");
            nobody();
        } else {
            padTo(pidEnd - ListColumns.digits(pid));
            text.append(pid).append("  ").append(process == null ? "(ended)" : Escaped.text(process.name()));
            if (process != null && process.unit() != null) {
                text.append(" · ").append(Escaped.text(process.unit()));
            }
        }
        if (listing.tables().size() > 1) {
            text.append("  (").append(netns).append(')');
        }
        if (text.length() - start > columns.page()) {
            text.setLength(start + columns.page() - 1);
            text.append('…');
        }
        text.append('\n');
    }

    private void nobody() {
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

    private void endpoint(long high, long low, int port) {
        boolean v4 = IpAddress.isV4(high, low);
        if (!v4) {
            text.append('[');
        }
        IpAddress.appendTo(text, high, low);
        text.append(v4 ? ":" : "]:").append(port);
    }

    private void padTo(int length) {
        text.repeat(' ', Math.max(0, length - text.length()));
    }
}
