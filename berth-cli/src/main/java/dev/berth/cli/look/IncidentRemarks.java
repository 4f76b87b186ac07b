package dev.berth.cli.look;

import dev.berth.cli.look.IncidentAnswer.HostAnswer;
import dev.berth.diagnosis.Explanation;
import dev.berth.diagnosis.connect.ConnectExplanation;
import dev.berth.diagnosis.connect.ConnectVerdict;
import dev.berth.diagnosis.connect.LocalPort;
import dev.berth.diagnosis.explain.Incident;
import dev.berth.diagnosis.explain.JdkOnWindows;
import dev.berth.diagnosis.explain.Refusal;
import dev.berth.net.Protocol;
import dev.berth.platform.HostNetwork;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a host's answer means for the lines that it was asked because of. */
final class IncidentRemarks {
    private final Incident incident;
    private final HostNetwork host;
    private final List<String> all = new ArrayList<>();

    private IncidentRemarks(Incident incident, HostNetwork host) {
        this.incident = incident;
        this.host = host;
    }

    static List<String> of(Incident incident, HostNetwork host, IncidentLook.Seen seen) {
        var remarks = new IncidentRemarks(incident, host);
        switch (seen.answer()) {
            case HostAnswer.Server(WhyQuestion.Answer why, boolean guessed) ->
                remarks.server(why.explanation(), guessed);
            case HostAnswer.Client(ConnectExplanation why, boolean guessed) ->
                remarks.client(why, guessed, seen.exhausted());
            case HostAnswer.AnyPort(PortChoice choice) -> remarks.anyPort(choice);
            case HostAnswer.NotAsked _ -> remarks.notAsked();
        }
        return List.copyOf(remarks.all);
    }

    private void server(Explanation why, boolean guessed) {
        if (guessed) {
            all.add(
                    "The lines carry no port. %d is the one that %s usually has: a guess, and only if it is right what holds for it here is why."
                            .formatted(why.port(), incident.product()));
        }
        Refusal shown = shown(why);
        boolean saidByProduct = incident.refusedByProduct() || incident.refusal() == null;
        boolean sparesWindows = onWindows() && incident.refusal() != Refusal.ADDRESS_NOT_AVAILABLE;
        if (shown != null && shown != incident.refusal() && !saidByProduct && !sparesWindows) {
            all.add("That is not why: it gives %s, and the lines say %s."
                    .formatted((onWindows() ? "WSA" : "") + shown.posixName(), name(incident)));
        }
        switch (why.verdict()) {
            case FREE -> free(why);
            case EXCLUDED -> {
                if (onWindows() && JdkOnWindows.mayHideExclusion(incident)) {
                    all.add(
                            "The lines say that the port is in use. That is what the JDK makes of the refusal of an excluded "
                                    + "port (WSAEACCES, 10013): nobody has it, and there is no program to look for.");
                }
            }
            default -> {}
        }
    }

    private static String name(Incident incident) {
        return incident.error() == null ? "nothing of it" : incident.error().name();
    }

    /** The error that a bind gives here now; null for none, or one that nobody foretells. */
    private static @Nullable Refusal shown(Explanation why) {
        return switch (why.verdict()) {
            case LISTENER, CLIENT, TIME_WAIT, BOUND_ONLY -> Refusal.ADDRESS_IN_USE;
            case EXCLUDED -> Refusal.ACCESS_DENIED;
            case BLOCKED_UNSEEN -> why.addressIsElsewhere() ? Refusal.ADDRESS_NOT_AVAILABLE : null;
            case ELSEWHERE, FREE -> null;
        };
    }

    private void free(Explanation why) {
        if (incident.refusedByProduct()) {
            all.add("No socket is in the way here: what keeps the port is in the product's own table alone.");
        } else if (incident.refusal() == Refusal.ACCESS_DENIED && !onWindows()) {
            all.add("Berth may bind it here, so no socket keeps the port: what the program lacked is the right to it.");
        } else if (incident.refusal() == Refusal.ADDRESS_NOT_AVAILABLE) {
            all.add(
                    incident.local() == null || incident.local().address() == null
                            ? "The lines carry no address, so whether this host has it cannot be told."
                            : "The address is one of this host's now: when the lines were written, it was not yet, or IPv6 was off.");
        } else {
            all.add(freeHere(why)
                    + (Boolean.TRUE.equals(why.inDynamicRange()) && Boolean.FALSE.equals(why.reserved())
                            ? " It lies in the dynamic range, so a connection may be given it again at any time: reserve it."
                            : "")
                    + watching("--binds"));
        }
    }

    private String freeHere(Explanation why) {
        if (!onWindows() && !why.inTheWayWithoutOption().isEmpty()) {
            return "Only a server that sets SO_REUSEADDR is sure to have the port " + now()
                    + ": a socket on it is in the way of others, or may be.";
        }
        var unseen = new ArrayList<String>();
        if (!onWindows()) {
            unseen.add("other network namespaces");
        }
        if (incident.protocol() == null) {
            unseen.add(why.protocol() == Protocol.TCP ? "udp" : "tcp");
        }
        return "The port is free here " + now() + ". What was in the way then is gone, or is not seen from here"
                + (unseen.isEmpty() ? "." : ": not looked at were " + String.join(" and ", unseen) + ".");
    }

    private void client(ConnectExplanation why, boolean guessed, int exhausted) {
        boolean scarce = why.verdict() == ConnectVerdict.EXHAUSTED || why.verdict() == ConnectVerdict.PAST_CLIFF;
        if (guessed) {
            all.add(
                    "The lines carry no %sdestination. Of those that this host is connected to, %s has the fewest ports left%s: a guess."
                            .formatted(
                                    incident.remote() == null ? "" : "whole ",
                                    why.destination(),
                                    scarce ? "" : ", and it has enough"));
        }
        if (exhausted > 1) {
            all.add("%d destinations have no port left; berth doctor names them all.".formatted(exhausted));
        }
        LocalPort chosen = why.localPort();
        if (chosen != null) {
            all.add(chosen(chosen));
        } else if (why.verdict() == ConnectVerdict.CONNECTABLE) {
            all.add("Local ports are left " + now() + "; whether they had run out then, this cannot tell."
                    + watching(""));
        }
    }

    private String chosen(LocalPort chosen) {
        LocalPort.Attempt usual = chosen.attempts().getFirst();
        String port = "Local port " + chosen.port() + ", which the client chose, ";
        return switch (usual.outcome()) {
            case SUCCEEDS -> port + "can be had " + now() + ".";
            case FAILS -> port + "is refused " + now() + " with " + usual.error() + ". " + usual.clause();
            case DEPENDS -> port + "may be refused " + now() + " with " + usual.error() + ". " + usual.clause();
        };
    }

    /** Where no host can be asked for want of a port: what to do next. */
    private void notAsked() {
        boolean anyEnd = incident.local() != null && incident.local().port() != null
                || incident.remote() != null && incident.remote().port() != null;
        if (!anyEnd && !incident.refusedByProduct()) {
            all.add("With its number, berth why PORT says what has the port." + watching("--binds"));
        }
    }

    private void anyPort(PortChoice choice) {
        if (Boolean.FALSE.equals(choice.usedUp())) {
            all.add("The system has ports to choose from " + now() + "; whether it had none then, this cannot tell."
                    + watching("--binds"));
        }
    }

    private boolean onWindows() {
        return host.namespace().isOnly();
    }

    private String now() {
        return host.facts().recorded() ? "in this recording" : "now";
    }

    private String watching(String option) {
        if (host.facts().recorded()) {
            return "";
        }
        return onWindows()
                ? " berth doctor --watch sees who takes ports while it happens."
                : " sudo berth failures%s tells who is refused as it happens, and berth doctor --watch who takes ports."
                        .formatted(option.isEmpty() ? "" : " " + option);
    }
}
