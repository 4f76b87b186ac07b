package dev.berth.cli.screen;

import dev.berth.cli.look.Examination;
import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.doctor.Destination;
import dev.berth.diagnosis.doctor.Finding;
import dev.berth.diagnosis.doctor.ServerSide;
import dev.berth.diagnosis.doctor.Severity;
import dev.berth.diagnosis.forecast.Span;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import dev.berth.platform.PortPolicy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The answer of {@code berth doctor}: findings worst first, then the busiest destinations, then the figures. */
public final class DoctorScreen {
    private static final int BUSIEST = 10;
    private static final int BUSIEST_PORTS = 3;
    private static final int INDENT = 10;

    private DoctorScreen() {}

    /**
     * @param everything whether all destinations are shown, rather than the busiest
     */
    public static void print(Page page, List<Examination> examinations, boolean everything) {
        boolean first = true;
        for (Examination examination : examinations) {
            if (!first) {
                page.blank();
            }
            first = false;
            if (examinations.size() > 1) {
                page.line(page.ink()
                        .bold("Network namespace "
                                + Escaped.text(examination.namespace().toString())));
            }
            print(page, examination, everything);
        }
    }

    private static void print(Page page, Examination examination, boolean everything) {
        var findings = new ArrayList<>(examination.report().findings());
        findings.sort(Comparator.comparing(Finding::severity));
        if (findings.isEmpty()) {
            page.line(page.ink().green("Nothing wrong with the ports of this host."));
            page.blank();
        }
        var told = new HashSet<String>();
        for (Finding finding : findings) {
            finding(page, finding);
            fixes(page, finding.fixes(examination.settings()), told);
            page.blank();
        }
        destinations(page, examination.report().destinations(), everything);
        figures(page, examination);
        servers(page, examination.report().servers());
        page.gaps(examination.gaps());
    }

    private static void finding(Page page, Finding finding) {
        Ink ink = page.ink();
        String word = finding.severity().label();
        String label = switch (finding.severity()) {
            case CRITICAL -> ink.red(word);
            case WARNING -> ink.yellow(word);
            case INFO -> ink.dim(word);
        };
        page.prose(label, word.length(), INDENT, Escaped.text(finding.title()));
        List<String> evidence = finding.evidence();
        int shown = finding.severity() == Severity.INFO ? Math.min(1, evidence.size()) : evidence.size();
        for (String line : evidence.subList(0, shown)) {
            page.prose(INDENT, Escaped.text(line));
        }
    }

    /**
     * Several findings about one destination have ways out in common, and one command may do what several of them ask for.
     *
     * @param told the commands that stand on the screen already, and what to do where there is no command for it
     */
    private static void fixes(Page page, List<Fix> fixes, Set<String> told) {
        int again = 0;
        for (Fix fix : fixes) {
            if (!told.add(fix.command() == null ? fix.summary() : fix.command())) {
                again++;
                continue;
            }
            page.prose("          fix", 13, 14, Escaped.text(fix.summary()));
            if (fix.command() != null) {
                page.line("              " + page.ink().cyan(Escaped.text(fix.command())));
            }
        }
        if (again > 0) {
            page.prose(
                    "          fix",
                    13,
                    14,
                    again == fixes.size() ? "as above" : "and " + Figures.count(again) + " of those above");
        }
    }

    private static void destinations(Page page, List<Destination> destinations, boolean everything) {
        if (destinations.isEmpty()) {
            return;
        }
        int shown = everything ? destinations.size() : Math.min(BUSIEST, destinations.size());
        page.line(page.ink().bold("Busiest destinations"));
        boolean measured = destinations.getFirst().measured() != null;
        boolean triedFirst = destinations.stream().anyMatch(to -> to.preferredHalfUsedPercent() != null);
        var grid = new Grid(
                "TO",
                "FROM",
                ">IN USE",
                ">LEFT",
                ">USED",
                measured ? ">OPENS/S" : triedFirst ? ">HALF" : "",
                ">CLOSES/S",
                ">FULL IN",
                "BY");
        for (Destination to : destinations.subList(0, shown)) {
            grid.row(
                    to.destination().toString(),
                    to.source().toString(),
                    Figures.count(to.inUse()),
                    to.use().left() == null ? "?" : Figures.count(to.use().left()),
                    percent(to.usedPercent()),
                    to.measured() == null
                            ? percent(to.preferredHalfUsedPercent())
                            : Figures.decimal(to.measured().opens().perSecond()),
                    to.closesPerSecond() == null ? "?" : Figures.decimal(to.closesPerSecond()),
                    fullIn(to),
                    to.processes().isEmpty()
                            ? "-"
                            : HolderTable.name(to.processes().getFirst().process()));
        }
        grid.print(page, 2);
        if (shown < destinations.size()) {
            page.line("  + " + Figures.count(destinations.size() - shown) + " more (--all shows them)");
        }
        page.blank();
    }

    private static String fullIn(Destination to) {
        Span when = to.exhaustion();
        if (when == null) {
            return to.forecast() == null ? "?" : "-";
        }
        if (when.equals(Span.NOW)) {
            return "now";
        }
        Double expected = when.expected();
        if (expected != null && !isSlowing(to)) {
            return Figures.count(Math.round(expected)) + " s";
        }
        return isSettled(to) ? ">" + Figures.count((long) when.low()) + " s" : "?";
    }

    private static boolean isSlowing(Destination to) {
        return to.forecast() != null && to.forecast().slowsDown();
    }

    private static boolean isSettled(Destination to) {
        return to.forecast() != null && to.forecast().settled();
    }

    private static void servers(Page page, List<ServerSide> servers) {
        if (servers.isEmpty()) {
            return;
        }
        var text = new StringBuilder();
        for (ServerSide server : servers.subList(0, Math.min(BUSIEST_PORTS, servers.size()))) {
            text.append("port ").append(server.port()).append(server.listening() ? ": " : " (no listener now): ");
            if (server.closes() != null) {
                text.append(Figures.decimal(server.closes().perSecond())).append("/s, ");
            }
            text.append(Figures.count(server.timeWait())).append(" in TIME_WAIT; ");
        }
        int more = servers.size() - BUSIEST_PORTS;
        if (more > 0) {
            text.append(Figures.count(more, "port", "ports")).append(" more; ");
        }
        page.prose(
                "closed as",
                9,
                INDENT,
                "a server, which costs no dynamic port: " + text.substring(0, text.length() - 2));
    }

    private static String percent(@Nullable Double percent) {
        return percent == null ? "?" : Figures.decimal(percent) + "%";
    }

    private static void figures(Page page, Examination examination) {
        page.prose("sockets", 7, INDENT, counts(examination.report().counts()));
        PortPolicy tcp = examination.settings().policy(Protocol.TCP);
        PortRange dynamic = tcp.dynamic();
        PortSet kept = tcp.reserved().plus(tcp.excludedBySystem());
        String range = dynamic == null
                ? "unknown"
                : dynamic + ", " + Figures.count(dynamic.size(), "port", "ports")
                        + (examination.settings().ofWindows() ? "; excluded: " : "; reserved: ")
                        + (kept.isEmpty() ? "none" : kept.toString());
        page.prose("dynamic", 7, INDENT, range);
    }

    private static String counts(Map<TcpState, Integer> counts) {
        var text = new StringBuilder();
        for (TcpState state : TcpState.values()) {
            int count = counts.getOrDefault(state, 0);
            if (count > 0) {
                text.append(text.isEmpty() ? "" : ", ")
                        .append(Figures.count(count))
                        .append(' ')
                        .append(state);
            }
        }
        return text.isEmpty() ? "none" : text.toString();
    }
}
