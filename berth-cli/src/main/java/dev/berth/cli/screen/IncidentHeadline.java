package dev.berth.cli.screen;

import dev.berth.diagnosis.explain.Incident;
import dev.berth.diagnosis.explain.LoggedEndpoint;
import dev.berth.diagnosis.explain.LoggedError;
import dev.berth.net.Protocol;
import org.jspecify.annotations.Nullable;

/** An incident in one sentence: {@code nginx cannot bind 0.0.0.0:80: EADDRINUSE (98)}. */
final class IncidentHeadline {
    private IncidentHeadline() {}

    static String of(Incident incident) {
        String who = incident.product() == null ? "A program" : incident.product();
        return Escaped.text(who + what(incident) + ": " + why(incident));
    }

    private static String what(Incident incident) {
        String local = local(incident);
        String remote = incident.remote() == null ? "" : " to " + incident.remote();
        return switch (incident.operation()) {
            case BIND -> " cannot bind" + (local == null ? " its port" : " " + local);
            case LISTEN -> " cannot listen" + (local == null ? "" : " on " + local);
            case CONNECT -> " cannot connect" + remote + (local == null ? "" : " from " + local);
            case UNKNOWN ->
                local == null
                        ? remote.isEmpty() ? " was refused a port" : " cannot connect" + remote
                        : " cannot have " + local + (remote.isEmpty() ? "" : " for a connection" + remote);
        };
    }

    private static @Nullable String local(Incident incident) {
        LoggedEndpoint local = incident.local();
        if (local == null || local.host() == null && local.address() == null && local.port() == null) {
            return null;
        }
        if (incident.anyPortWanted()) {
            return "a port of the system's choice";
        }
        return (incident.protocol() == Protocol.UDP ? "udp " : "") + local;
    }

    private static String why(Incident incident) {
        LoggedError error = incident.error();
        if (error != null) {
            return error.name() + (error.number() == null ? "" : " (" + error.number() + ")");
        }
        return incident.refusedByProduct() ? "its own table has the port taken" : "it does not say why";
    }
}
