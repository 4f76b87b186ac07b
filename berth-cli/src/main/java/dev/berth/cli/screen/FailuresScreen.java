package dev.berth.cli.screen;

import dev.berth.cli.look.FailureTally;
import dev.berth.cli.look.FailureTally.News;
import dev.berth.cli.look.FailureTally.Sum;
import dev.berth.net.Endpoint;
import dev.berth.platform.Gap;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.PortFailure;
import dev.berth.platform.ProcessInfo;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code berth failures} prints: a line for what fails, then what it came to. */
public final class FailuresScreen {
    private static final int MOST_ROWS = 50;

    private final Page page;
    private final boolean severalNamespaces;

    public FailuresScreen(Page page, boolean severalNamespaces) {
        this.page = page;
        this.severalNamespaces = severalNamespaces;
    }

    /** {@code 2026-11-21T03:12:00.120Z  java (4242)  10.0.0.1 -> 10.0.0.9:5432  no local port left (EADDRNOTAVAIL)  × 3}. */
    public void line(News news) {
        PortFailure failure = news.sum().first();
        var line = new StringBuilder();
        line.append(news.sum().lastAt().truncatedTo(ChronoUnit.MILLIS))
                .append("  ")
                .append(by(news.sum()));
        if (failure.destination() != null) {
            line.append("  ").append(failure.source()).append(" -> ").append(failure.destination());
        }
        line.append("  ").append(why(failure));
        if (severalNamespaces) {
            line.append("  in ").append(netns(failure));
        }
        if (news.count() > 1) {
            line.append("  × ").append(Figures.count(news.count()));
        }
        page.cut(line);
        page.line(line.toString());
    }

    /** @param options what a further question about the same namespace needs, such as {@code  --netns blue} */
    public void summary(FailureTally tally, Duration watched, List<Gap> gaps, String options) {
        String seconds = Figures.decimal(watched.toMillis() / 1000.0) + " s";
        if (tally.total() == 0) {
            page.line(page.ink().green("Nothing failed for want of a port") + " in " + seconds + ".");
        } else {
            page.line(page.ink().bold(Figures.count(tally.total(), "call", "calls") + " failed for want of a port")
                    + " in " + seconds);
            table(tally);
            Endpoint destination = destination(tally);
            if (destination != null) {
                page.blank()
                        .line("Who has the ports: "
                                + page.ink().cyan("berth why " + destination + " --as client" + Escaped.text(options)));
            }
        }
        page.gaps(gaps);
    }

    /** The part of {@code berth doctor --watch} that tells what failed since the last look. */
    public void sinceTheLastLook(FailureTally tally) {
        if (tally.total() == 0) {
            page.line("Connects that failed since the last look: " + page.ink().green("none"));
        } else {
            page.line(page.ink().red("Connects that failed since the last look: " + Figures.count(tally.total())));
            table(tally);
        }
        page.blank();
    }

    private void table(FailureTally tally) {
        List<Sum> sums = tally.sums();
        var grid = severalNamespaces
                ? new Grid(">CALLS", "TO", "FROM", "BY", "NETNS", "WHY")
                : new Grid(">CALLS", "TO", "FROM", "BY", "WHY");
        for (Sum sum : sums.subList(0, Math.min(MOST_ROWS, sums.size()))) {
            PortFailure failure = sum.first();
            String calls = Figures.count(sum.count());
            String to =
                    failure.destination() == null ? "?" : failure.destination().toString();
            String from = failure.source() == null ? "?" : failure.source().toString();
            if (severalNamespaces) {
                grid.row(calls, to, from, by(sum), netns(failure), why(failure));
            } else {
                grid.row(calls, to, from, by(sum), why(failure));
            }
        }
        grid.print(page, 2);
        if (sums.size() > MOST_ROWS) {
            page.line("  + " + Figures.count(sums.size() - MOST_ROWS) + " more (--json lists them all)");
        }
    }

    /** Where most of the failed connects went; null where none did. */
    private static @Nullable Endpoint destination(FailureTally tally) {
        for (Sum sum : tally.sums()) {
            if (sum.first().destination() != null) {
                return sum.first().destination();
            }
        }
        return null;
    }

    private static String by(Sum sum) {
        ProcessInfo process = sum.process();
        if (process == null) {
            return "a thread that has ended (" + sum.first().pid() + ")";
        }
        String unit = process.unit();
        return HolderTable.name(process) + (unit == null ? "" : ", " + Escaped.text(unit));
    }

    private static String netns(PortFailure failure) {
        NetworkNamespace netns = failure.netns();
        return netns == null ? "an unknown one" : Escaped.text(netns.toString());
    }

    private static String why(PortFailure failure) {
        String meaning = switch (failure.call()) {
            case CONNECT -> "no local port left";
            case BIND ->
                failure.error().addressInUse() ? "bind: held, or none left to draw" : "bind: no address of this host";
            case LISTEN -> "listen: another socket listens there";
        };
        return meaning + " (" + failure.error().name() + ")";
    }
}
