package dev.berth.cli.screen;

import dev.berth.cli.look.Occupancy;
import dev.berth.diagnosis.Holder;
import dev.berth.platform.InodeSet;

/** The answer of {@code berth who}. */
public final class WhoScreen {
    private WhoScreen() {}

    /**
     * @param whyOptions what {@code berth why} needs to look at the same place: empty, or options after a blank
     */
    public static void print(Page page, Occupancy who, String whyOptions) {
        String port = who.protocol().label() + " " + who.port();
        if (who.holders().isEmpty()) {
            page.line(page.ink().green("Nobody holds " + port + "."));
        } else {
            var inodes = new InodeSet();
            long sockets = 0;
            boolean anybody = false;
            for (Holder holder : who.holders()) { // a socket of several processes stands there several times
                sockets += holder.inode() == 0 || !inodes.contains(holder.inode()) ? 1 : 0;
                inodes.add(holder.inode());
                anybody |= holder.process() != null;
            }
            page.line(page.ink().bold(port + " is held by " + Figures.count(sockets, "socket", "sockets") + "."));
            page.blank();
            HolderTable.print(page, who.holders());
            if (!who.complete() && anybody) {
                page.prose(
                        2,
                        "Stopped at the first process and its relatives: `berth why " + who.port()
                                + Escaped.text(whyOptions) + "` asks all.");
            }
        }
        page.gaps(who.gaps());
    }
}
