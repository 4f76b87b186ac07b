package dev.berth.cli.look;

import dev.berth.cli.look.IncidentAnswer.HostAnswer;
import dev.berth.diagnosis.explain.Incident;
import dev.berth.diagnosis.explain.IncidentGroup;
import dev.berth.diagnosis.explain.KnownCause;
import dev.berth.diagnosis.explain.LoggedSystem;
import dev.berth.diagnosis.explain.PossibleCause;
import dev.berth.diagnosis.explain.PossibleCauses;
import dev.berth.diagnosis.explain.Refusal;
import dev.berth.platform.Gap;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.PortEvents;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What incidents of a log mean on a host. */
public final class IncidentQuestion {
    private static final PortEvents NO_EVENTS = new PortEvents(List.of(), List.of());

    private final @Nullable HostNetwork host;
    private final @Nullable IncidentLook look;
    private final String notAsked;

    private IncidentQuestion(@Nullable HostNetwork host, @Nullable IncidentLook look, String notAsked) {
        this.host = host;
        this.look = look;
        this.notAsked = notAsked;
    }

    /**
     * To that host, live or recorded.
     *
     * @param probe whether binds may be tried
     */
    public static IncidentQuestion to(HostNetwork host, WhyQuestion.EveryNamespace everyNamespace, boolean probe) {
        return new IncidentQuestion(host, new IncidentLook(host, everyNamespace, probe), "");
    }

    /**
     * To nobody: what it means in general.
     *
     * @param why such as {@code --no-host was given}
     */
    public static IncidentQuestion inGeneral(String why) {
        return new IncidentQuestion(null, null, why);
    }

    /** Asks the host, once for each port and destination, however many incidents want it. What it cannot read is a gap. */
    public IncidentAnswer ask(IncidentGroup group) {
        Incident incident = group.incident();
        LoggedSystem written = writtenOn(incident);
        if (host == null || look == null) {
            return inGeneral(group, written, notAsked);
        }
        LoggedSystem here = host.namespace().isOnly() ? LoggedSystem.WINDOWS : LoggedSystem.LINUX;
        return written == null || written == here
                ? onHost(group, here, host, look)
                : inGeneral(group, written, otherSystem(written, here));
    }

    private static @Nullable LoggedSystem writtenOn(Incident incident) {
        return incident.system() == null && incident.error() != null
                ? incident.error().system()
                : incident.system();
    }

    private static IncidentAnswer inGeneral(IncidentGroup group, @Nullable LoggedSystem system, String why) {
        PossibleCauses possible = PossibleCauses.of(group.incident(), system);
        List<PossibleCause> causes =
                possible.causes().stream().map(cause -> cause.confirmed(null)).toList();
        return new IncidentAnswer(
                group,
                possible.meaning(),
                causes,
                new HostAnswer.NotAsked(why),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private static String otherSystem(LoggedSystem written, LoggedSystem here) {
        String there = written == LoggedSystem.BSD
                ? "Berth does not run there"
                : "run berth explain there, or here with --from a capture of that host";
        return "the lines are from %s and this host runs %s: %s".formatted(name(written), name(here), there);
    }

    private static String name(LoggedSystem system) {
        return switch (system) {
            case LINUX -> "Linux";
            case WINDOWS -> "Windows";
            case BSD -> "macOS or a BSD";
        };
    }

    private static IncidentAnswer onHost(IncidentGroup group, LoggedSystem here, HostNetwork host, IncidentLook look) {
        Incident incident = group.incident();
        PossibleCauses possible = PossibleCauses.of(incident, here);
        IncidentLook.Seen seen = look.at(IncidentSubject.of(incident, here));
        PortEvents events = here == LoggedSystem.WINDOWS && mayBeLogged(incident) ? look.events() : NO_EVENTS;
        var evidence = new IncidentEvidence(group, host, seen.answer(), seen.bindsFirst(), events.events());
        var gaps = new ArrayList<Gap>(seen.gaps());
        Parts.addNew(gaps, events.gaps());
        List<PossibleCause> causes = causes(
                possible.causes(), incident.refusedByProduct() ? null : incident.refusal(), seen.answer(), evidence);
        return new IncidentAnswer(
                group,
                possible.meaning(),
                causes,
                seen.answer(),
                IncidentRemarks.of(incident, host, seen),
                events.events(),
                IncidentFixes.of(incident, causes, host, seen),
                gaps);
    }

    /** Whether Windows logs what refuses like this, of connects and where ports ran out. */
    private static boolean mayBeLogged(Incident incident) {
        return !incident.operation().wantsPort()
                || incident.refusal() == Refusal.NO_BUFFER_SPACE
                || incident.anyPortWanted();
    }

    /** Those that the lines allow, and before them what the host shows of what gives such an error too. */
    private static List<PossibleCause> causes(
            List<KnownCause> known, @Nullable Refusal refusal, HostAnswer answer, IncidentEvidence evidence) {
        var causes = new ArrayList<PossibleCause>();
        known.forEach(cause -> causes.add(cause.confirmed(evidence.of(cause))));
        for (KnownCause cause : KnownCause.values()) {
            if (cause.id().equals(answer.verdict())
                    && !known.contains(cause)
                    && cause.gives(refusal)
                    && Boolean.TRUE.equals(evidence.of(cause))) {
                causes.addFirst(cause.confirmed(true));
            }
        }
        return causes;
    }
}
