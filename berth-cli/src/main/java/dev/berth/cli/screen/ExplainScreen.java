package dev.berth.cli.screen;

import dev.berth.cli.look.IncidentAnswer;
import dev.berth.cli.look.IncidentAnswer.HostAnswer;
import dev.berth.cli.look.LogAnswer;
import dev.berth.cli.look.PortChoice;
import dev.berth.diagnosis.Explanation;
import dev.berth.diagnosis.doctor.Destination;
import dev.berth.diagnosis.explain.Incident;
import dev.berth.diagnosis.explain.IncidentGroup;
import dev.berth.diagnosis.explain.PossibleCause;
import dev.berth.platform.HostFacts;
import dev.berth.platform.PortEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The answer of {@code berth explain}: each kind of incident, what it can mean, what of that is so, the ways out. */
public final class ExplainScreen {
    private static final int INDENT = 9;
    private static final int MARK = 13;
    private static final int MOST_IN_FULL = 10;
    private static final int MOST_EVENTS = 3;
    private static final Duration RECENT = Duration.ofHours(1);

    private final Page page;
    private final @Nullable HostFacts host;
    private final Set<List<PossibleCause>> listed = new HashSet<>();

    /**
     * @param host the one that was asked; null for none
     */
    public ExplainScreen(Page page, @Nullable HostFacts host) {
        this.page = page;
        this.host = host;
    }

    public void print(List<LogAnswer> logs) {
        boolean first = true;
        for (LogAnswer log : logs) {
            if (!first) {
                page.blank();
            }
            first = false;
            if (logs.size() > 1 && log.file() != null) {
                page.line(page.ink().bold("── " + Escaped.text(log.file()) + " ──"));
            }
            print(log);
        }
        page.gaps(LogAnswer.gaps(logs));
    }

    private void print(LogAnswer log) {
        List<IncidentAnswer> all = log.incidents();
        if (all.isEmpty()) {
            none(log.lines());
        }
        int full = Math.min(MOST_IN_FULL, all.size());
        for (int i = 0; i < full; i++) {
            if (i > 0) {
                page.blank();
            }
            incident(all.get(i));
        }
        if (full < all.size()) {
            page.blank().line(page.ink().bold("In short") + " (--json tells them whole)");
            all.subList(full, all.size()).forEach(answer -> inShort(answer.group(), now(answer)));
        }
        if (log.beyond() > 0) {
            page.blank()
                    .line(Figures.count(log.beyond(), "more incident", "more incidents")
                            + ", of kinds that are not told apart any more");
        }
    }

    /** One kind of incident in full. */
    public void incident(IncidentAnswer answer) {
        IncidentGroup group = answer.group();
        Incident incident = group.incident();
        page.prose(0, page.ink().red(IncidentHeadline.of(incident)));
        if (group.count() > 1 || group.lastLine() > 1 || incident.at() != null) {
            page.prose("  seen", 6, INDENT, seen(group));
        }
        var line = new StringBuilder("  line   ")
                .append(Escaped.text(incident.text().strip()));
        page.cut(line);
        page.line(line.toString());
        page.prose("  means", 7, INDENT, Escaped.text(answer.meaning()));
        here(answer);
        causes(answer);
        events(answer.events());
        FixList.print(page, "Ways out", answer.fixes());
    }

    /** What a log that was followed came to, of which each kind was told when it was first seen. */
    public void summary(List<IncidentGroup> groups, long lines) {
        if (groups.isEmpty()) {
            none(lines);
            return;
        }
        page.blank().line(page.ink().bold("All in all") + " (" + Figures.count(lines, "line", "lines") + " read)");
        groups.forEach(group -> inShort(group, ""));
    }

    private void none(long lines) {
        page.line(page.ink().green("No line tells of a port that was not to be had") + " ("
                + Figures.count(lines, "line", "lines") + " read).");
    }

    private static String now(IncidentAnswer answer) {
        return answer.host() instanceof HostAnswer.NotAsked ? "" : "; now: " + answer.verdict();
    }

    private void inShort(IncidentGroup group, String now) {
        var line = new StringBuilder("  ")
                .append(IncidentHeadline.of(group.incident()))
                .append(", ")
                .append(seen(group))
                .append(now);
        page.cut(line);
        page.line(line.toString());
    }

    private static String seen(IncidentGroup group) {
        Incident first = group.incident();
        String times = group.count() == 1 ? "once" : Figures.count(group.count()) + " times";
        String lines = first.firstLine() == group.lastLine()
                ? ", line " + first.firstLine()
                : ", lines " + first.firstLine() + " to " + group.lastLine();
        Instant from = first.at() == null ? group.lastAt() : first.at();
        Instant to = group.lastAt() == null ? from : group.lastAt();
        if (from == null || to == null) {
            return times + lines;
        }
        String at = ", " + Moments.toSecond(from);
        return times + lines + (group.count() == 1 || to.equals(from) ? at : at + " to " + Moments.toSecond(to));
    }

    private void here(IncidentAnswer answer) {
        page.prose("  here", 6, INDENT, verdict(answer.host()));
        String age = answer.host() instanceof HostAnswer.NotAsked ? null : age(answer.group());
        if (age != null) {
            page.prose(INDENT, age);
        }
        for (String remark : answer.remarks()) {
            page.prose(INDENT, Escaped.text(remark));
        }
        switch (answer.host()) {
            case HostAnswer.Server server -> holders(server.why().explanation());
            case HostAnswer.Client client -> {
                List<Destination.Share> by = client.why().spaces().getFirst().processes();
                if (!by.isEmpty()) {
                    page.prose("  by", 4, INDENT, ConnectScreen.processes(by));
                }
            }
            case HostAnswer.AnyPort _, HostAnswer.NotAsked _ -> {}
        }
    }

    private String verdict(HostAnswer host) {
        return switch (host) {
            case HostAnswer.Server server ->
                WhyScreen.verdict(
                        page.ink(), server.why().explanation(), server.why().privilegedBelow());
            case HostAnswer.Client client ->
                ConnectScreen.verdict(
                        page.ink(), client.why(), client.why().destination().toString());
            case HostAnswer.AnyPort any -> choice(any.choice());
            case HostAnswer.NotAsked not -> "not asked: " + Escaped.text(not.why());
        };
    }

    private void holders(Explanation why) {
        if (!why.holders().isEmpty()) {
            page.blank();
            HolderTable.print(page, why.holders());
            page.blank();
        }
        if (why.elsewhere() != null && !why.elsewhere().receivers().isEmpty()) {
            page.line(page.ink().bold("Who gets it instead"));
            HolderTable.print(page, why.elsewhere().receivers());
            page.blank();
        }
    }

    private String choice(PortChoice choice) {
        String what = choice.protocol().label() + " ports for the system to choose from";
        if (choice.dynamic() == null) {
            return page.ink().yellow("How many " + what + " are left is not known.");
        }
        String left =
                Figures.count(choice.left()) + " of " + Figures.count(choice.drawable()) + " in " + choice.dynamic();
        String sentence = Boolean.TRUE.equals(choice.usedUp())
                ? page.ink().red("No " + what + " are left:") + " " + left
                : page.ink().green("There are " + what + ":") + " " + left;
        List<Destination.Share> by = choice.processes();
        return sentence + (by.isEmpty() ? "." : "; most are held by " + ConnectScreen.processes(by) + ".");
    }

    private @Nullable String age(IncidentGroup group) {
        if (host == null) {
            return null;
        }
        Instant last = group.lastAt() == null ? group.incident().at() : group.lastAt();
        Duration since = last == null ? Duration.ZERO : Duration.between(last, host.readAt());
        boolean old = since.compareTo(RECENT) > 0;
        if (host.recorded()) {
            return "This is how " + Escaped.text(host.hostName()) + " was when it was recorded, "
                    + Moments.toSecond(host.readAt())
                    + (old ? ", " + length(since) + " after the last of these lines." : ".");
        }
        return old
                ? "This is how the host is now; the last of these lines was written " + length(since) + " ago."
                : null;
    }

    private static String length(Duration time) {
        long hours = time.toHours();
        return hours < 2 ? time.toMinutes() + " minutes" : hours < 48 ? hours + " hours" : time.toDays() + " days";
    }

    private void causes(IncidentAnswer answer) {
        List<PossibleCause> causes = answer.causes();
        boolean judged = causes.stream().anyMatch(cause -> cause.confirmed() != null);
        if (!judged && !causes.isEmpty() && !listed.add(causes)) {
            page.prose("  causes", 8, INDENT, "as above");
            return;
        }
        String label = "  causes ";
        for (PossibleCause cause : causes.stream()
                .sorted(Comparator.comparingInt(ExplainScreen::place))
                .toList()) {
            String mark = judged ? mark(cause, answer.host()) : "-";
            page.prose(
                    label + (judged ? painted(cause.confirmed(), mark) : mark),
                    INDENT + mark.length(),
                    INDENT + (judged ? MARK : 2),
                    Escaped.text(cause.meaning()));
            label = " ".repeat(INDENT);
        }
    }

    /** What is so comes first, and what is not last. */
    private static int place(PossibleCause cause) {
        return cause.confirmed() == null ? 1 : cause.confirmed() ? 0 : 2;
    }

    private static String mark(PossibleCause cause, HostAnswer host) {
        Boolean confirmed = cause.confirmed();
        if (Boolean.TRUE.equals(confirmed) && host.guessed() && cause.id().equals(host.verdict())) {
            return "guess fits";
        }
        return confirmed == null ? "cannot tell" : confirmed ? "confirmed" : "not now";
    }

    private String painted(@Nullable Boolean confirmed, String mark) {
        return confirmed == null
                ? mark
                : confirmed ? page.ink().red(mark) : page.ink().dim(mark);
    }

    private void events(List<PortEvents.Event> events) {
        String label = "  events";
        for (PortEvents.Event event : events.subList(0, Math.min(MOST_EVENTS, events.size()))) {
            page.prose(
                    label,
                    label.length(),
                    INDENT,
                    Escaped.text(event.source()) + " " + event.id() + ", " + Moments.toSecond(event.at()));
            label = "";
        }
        if (events.size() > MOST_EVENTS) {
            page.prose(INDENT, Figures.count(events.size() - MOST_EVENTS) + " more (--json lists them)");
        }
    }
}
