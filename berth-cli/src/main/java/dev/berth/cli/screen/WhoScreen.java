package dev.berth.cli.screen;

import dev.berth.cli.look.Occupancy;
import dev.berth.diagnosis.Holder;

/** The answer of {@code berth who}. */
public final class WhoScreen {
    private WhoScreen() {}

    public static void print(Page page, Occupancy who) {
        String port = who.protocol().label() + " " + who.port();
        if (who.holders().isEmpty()) {
            page.line(page.ink().green("Nobody holds " + port + "."));
        } else {
            long sockets = 0;
            long lastInode = 0;
            for (Holder holder : who.holders()) {
                sockets += holder.inode() == 0 || holder.inode() != lastInode ? 1 : 0;
                lastInode = holder.inode();
            }
            page.line(page.ink().bold(port + " is held by " + Figures.count(sockets, "socket", "sockets") + "."));
            page.blank();
            HolderTable.print(page, who.holders());
            if (!who.complete()) {
                page.line(page.ink()
                        .dim("  stopped at the first process and its relatives: `berth why " + who.port()
                                + "` looks into all"));
            }
        }
        page.gaps(who.gaps());
    }
}
