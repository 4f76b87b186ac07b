package dev.berth.cli.screen;

import dev.berth.cli.look.Occupancy;
import dev.berth.diagnosis.Holder;

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
            boolean anybody = who.holders().stream().anyMatch(holder -> holder.process() != null);
            long sockets = // a socket of several processes stands there several times
                    who.holders().stream().map(Holder::socket).distinct().count();
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
