package dev.berth.cli.look;

import dev.berth.cli.look.IncidentAnswer.HostAnswer;
import dev.berth.cli.look.IncidentSubject.AnyPort;
import dev.berth.cli.look.IncidentSubject.FullestDestination;
import dev.berth.cli.look.IncidentSubject.Nothing;
import dev.berth.cli.look.IncidentSubject.Port;
import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.doctor.Destination;
import dev.berth.diagnosis.doctor.Finding;
import dev.berth.platform.Gap;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.PortEvents;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The looks at one host that incidents call for: each is taken once, and {@value #MOST} at most. */
final class IncidentLook {
    static final int MOST = 20;

    private static final String BINDS_FIRST = "bind-before-connect";
    private static final String EXHAUSTED = "tuple-space-exhausted";

    private final HostNetwork host;
    private final WhyQuestion.EveryNamespace everyNamespace;
    private final boolean probe;
    private final Map<IncidentSubject, Seen> seen = new HashMap<>();
    private @Nullable Examination examination;
    private @Nullable PortEvents events;

    IncidentLook(HostNetwork host, WhyQuestion.EveryNamespace everyNamespace, boolean probe) {
        this.host = host;
        this.everyNamespace = everyNamespace;
        this.probe = probe;
    }

    /**
     * What a look showed.
     *
     * @param gaps what it could not look at
     * @param bindsFirst whether a client was seen that binds before it connects
     * @param exhausted how many destinations have no port left, of all that the host is connected to; 0 where that was not asked
     */
    record Seen(HostAnswer answer, List<Fix> fixes, List<Gap> gaps, boolean bindsFirst, int exhausted) {
        private static Seen of(HostAnswer answer, List<Fix> fixes, List<Gap> gaps) {
            return new Seen(answer, fixes, gaps, false, 0);
        }

        private static Seen nothing(String why, List<Gap> gaps) {
            return of(new HostAnswer.NotAsked(why), List.of(), gaps);
        }
    }

    Seen at(IncidentSubject subject) {
        if (subject instanceof Nothing(String why)) {
            return Seen.nothing(why, List.of());
        }
        Seen before = seen.get(subject);
        if (before != null) {
            return before;
        }
        if (seen.size() == MOST) {
            return Seen.nothing(
                    "the log has too many different questions to this host, of which the first %d were asked"
                            .formatted(MOST),
                    List.of());
        }
        Seen now;
        try {
            now = ask(subject);
        } catch (HostReadException e) {
            String what = String.valueOf(e.getMessage());
            now = Seen.nothing(what, List.of(new Gap(what, e.why() + "; " + e.next())));
        }
        seen.put(subject, now);
        return now;
    }

    private Seen ask(IncidentSubject subject) throws HostReadException {
        return switch (subject) {
            case Port port -> server(port);
            case AnyPort any -> {
                PortChoice choice = new ChoiceQuestion(any.protocol(), any.address()).ask(host);
                yield Seen.of(new HostAnswer.AnyPort(choice), choice.fixes(), choice.gaps());
            }
            case IncidentSubject.Destination to -> client(new ConnectQuestion(to.to(), to.source(), to.localPort()));
            case FullestDestination which -> fullest(which);
            case Nothing(String why) -> Seen.nothing(why, List.of());
        };
    }

    private Seen server(Port port) throws HostReadException {
        WhyQuestion.Answer why =
                new WhyQuestion(port.port(), port.protocol(), port.address(), probe).ask(host, everyNamespace);
        return Seen.of(
                new HostAnswer.Server(why, port.guessed()),
                why.explanation().fixes(),
                why.explanation().gaps());
    }

    private Seen client(ConnectQuestion question) throws HostReadException {
        var why = question.ask(host);
        return Seen.of(new HostAnswer.Client(why, false), why.fixes(), why.gaps());
    }

    private Seen fullest(FullestDestination which) throws HostReadException {
        if (examination == null) {
            examination = Examination.of(List.of(host), true).getFirst();
        }
        List<Finding> findings = examination.report().findings();
        boolean bindsFirst = findings.stream().anyMatch(finding -> finding.id().equals(BINDS_FIRST));
        int exhausted = (int) findings.stream()
                .filter(finding -> finding.id().equals(EXHAUSTED))
                .count();
        Destination destination = examination.report().destinations().stream()
                .filter(one -> matches(which, one))
                .findFirst()
                .orElse(null);
        if (destination == null) {
            String none = which.address() == null && which.port() == null
                    ? "the lines carry no destination, and this host has no outgoing connection now"
                    : "the lines carry half a destination, and this host has no such connection now";
            return new Seen(new HostAnswer.NotAsked(none), List.of(), List.of(), bindsFirst, exhausted);
        }
        var why = new ConnectQuestion(destination.destination(), destination.source(), null).ask(host);
        return new Seen(new HostAnswer.Client(why, true), why.fixes(), why.gaps(), bindsFirst, exhausted);
    }

    private static boolean matches(FullestDestination which, Destination one) {
        return (which.address() == null
                        || which.address().equals(one.destination().address()))
                && (which.port() == null || which.port() == one.destination().port());
    }

    /** What the host's own log says about ports that ran out. */
    PortEvents events() {
        if (events == null) {
            events = host.events();
        }
        return events;
    }
}
