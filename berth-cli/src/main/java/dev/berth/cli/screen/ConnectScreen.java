package dev.berth.cli.screen;

import dev.berth.diagnosis.connect.ConnectExplanation;
import dev.berth.diagnosis.connect.ConnectSpace;
import dev.berth.diagnosis.connect.LocalPort;
import dev.berth.diagnosis.doctor.Destination;
import dev.berth.net.TcpState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer of {@code berth why HOST:PORT --as client}: the verdict, the ports in use, the rule, the ways out. */
public final class ConnectScreen {
    private static final int INDENT = 9;
    private static final int SHARES = 5;

    private ConnectScreen() {}

    /**
     * @param name what the destination was called, or null where it was given as an address
     */
    public static void print(Page page, ConnectExplanation why, @Nullable String name) {
        String there = name == null
                ? why.destination().toString()
                : Escaped.text(name) + ":" + why.destination().port() + " (" + why.destination() + ")";
        if (why.localPort() == null) {
            page.prose(0, verdict(page.ink(), why, there));
        } else {
            localPort(page, why.localPort(), there);
            page.blank().line("If the system chooses the port");
            page.prose(2, verdict(page.ink(), why, there));
        }
        page.blank();
        String bound = atLeast(why.spaces()) ? ">OF AT LEAST" : ">OF AT MOST"; // on Windows, where a port may be shared
        boolean triedFirst = why.spaces().stream().anyMatch(space -> space.preferredHalfUsedPercent() != null);
        var grid = new Grid("FROM", ">IN USE", bound, ">LEFT", triedFirst ? ">HALF TRIED FIRST" : "");
        for (ConnectSpace space : why.spaces()) {
            grid.row(
                    source(space),
                    Figures.count(space.inUse()),
                    count(space.capacity()),
                    count(space.left()),
                    percent(space.preferredHalfUsedPercent()));
        }
        grid.print(page, 2);
        page.blank();
        for (ConnectSpace space : why.spaces()) {
            use(page, space, why.spaces().size() > 1);
        }
        page.prose("  rule", 6, INDENT, Escaped.text(why.clause()) + ".");
        page.prose("  range", 7, INDENT, range(why));
        page.prose("  asked", 7, INDENT, "local ports only: whether anybody answers there was not tried");
        FixList.print(page, "Ways out", why.fixes());
        page.gaps(why.gaps());
    }

    static String verdict(Ink ink, ConnectExplanation why, String there) {
        ConnectSpace space = why.spaces().getFirst();
        String from = why.spaces().size() > 1 || space.source() == null ? "" : " from " + space.source();
        return switch (why.verdict()) {
            case CONNECTABLE ->
                ink.green("Local ports are left to connect to " + there + from + ":")
                        + (atLeast(why.spaces()) ? " at least " : " up to ")
                        + count(most(why.spaces()))
                        + (why.spaces().stream().anyMatch(ConnectSpace::isNearlyUsedUp) ? ", nearly none." : ".");
            case PAST_CLIFF ->
                ink.yellow("Connects to " + there + from + " are slow:") + " of the ports tried first "
                        + percent(space.preferredHalfUsedPercent()) + " are used up"
                        + (space.isNearlyUsedUp() ? ", and nearly none is left at all." : ".");
            case EXHAUSTED -> ink.red("No client can connect to " + there + from + ":") + " no local port is left.";
            case UNKNOWN -> ink.yellow("Whether a client can connect to " + there + from + " is not known.");
        };
    }

    private static boolean atLeast(List<ConnectSpace> spaces) {
        return spaces.getFirst().leftIfShared() != null;
    }

    /** Of several sources, what the one with the fewest ports has. */
    private static @Nullable Integer most(List<ConnectSpace> spaces) {
        Integer fewest = null;
        for (ConnectSpace space : spaces) {
            if (space.left() != null && (fewest == null || space.left() < fewest)) {
                fewest = space.left();
            }
        }
        return fewest;
    }

    private static void use(Page page, ConnectSpace space, boolean several) {
        String from = several ? source(space) + ": " : "";
        if (!space.states().isEmpty()) {
            page.prose("  states", 8, INDENT, from + states(space));
        }
        int timeWait = space.count(TcpState.TIME_WAIT);
        if (timeWait > 0 && space.leftIfShared() == null) {
            page.prose("  waits", 7, INDENT, from + waits(space, timeWait));
        }
        if (!space.processes().isEmpty()) {
            page.prose("  by", 4, INDENT, from + processes(space.processes()));
        }
    }

    private static String states(ConnectSpace space) {
        var words = new ArrayList<String>();
        for (TcpState state : TcpState.values()) {
            if (space.count(state) > 0) {
                words.add(Figures.count(space.count(state)) + " " + state);
            }
        }
        return String.join(", ", words);
    }

    private static String waits(ConnectSpace space, int timeWait) {
        String over = Figures.count(space.recyclable()) + " of " + Figures.count(timeWait)
                + " TIME_WAIT can be taken over by a new connection";
        Integer next = space.nextExpiryMillis();
        if (next == null) {
            return over;
        }
        String soon =
                space.expiringSoon() == 0 ? "" : ", " + Figures.count(space.expiringSoon()) + " of them within 10 s";
        return over + "; the next of the others ends in " + Figures.decimal(next / 1000.0) + " s" + soon;
    }

    static String processes(List<Destination.Share> processes) {
        var words = new ArrayList<String>();
        for (Destination.Share share : processes) {
            if (words.size() == SHARES) {
                words.add(Figures.count(processes.size() - SHARES) + " more (--json lists them)");
                break;
            }
            words.add(HolderTable.name(share.process()) + ": " + Figures.count(share.connections()));
        }
        return String.join(", ", words);
    }

    private static String range(ConnectExplanation why) {
        return why.dynamic() == null
                ? "the dynamic range is unknown"
                : why.dynamic() + ", " + Figures.count(why.dynamic().size(), "port", "ports") + "; "
                        + Figures.count(why.reserved())
                        + (atLeast(why.spaces()) ? " excluded, " : " reserved, ") + Figures.count(why.owned())
                        + " with a socket that owns them";
    }

    private static void localPort(Page page, LocalPort localPort, String there) {
        Ink ink = page.ink();
        String way = "to " + there + " from local port " + localPort.port();
        page.prose(
                0,
                switch (localPort.attempts().getFirst().outcome()) {
                    case SUCCEEDS -> ink.green("A client can connect " + way + ".");
                    case FAILS -> ink.red("No client can connect " + way + ".");
                    case DEPENDS -> ink.yellow("A client can perhaps connect " + way + ".");
                });
        if (!localPort.sockets().isEmpty()) {
            page.blank();
            HolderTable.print(page, localPort.sockets());
        }
        page.blank();
        LocalPort.Attempt without = localPort.attempts().getFirst();
        LocalPort.Attempt with = localPort.attempts().getLast();
        if (result(without).equals(result(with))) {
            page.prose("  rule", 6, INDENT, "without SO_REUSEADDR and with it: " + result(with));
        } else {
            page.prose("  rule", 6, INDENT, "without SO_REUSEADDR: " + result(without));
            page.prose(INDENT, "with SO_REUSEADDR: " + result(with));
        }
    }

    private static String result(LocalPort.Attempt attempt) {
        String failure = attempt.failingCall() + " fails (" + attempt.error() + "). " + attempt.clause();
        return switch (attempt.outcome()) {
            case SUCCEEDS -> "no socket is in the way of bind and connect.";
            case FAILS -> failure;
            case DEPENDS -> attempt.failingCall() == null ? "perhaps. " + attempt.clause() : "perhaps; else " + failure;
        };
    }

    private static String source(ConnectSpace space) {
        return space.source() == null ? "?" : space.source().toString();
    }

    private static String count(@Nullable Integer count) {
        return count == null ? "?" : Figures.count(count);
    }

    private static String percent(@Nullable Double percent) {
        return percent == null ? "?" : Figures.decimal(percent) + "%";
    }
}
