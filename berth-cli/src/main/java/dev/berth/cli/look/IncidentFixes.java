package dev.berth.cli.look;

import dev.berth.cli.look.IncidentAnswer.HostAnswer;
import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.FixScope;
import dev.berth.diagnosis.ServerChange;
import dev.berth.diagnosis.explain.Incident;
import dev.berth.diagnosis.explain.KnownCause;
import dev.berth.diagnosis.explain.PossibleCause;
import dev.berth.diagnosis.explain.Refusal;
import dev.berth.platform.HostNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Those of a host's fixes that help against what the lines tell, and what the lines alone call for. */
final class IncidentFixes {
    private static final String ANOTHER_PORT = "choose-another-port";

    private final Incident incident;
    private final List<PossibleCause> causes;
    private final boolean linux;

    private IncidentFixes(Incident incident, List<PossibleCause> causes, boolean linux) {
        this.incident = incident;
        this.causes = causes;
        this.linux = linux;
    }

    static List<Fix> of(Incident incident, List<PossibleCause> causes, HostNetwork host, IncidentLook.Seen seen) {
        var those = new IncidentFixes(incident, causes, !host.namespace().isOnly());
        var fixes = new ArrayList<>(FixScope.aimed(those.ofTheLines(), host.settings()));
        for (Fix fix : seen.fixes()) {
            boolean there = fixes.stream().anyMatch(one -> one.id().equals(fix.id()));
            if (!there && those.helps(fix, seen.answer())) {
                fixes.add(fix);
            }
        }
        if (seen.answer().guessed()) {
            fixes.sort(Comparator.comparing(Fix::risk)); // nobody is ended for a guess while there is anything else
        }
        return List.copyOf(fixes);
    }

    private List<Fix> ofTheLines() {
        var fixes = new ArrayList<Fix>();
        if (confirmed(KnownCause.PRIVILEGED_PORT)) {
            fixes.add(ServerChange.GRANT_BIND_CAPABILITY);
        }
        if (confirmed(KnownCause.ADDRESS_NOT_LOCAL)) {
            fixes.add(ServerChange.chooseLocalAddress(linux));
        }
        return fixes;
    }

    private boolean confirmed(KnownCause cause) {
        return causes.stream().anyMatch(one -> one.id().equals(cause.id()) && Boolean.TRUE.equals(one.confirmed()));
    }

    private boolean helps(Fix fix, HostAnswer answer) {
        if (answer instanceof HostAnswer.Server) {
            if (incident.refusal() == Refusal.ADDRESS_NOT_AVAILABLE) {
                return fix.id().equals("choose-local-address");
            }
            if (incident.refusal() == Refusal.ACCESS_DENIED && linux) {
                return Set.of("grant-bind-capability", ANOTHER_PORT).contains(fix.id());
            }
        }
        return !isOfAnotherError(answer.verdict()) || fix.id().equals(ANOTHER_PORT);
    }

    /** Whether the host shows something that cannot be why: it gives another error than the lines tell. */
    private boolean isOfAnotherError(String verdict) {
        return Arrays.stream(KnownCause.values())
                        .anyMatch(cause -> cause.id().equals(verdict) && !cause.gives(incident.refusal()))
                && causes.stream().noneMatch(cause -> cause.id().equals(verdict));
    }
}
