package dev.berth.cli.screen;

import dev.berth.cli.look.FailureGroup;
import dev.berth.cli.look.FailureGroup.News;
import dev.berth.cli.look.FailureGroup.Sum;
import dev.berth.cli.look.FailureTally;
import dev.berth.cli.look.FailureWatch.Missed;
import dev.berth.net.Endpoint;
import dev.berth.platform.Gap;
import dev.berth.platform.PortFailure;
import dev.berth.platform.PortFailure.Call;
import dev.berth.platform.ProcessInfo;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code berth failures} prints: a line for what fails, then what it came to. */
public final class FailuresScreen {
    private static final int MOST_ROWS = 50;
    private static final int MOST_ROWS_OF_A_LOOK = 10;
    /** So many processes, or units, are named. */
    private static final int FEW = 3;

    private final Page page;
    private final boolean severalNamespaces;

    public FailuresScreen(Page page, boolean severalNamespaces) {
        this.page = page;
        this.severalNamespaces = severalNamespaces;
    }

    /** {@code 2026-11-21T03:12:00.120Z  java (4242)  10.0.0.1 -> 10.0.0.9:5432  no local port left (EADDRNOTAVAIL)  × 3}. */
    public void line(News news) {
        PortFailure failure = news.group().first();
        var line = new StringBuilder();
        line.append(news.group().lastAt().truncatedTo(ChronoUnit.MILLIS))
                .append("  ")
                .append(by(news.group(), news.by()));
        if (failure.destination() != null) {
            line.append("  ").append(failure.source()).append(" -> ").append(failure.destination());
        }
        line.append("  ").append(why(failure));
        if (severalNamespaces) {
            line.append("  in ").append(failure.netns() == null ? "an unknown network namespace" : netns(failure));
        }
        if (news.count() > 1) {
            line.append("  × ").append(Figures.count(news.count()));
        }
        page.cut(line);
        page.line(line.toString());
    }

    /** @param options what a further question about the same namespace needs, such as {@code  --netns blue} */
    public void summary(FailureTally tally, Missed missed, Duration watched, List<Gap> gaps, String options) {
        String in = " in " + Figures.decimal(watched.toMillis() / 1000.0) + " s";
        String none = (missed.elsewhere() > 0 ? " in this network namespace" : "") + in + ".";
        long connects = tally.total(Call.CONNECT);
        if (connects > 0) {
            page.line(page.ink().bold(Figures.count(connects, "connect", "connects") + " failed")
                    + " for want of a port" + in);
        } else if (tally.total() > 0 || missed.lost() > 0) {
            page.line("No connect was seen to fail for want of a port" + none);
        } else {
            page.line(page.ink().green("Nothing failed for want of a port") + none);
        }
        for (Call call : List.of(Call.BIND, Call.LISTEN)) {
            if (tally.total(call) > 0) {
                page.line(page.ink()
                        .bold(Figures.count(tally.total(call), "call", "calls") + " of " + call.label() + "() failed"));
            }
        }
        if (tally.total() > 0) {
            table(tally, true, MOST_ROWS, "--json lists them all");
        }
        missed(missed);
        Endpoint destination = destination(tally);
        if (destination != null) {
            page.blank()
                    .line("Who has the ports: "
                            + page.ink().cyan("berth why " + destination + " --as client" + Escaped.text(options)));
        }
        page.gaps(gaps);
    }

    private void missed(Missed missed) {
        if (missed.elsewhere() > 0) {
            page.line(Figures.count(missed.elsewhere(), "failure", "failures")
                    + " in other network namespaces: --netns all tells them");
        }
        if (missed.lost() > 0) {
            page.line(page.ink().red(Figures.count(missed.lost(), "failure", "failures") + " or more")
                    + " lost: overwritten before they were fetched");
        }
    }

    /** The part of {@code berth doctor --watch} that tells what failed since the last look; all of it is connects. */
    public void sinceTheLastLook(FailureTally tally, Missed missed) {
        page.blank();
        boolean none = tally.total() == 0;
        if (none && missed.lost() == 0) {
            page.line("Connects that failed since the last look: " + page.ink().green("none"));
        } else {
            page.line(page.ink()
                    .red("Connects that failed since the last look: "
                            + (none ? "none was seen" : Figures.count(tally.total()))));
        }
        if (!none) {
            table(tally, false, MOST_ROWS_OF_A_LOOK, "berth failures shows more");
        }
        missed(missed);
    }

    /** The same part of the first look, which has none before it. */
    public void beforeTheSecondLook() {
        page.blank().line("Connects that fail are told from the next look on.");
    }

    private void table(FailureTally tally, boolean withWhy, int most, String rest) {
        List<FailureGroup> groups = tally.groups();
        var heads = new ArrayList<>(List.of(">CALLS", "TO", "FROM", "BY"));
        if (severalNamespaces) {
            heads.add("NETNS");
        }
        if (withWhy) {
            heads.add("WHY");
        }
        var grid = new Grid(heads.toArray(String[]::new));
        for (FailureGroup group : groups.subList(0, Math.min(most, groups.size()))) {
            PortFailure failure = group.first();
            var cells = new ArrayList<String>();
            cells.add(Figures.count(group.count()));
            cells.add(orUnknown(failure.destination()));
            cells.add(orUnknown(failure.source()));
            cells.add(by(group, group.sums()));
            if (severalNamespaces) {
                cells.add(failure.netns() == null ? "unknown" : netns(failure));
            }
            if (withWhy) {
                cells.add(why(failure));
            }
            grid.row(cells.toArray(String[]::new));
        }
        grid.print(page, 2);
        if (groups.size() > most) {
            page.line("  + " + Figures.count(groups.size() - most) + " more (" + rest + ")");
        }
    }

    private static String orUnknown(@Nullable Object address) {
        return address == null ? "?" : address.toString();
    }

    /** Where most of the failed connects went; null where none did. */
    private static @Nullable Endpoint destination(FailureTally tally) {
        for (FailureGroup group : tally.groups()) {
            if (group.first().destination() != null) {
                return group.first().destination();
            }
        }
        return null;
    }

    /** A few processes by their ids, many by their number; then the units that they are of. */
    private static String by(FailureGroup group, Collection<Sum> sums) {
        String name = group.first().process();
        boolean few = !group.moreProcesses() && sums.size() <= FEW;
        if (name == null) {
            return few && sums.size() == 1
                    ? "a thread that has ended (" + pids(sums) + ")"
                    : number(group, sums) + " threads that have ended";
        }
        String by = Escaped.text(name) + (few ? " (" + pids(sums) + ")" : ", " + number(group, sums) + " processes");
        var units = new LinkedHashSet<String>();
        for (Sum sum : sums) {
            ProcessInfo process = sum.process();
            if (process != null && process.unit() != null) {
                units.add(Escaped.text(process.unit()));
            }
        }
        if (units.size() > FEW) {
            return by + ", " + Figures.count(units.size()) + " units";
        }
        return units.isEmpty() ? by : by + ", " + String.join(", ", units);
    }

    private static String number(FailureGroup group, Collection<Sum> sums) {
        return group.moreProcesses() ? "more than " + Figures.count(sums.size()) : Figures.count(sums.size());
    }

    private static String pids(Collection<Sum> sums) {
        var pids = new StringBuilder();
        for (Sum sum : sums) {
            pids.append(pids.isEmpty() ? "" : ", ").append(sum.first().pid());
        }
        return pids.toString();
    }

    private static String netns(PortFailure failure) {
        return Escaped.text(String.valueOf(failure.netns()));
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
