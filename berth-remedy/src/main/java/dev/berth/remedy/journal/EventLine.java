package dev.berth.remedy.journal;

import static dev.berth.remedy.json.JsonText.text;

import dev.berth.diagnosis.Fix;
import dev.berth.net.PortSet;
import dev.berth.platform.HostTuning.Place;
import dev.berth.remedy.json.JsonObject;
import dev.berth.remedy.json.MalformedJsonException;
import dev.berth.remedy.log.Actor;
import dev.berth.remedy.plan.NamespaceJson;
import dev.berth.remedy.plan.SettingRules;
import dev.berth.remedy.plan.Step;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** {@code berth.change/1}: an event as one line, its line feed included, and back. */
final class EventLine {
    private static final String SCHEMA = "berth.change/";
    private static final int VERSION = 1;
    private static final JsonFactory JSON = new JsonFactory();

    private EventLine() {}

    /** A line that a newer Berth wrote. */
    static final class NewerException extends Exception {
        private final String schema;
        private final @Nullable String berth;

        NewerException(String schema, @Nullable String berth) {
            super(schema);
            this.schema = schema;
            this.berth = berth;
        }

        String schema() {
            return schema;
        }

        /** Which build that was; null where the line does not tell. */
        @Nullable
        String berth() {
            return berth;
        }
    }

    static byte[] write(Event event) {
        var line = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), line)) {
            json.writeStartObject();
            json.writeStringProperty("schema", SCHEMA + VERSION);
            json.writeStringProperty("event", name(event));
            json.writeNumberProperty("id", event.id());
            json.writeStringProperty("at", event.at().toString());
            switch (event) {
                case Event.Begun begun -> begun(json, begun);
                case Event.Doing doing -> json.writeNumberProperty("step", doing.step());
                case Event.Done done -> json.writeNumberProperty("step", done.step());
                case Event.Failed failed -> {
                    json.writeNumberProperty("step", failed.step());
                    json.writeStringProperty("outcome", failed.outcome());
                    text(json, "detail", failed.detail());
                }
                case Event.Applied applied -> time(json, "confirmBy", applied.confirmBy());
                case Event.Confirmed confirmed -> actor(json, confirmed.actor());
                case Event.Undoing undoing -> {
                    json.writeStringProperty("reason", undoing.reason().label());
                    actor(json, undoing.actor());
                }
                case Event.UndoingStep undoing -> {
                    json.writeNumberProperty("step", undoing.step());
                    json.writeStringProperty("startId", undoing.attempt().startId());
                    text(json, "from", undoing.attempt().found());
                    text(json, "to", undoing.attempt().target());
                }
                case Event.UndoneStep undone -> {
                    json.writeNumberProperty("step", undone.step());
                    json.writeStringProperty("end", undone.left() ? "left" : "undone");
                    text(json, "detail", undone.detail());
                }
                case Event.Owed owed -> {
                    json.writeNumberProperty("step", owed.step());
                    json.writeStringProperty("detail", owed.detail());
                }
                case Event.Undone undone -> text(json, "detail", undone.detail());
            }
            json.writeEndObject();
            json.writeRaw('\n');
        }
        return line.toByteArray();
    }

    private static String name(Event event) {
        return switch (event) {
            case Event.Begun _ -> "begun";
            case Event.Doing _ -> "doing";
            case Event.Done _ -> "done";
            case Event.Failed _ -> "failed";
            case Event.Applied _ -> "applied";
            case Event.Confirmed _ -> "confirmed";
            case Event.Undoing _ -> "undoing";
            case Event.UndoingStep _ -> "undoingStep";
            case Event.UndoneStep _ -> "undoneStep";
            case Event.Owed _ -> "owed";
            case Event.Undone undone -> undone.partly() ? "partlyUndone" : "undone";
        };
    }

    private static void begun(JsonGenerator json, Event.Begun begun) {
        actor(json, begun.actor());
        json.writeStringProperty("command", begun.command());
        json.writeStringProperty("startId", begun.startId());
        json.writeObjectPropertyStart("netns");
        NamespaceJson.write(json, begun.netns());
        json.writeEndObject();
        time(json, "confirmBy", begun.confirmBy());
        json.writeArrayPropertyStart("steps");
        for (Step step : begun.steps()) {
            json.writeStartObject();
            json.writeStringProperty("setting", step.setting());
            json.writeStringProperty("place", step.place().label());
            text(json, "from", step.from());
            text(json, "to", step.to());
            json.writeStringProperty("asked", step.asked().toString());
            json.writeStringProperty("risk", step.risk().label());
            json.writeStringProperty("why", step.why());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void actor(JsonGenerator json, Actor actor) {
        json.writeStringProperty("user", actor.user());
        text(json, "sudoUser", actor.sudoUser());
        json.writeNumberProperty("berthPid", actor.pid());
        json.writeStringProperty("berth", actor.berth());
    }

    private static void time(JsonGenerator json, String name, @Nullable Instant time) {
        text(json, name, time == null ? null : time.toString());
    }

    static Event read(byte[] line) throws MalformedJsonException, NewerException {
        JsonObject json = JsonObject.parse(line);
        requireKnown(json);
        int id = json.integer("id");
        Instant at = json.read("at", Instant::parse);
        String event = json.text("event");
        return switch (event) {
            case "begun" -> begun(json, id, at);
            case "doing" -> new Event.Doing(id, at, json.integer("step"));
            case "done" -> new Event.Done(id, at, json.integer("step"));
            case "failed" ->
                new Event.Failed(id, at, json.integer("step"), json.text("outcome"), json.textOrNull("detail"));
            case "applied" -> new Event.Applied(id, at, timeOrNull(json, "confirmBy"));
            case "confirmed" -> new Event.Confirmed(id, at, actor(json));
            case "undoing" ->
                new Event.Undoing(id, at, json.oneOf("reason", UndoReason.values(), UndoReason::label), actor(json));
            case "undoingStep" ->
                new Event.UndoingStep(
                        id,
                        at,
                        json.integer("step"),
                        new Journal.Attempt(json.text("startId"), json.textOrNull("from"), json.textOrNull("to")));
            case "undoneStep" ->
                new Event.UndoneStep(id, at, json.integer("step"), left(json.text("end")), json.textOrNull("detail"));
            case "owed" -> new Event.Owed(id, at, json.integer("step"), json.text("detail"));
            case "undone" -> new Event.Undone(id, at, false, json.textOrNull("detail"));
            case "partlyUndone" -> new Event.Undone(id, at, true, json.textOrNull("detail"));
            default -> throw new MalformedJsonException("event is '" + event + "', which is none of those known");
        };
    }

    private static void requireKnown(JsonObject json) throws MalformedJsonException, NewerException {
        String schema = json.text("schema");
        String version = schema.startsWith(SCHEMA) ? schema.substring(SCHEMA.length()) : "";
        if (version.matches("[1-9][0-9]{0,8}") && Integer.parseInt(version) > VERSION) {
            throw new NewerException(schema, writer(json));
        }
        if (!version.equals(String.valueOf(VERSION))) {
            throw new MalformedJsonException("schema is '" + schema + "'");
        }
    }

    /** Of a line that may tell it in another way than those known. */
    private static @Nullable String writer(JsonObject newer) {
        try {
            return newer.textOrNull("berth");
        } catch (MalformedJsonException _) {
            return null;
        }
    }

    private static Event begun(JsonObject json, int id, Instant at) throws MalformedJsonException {
        var steps = new ArrayList<Step>();
        for (JsonObject step : json.objects("steps")) {
            String setting = step.text("setting");
            if (!SettingRules.isOne(setting)) {
                throw new MalformedJsonException(step.path() + ".setting is none that Berth changes: " + setting);
            }
            Place place = step.oneOf("place", Place.values(), Place::label);
            steps.add(new Step(
                    setting,
                    place,
                    value(step, "from", setting, place),
                    value(step, "to", setting, place),
                    step.oneOf("risk", Fix.Risk.values(), Fix.Risk::label),
                    step.text("why"),
                    step.read("asked", PortSet::parse)));
        }
        return new Event.Begun(
                id,
                at,
                actor(json),
                json.text("command"),
                json.text("startId"),
                NamespaceJson.read(json.object("netns")),
                timeOrNull(json, "confirmBy"),
                List.copyOf(steps));
    }

    private static @Nullable String value(JsonObject step, String name, String setting, Place place)
            throws MalformedJsonException {
        String text = step.textOrNull(name);
        if (!SettingRules.couldBe(setting, place, text)) {
            throw new MalformedJsonException(step.path() + "." + name + " is nothing that " + setting + " can be");
        }
        return text;
    }

    private static @Nullable Instant timeOrNull(JsonObject json, String name) throws MalformedJsonException {
        return json.textOrNull(name) == null ? null : json.read(name, Instant::parse);
    }

    private static Actor actor(JsonObject json) throws MalformedJsonException {
        return new Actor(json.text("user"), json.textOrNull("sudoUser"), json.number("berthPid"), json.text("berth"));
    }

    private static boolean left(String end) throws MalformedJsonException {
        return switch (end) {
            case "left" -> true;
            case "undone" -> false;
            default -> throw new MalformedJsonException("end is '" + end + "', which is none of those known");
        };
    }
}
