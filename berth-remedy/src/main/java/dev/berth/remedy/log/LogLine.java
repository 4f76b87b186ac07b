package dev.berth.remedy.log;

import static dev.berth.remedy.json.JsonText.text;

import dev.berth.net.Endpoint;
import dev.berth.platform.ActOutcome;
import dev.berth.platform.SocketId;
import java.io.ByteArrayOutputStream;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** {@code berth.act/1}: one line of the log, its line feed included. */
final class LogLine {
    private static final JsonFactory JSON = new JsonFactory();

    private final Actor actor;
    private final InstantSource clock;

    LogLine(Actor actor, InstantSource clock) {
        this.actor = actor;
        this.clock = clock;
    }

    byte[] begun(String id, Act act, Purpose purpose) {
        var line = new ByteArrayOutputStream();
        try (JsonGenerator json = start(line, id, "begun")) {
            json.writeStringProperty("user", actor.user());
            text(json, "sudoUser", actor.sudoUser());
            json.writeNumberProperty("berthPid", actor.pid());
            json.writeStringProperty("berth", actor.berth());
            json.writeStringProperty("command", purpose.command());
            json.writeNumberProperty("port", purpose.port());
            json.writeStringProperty("protocol", purpose.protocol().label());
            json.writeStringProperty("address", purpose.address().toString());
            json.writeObjectPropertyStart("netns");
            json.writeNumberProperty("inode", purpose.netns().inode());
            text(json, "name", purpose.netns().name());
            json.writeEndObject();
            json.writeStringProperty("act", act.label());
            switch (act) {
                case Act.Destroy(SocketId connection) -> {
                    json.writeObjectPropertyStart("connection");
                    endpoint(json, "local", connection.local());
                    endpoint(json, "remote", connection.remote());
                    json.writeStringProperty("cookie", Long.toUnsignedString(connection.cookie())); // exceeds 2^53
                    json.writeEndObject();
                }
                case Act.Stop(String unit) -> json.writeStringProperty("unit", unit);
                case Act.Signal(var process, String name, var signal) -> {
                    json.writeStringProperty("signal", signal.name());
                    json.writeObjectPropertyStart("process");
                    json.writeNumberProperty("pid", process.pid());
                    json.writeStringProperty("name", name);
                    json.writeStringProperty("startedAt", process.startedAt().toString());
                    json.writeEndObject();
                }
            }
            json.writeEndObject();
            json.writeRaw('\n');
        }
        return line.toByteArray();
    }

    byte[] ended(String id, ActOutcome outcome) {
        var line = new ByteArrayOutputStream();
        try (JsonGenerator json = start(line, id, "ended")) {
            json.writeStringProperty("outcome", outcome.label());
            text(json, "detail", outcome.detail());
            json.writeEndObject();
            json.writeRaw('\n');
        }
        return line.toByteArray();
    }

    private JsonGenerator start(ByteArrayOutputStream line, String id, String event) {
        JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), line);
        json.writeStartObject();
        json.writeStringProperty("schema", "berth.act/1");
        json.writeStringProperty("event", event);
        json.writeStringProperty("id", id);
        json.writeStringProperty("at", clock.instant().toString());
        return json;
    }

    private static void endpoint(JsonGenerator json, String name, @Nullable Endpoint endpoint) {
        if (endpoint == null) {
            json.writeNullProperty(name);
            return;
        }
        json.writeObjectPropertyStart(name);
        json.writeStringProperty("address", endpoint.address().toString());
        json.writeNumberProperty("port", endpoint.port());
        json.writeEndObject();
    }
}
