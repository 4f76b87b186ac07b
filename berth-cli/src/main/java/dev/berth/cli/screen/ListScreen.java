package dev.berth.cli.screen;

import dev.berth.cli.look.Aside;
import dev.berth.cli.look.Listing;
import dev.berth.platform.HostReadException;
import dev.berth.platform.ProcessInfo;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The answer of {@code berth list}: one line for each socket, made by two threads at once and written as it goes. */
public final class ListScreen {
    /** Takes away what has been written, now and then, so that the text never grows with the table. */
    public interface Drain {
        void drain() throws IOException;
    }

    /** Which sockets of a namespace are wanted, once the owner is known; asked by two threads. */
    public interface OwnerFilter {
        boolean keeps(int pid, @Nullable ProcessInfo process);
    }

    /** How many rows a thread takes at a time. */
    static final int RUN = 2048;

    private final Page page;
    private final Listing listing;
    private final OwnerFilter filter;
    private boolean empty = true;

    public ListScreen(Page page, Listing listing, OwnerFilter filter) {
        this.page = page;
        this.listing = listing;
        this.filter = filter;
    }

    public void print(Drain drain) throws HostReadException, IOException {
        ListColumns columns = ListColumns.of(listing, page.columns());
        for (Listing.Table table : listing.tables()) {
            print(table, columns, drain);
        }
        if (empty) {
            page.line("No socket matches.");
        }
        page.gaps(listing.gaps());
    }

    private void print(Listing.Table table, ListColumns columns, Drain drain) throws HostReadException, IOException {
        var here = new SocketLines(listing, table, filter, columns);
        var there = new SocketLines(listing, table, filter, columns);
        int size = table.order().size();
        for (int from = 0; from < size; from += 2 * RUN) {
            int middle = from + RUN;
            int end = middle + RUN;
            Aside<StringBuilder> second = middle < size ? Aside.start(() -> there.of(middle, end)) : null;
            add(here.of(from, middle), columns);
            if (second != null) {
                add(second.join(), columns);
            }
            drain.drain();
        }
    }

    private void add(StringBuilder lines, ListColumns columns) {
        if (empty && !lines.isEmpty()) {
            var head = new StringBuilder(columns.head());
            if (listing.tables().size() > 1) {
                head.append("  (NETNS)");
            }
            page.cut(head);
            page.line(page.ink().dim(head.toString()));
            empty = false;
        }
        page.text().append(lines);
    }
}
