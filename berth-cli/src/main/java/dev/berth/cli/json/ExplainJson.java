package dev.berth.cli.json;

import dev.berth.cli.look.IncidentAnswer;
import dev.berth.cli.look.IncidentAnswer.HostAnswer;
import dev.berth.cli.look.LogAnswer;
import dev.berth.diagnosis.Explanation;
import dev.berth.diagnosis.explain.Incident;
import dev.berth.diagnosis.explain.LoggedEndpoint;
import dev.berth.diagnosis.explain.LoggedError;
import dev.berth.diagnosis.explain.Operation;
import dev.berth.diagnosis.explain.PossibleCause;
import dev.berth.net.Endpoint;
import dev.berth.platform.PortEvents;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** {@code berth.explain/1}. What the lines do not carry is absent. */
public final class ExplainJson {
    private ExplainJson() {}

    public static void write(OutputStream out, List<LogAnswer> logs) {
        try (var document = new Document(out, "explain", new HarmlessEscapes())) {
            JsonGenerator json = document.json();
            json.writeNumberProperty(
                    "lines", logs.stream().mapToLong(LogAnswer::lines).sum());
            json.writeArrayPropertyStart("incidents");
            for (LogAnswer log : logs) {
                for (IncidentAnswer incident : log.incidents()) {
                    incident(document, incident, log.file());
                }
            }
            json.writeEndArray();
            json.writeNumberProperty(
                    "beyond", logs.stream().mapToLong(LogAnswer::beyond).sum());
            document.end(LogAnswer.gaps(logs));
        }
    }

    private static void incident(Document document, IncidentAnswer answer, @Nullable String file) {
        JsonGenerator json = document.json();
        Incident incident = answer.group().incident();
        json.writeStartObject();
        present(json, "file", file);
        present(json, "product", incident.product());
        json.writeStringProperty("operation", incident.operation().label());
        error(json, incident.error());
        if (incident.refusedByProduct()) {
            json.writeBooleanProperty("refusedByProduct", true);
        }
        endpoint(json, "local", incident.local());
        endpoint(json, "remote", incident.remote());
        present(
                json,
                "protocol",
                incident.protocol() == null ? null : incident.protocol().label());
        present(
                json,
                "system",
                incident.system() == null ? null : incident.system().label());
        if (!incident.usualPorts().isEmpty() && incident.operation() != Operation.CONNECT) {
            json.writeNumberProperty("guessedPort", incident.usualPorts().getFirst());
        }
        json.writeStringProperty("text", incident.text());
        json.writeNumberProperty("count", answer.group().count());
        json.writeNumberProperty("firstLine", incident.firstLine());
        json.writeNumberProperty("lastLine", answer.group().lastLine());
        present(json, "firstAt", incident.at());
        present(json, "lastAt", answer.group().lastAt());
        json.writeStringProperty("meaning", answer.meaning());
        json.writeStringProperty("verdict", answer.verdict());
        host(document, answer.host());
        json.writeArrayPropertyStart("remarks");
        answer.remarks().forEach(json::writeString);
        json.writeEndArray();
        causes(document, answer.causes());
        events(json, answer.events());
        WhyJson.fixes(document, answer.fixes());
        json.writeEndObject();
    }

    private static void error(JsonGenerator json, @Nullable LoggedError error) {
        if (error == null) {
            return;
        }
        json.writeObjectPropertyStart("errno");
        json.writeStringProperty("name", error.name());
        if (error.number() != null) {
            json.writeNumberProperty("number", error.number());
        }
        json.writeEndObject();
    }

    private static void endpoint(JsonGenerator json, String name, @Nullable LoggedEndpoint endpoint) {
        if (endpoint == null) {
            return;
        }
        json.writeObjectPropertyStart(name);
        present(json, "host", endpoint.host());
        present(json, "address", endpoint.address());
        if (endpoint.port() != null) {
            json.writeNumberProperty("port", endpoint.port());
        }
        json.writeEndObject();
    }

    /** What was asked, or why nothing was, and for a port who holds it. */
    private static void host(Document document, HostAnswer host) {
        JsonGenerator json = document.json();
        switch (host) {
            case HostAnswer.NotAsked not -> json.writeStringProperty("notAsked", not.why());
            case HostAnswer.Server server -> {
                Explanation why = server.why().explanation();
                json.writeObjectPropertyStart("asked");
                document.endpoint("local", new Endpoint(why.address(), why.port()));
                json.writeStringProperty("protocol", why.protocol().label());
                json.writeBooleanProperty("guessed", server.guessed());
                json.writeEndObject();
                document.holders(why.holders());
            }
            case HostAnswer.Client client -> {
                json.writeObjectPropertyStart("asked");
                document.endpoint("remote", client.why().destination());
                json.writeStringProperty("protocol", "tcp");
                json.writeBooleanProperty("guessed", client.guessed());
                json.writeEndObject();
            }
            case HostAnswer.AnyPort any -> {
                json.writeObjectPropertyStart("asked");
                json.writeStringProperty("protocol", any.choice().protocol().label());
                json.writeBooleanProperty("guessed", false);
                json.writeEndObject();
            }
        }
    }

    private static void causes(Document document, List<PossibleCause> causes) {
        JsonGenerator json = document.json();
        json.writeArrayPropertyStart("causes");
        for (PossibleCause cause : causes) {
            json.writeStartObject();
            json.writeStringProperty("id", cause.id());
            json.writeStringProperty("meaning", cause.meaning());
            document.truth("confirmed", cause.confirmed());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void events(JsonGenerator json, List<PortEvents.Event> events) {
        json.writeArrayPropertyStart("events");
        for (PortEvents.Event event : events) {
            json.writeStartObject();
            json.writeStringProperty("source", event.source());
            json.writeNumberProperty("id", event.id());
            json.writeStringProperty("at", event.at().toString());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void present(JsonGenerator json, String name, @Nullable Object value) {
        if (value != null) {
            json.writeStringProperty(name, value.toString());
        }
    }
}
