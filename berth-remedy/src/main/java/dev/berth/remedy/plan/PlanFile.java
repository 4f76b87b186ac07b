package dev.berth.remedy.plan;

import static dev.berth.remedy.json.JsonText.text;

import dev.berth.platform.Gap;
import dev.berth.remedy.log.Actor;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;

/**
 * {@code berth.plan/1}: a plan with who made it, when and where, to be read by people and applied later. docs/changes.md
 * describes it.
 *
 * @param command what was planned, without the program's name
 * @param host the name of the host it was made on
 * @param foreign whether it is for another network namespace than the host's own
 * @param gaps what could not be seen of the host when it was made
 */
public record PlanFile(
        Plan plan, String command, Instant madeAt, Actor madeBy, String host, boolean foreign, List<Gap> gaps) {
    static final String SCHEMA = "berth.plan/1";

    private static final JsonFactory JSON =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    public PlanFile {
        gaps = List.copyOf(gaps);
    }

    /** On one line, as every document. */
    public void write(OutputStream out) {
        write(out, ObjectWriteContext.empty());
    }

    /** On many lines, for people. */
    public void writeFolded(OutputStream out) {
        write(out, new ObjectWriteContext.Base() {
            @Override
            public PrettyPrinter getPrettyPrinter() {
                return new DefaultPrettyPrinter();
            }
        });
    }

    private void write(OutputStream out, ObjectWriteContext context) {
        try (JsonGenerator json = JSON.createGenerator(context, out)) {
            json.writeStartObject();
            json.writeStringProperty("schema", SCHEMA);
            json.writeStringProperty("command", command);
            json.writeStringProperty("madeAt", madeAt.toString());
            json.writeObjectPropertyStart("madeBy");
            json.writeStringProperty("user", madeBy.user());
            text(json, "sudoUser", madeBy.sudoUser());
            json.writeStringProperty("berth", madeBy.berth());
            json.writeEndObject();
            json.writeStringProperty("host", host);
            json.writeObjectPropertyStart("netns");
            NamespaceJson.write(json, plan.netns());
            json.writeBooleanProperty("foreign", foreign);
            json.writeEndObject();
            json.writeArrayPropertyStart("steps");
            for (Step step : plan.steps()) {
                write(json, step);
            }
            json.writeEndArray();
            json.writeArrayPropertyStart("notes");
            plan.notes().forEach(json::writeString);
            json.writeEndArray();
            json.writeArrayPropertyStart("gaps");
            for (Gap gap : gaps) {
                json.writeStartObject();
                json.writeStringProperty("what", gap.what());
                json.writeStringProperty("why", gap.why());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private static void write(JsonGenerator json, Step step) {
        boolean list = SettingValue.isList(step.setting());
        json.writeStartObject();
        json.writeStringProperty("setting", step.setting());
        json.writeStringProperty("place", step.place().label());
        text(json, "from", step.from());
        text(json, "to", step.to());
        text(json, "asked", list ? step.asked().toString() : null);
        json.writeStringProperty("risk", step.risk().label());
        json.writeStringProperty("why", step.why());
        json.writeStringProperty("precondition", "the value is what from says, however it is written");
        json.writeStringProperty("verify", "the value is read back, and is what to says");
        json.writeStringProperty(
                "undo",
                list
                        ? "what this step adds is taken out, what it takes out is added; what others add stays"
                        : step.from() == null ? "it is taken out again" : "it is set to what from says");
        json.writeEndObject();
    }
}
