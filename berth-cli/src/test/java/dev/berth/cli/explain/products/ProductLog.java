package dev.berth.cli.explain.products;

import dev.berth.diagnosis.explain.Incident;
import dev.berth.diagnosis.explain.IncidentGroup;
import dev.berth.diagnosis.explain.Incidents;
import dev.berth.diagnosis.explain.LogLine;
import dev.berth.diagnosis.explain.LoggedError;
import dev.berth.diagnosis.explain.Recogniser;
import dev.berth.diagnosis.explain.Tally;
import dev.berth.net.Protocol;
import java.util.List;
import java.util.stream.Collectors;

/** What a product said, and what is read from it. */
record ProductLog(List<String> lines) {
    private static final Recogniser RECOGNISER = Recogniser.ofAllProducts();

    /** Each kind of incident as {@code 2x nginx bind 127.0.0.1:80 EADDRINUSE 98}; what the log does not tell is left out. */
    List<String> tells() {
        var tally = new Tally();
        var incidents = new Incidents(RECOGNISER, tally);
        for (int i = 0; i < lines.size(); i++) {
            incidents.line(new LogLine(i + 1, lines.get(i), null));
        }
        incidents.end();
        return tally.groups().stream().map(ProductLog::text).toList();
    }

    private static String text(IncidentGroup group) {
        Incident incident = group.incident();
        var text = new StringBuilder(group.count() + "x");
        if (incident.product() != null) {
            text.append(' ').append(incident.product());
        }
        text.append(' ').append(incident.operation().label());
        if (incident.local() != null) {
            text.append(' ').append(incident.local());
        }
        if (incident.remote() != null) {
            text.append(" -> ").append(incident.remote());
        }
        if (incident.protocol() == Protocol.UDP) {
            text.append(" udp");
        }
        LoggedError error = incident.error();
        if (error != null) {
            text.append(' ').append(error.name());
            if (error.number() != null) {
                text.append(' ').append(error.number());
            }
        }
        return text.toString();
    }

    /** For the report of a test that fails. */
    @Override
    public String toString() {
        return lines.stream().collect(Collectors.joining("\n"));
    }
}
