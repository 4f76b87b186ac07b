package dev.berth.cli.json;

import dev.berth.lab.Need;
import dev.berth.lab.Outcome;
import dev.berth.lab.Scenario;
import dev.berth.lab.Table;
import dev.berth.lab.Told;
import dev.berth.platform.Gap;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** {@code berth.lab/1}. */
public final class LabJson {
    private LabJson() {}

    /** @param obstacle why none can be staged here; null where nothing is in the way of all of them */
    public static void list(OutputStream out, List<Scenario> scenarios, @Nullable String obstacle) {
        try (var document = new Document(out, "lab")) {
            JsonGenerator json = document.json();
            json.writeArrayPropertyStart("scenarios");
            for (Scenario scenario : scenarios) {
                json.writeStartObject();
                json.writeStringProperty("name", scenario.name());
                json.writeStringProperty("summary", scenario.summary());
                json.writeArrayPropertyStart("needs");
                scenario.needs().forEach(need -> need(document, need));
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
            document.end(obstacle == null ? List.of() : List.of(new Gap("every scenario", obstacle)));
        }
    }

    private static void need(Document document, Need need) {
        JsonGenerator json = document.json();
        json.writeStartObject();
        json.writeStringProperty("what", need.what());
        json.writeBooleanProperty("here", need.isHere());
        document.text("part", need.part());
        document.text("next", need.isHere() ? null : need.next());
        json.writeEndObject();
    }

    public static void played(OutputStream out, Scenario scenario, List<Told> told) {
        Outcome outcome = Outcome.of(told);
        try (var document = new Document(out, "lab")) {
            JsonGenerator json = document.json();
            json.writeStringProperty("scenario", scenario.name());
            json.writeStringProperty("summary", scenario.summary());
            json.writeBooleanProperty("held", outcome.failed() == 0);
            json.writeArrayPropertyStart("told");
            for (Told one : told) {
                json.writeStartObject();
                told(document, one);
                json.writeEndObject();
            }
            json.writeEndArray();
            document.end(outcome.skipped().stream()
                    .map(skipped -> new Gap(skipped.what(), skipped.why()))
                    .toList());
        }
    }

    private static void told(Document document, Told told) {
        JsonGenerator json = document.json();
        switch (told) {
            case Told.Part(String title) -> {
                json.writeStringProperty("kind", "part");
                json.writeStringProperty("title", title);
            }
            case Told.Words(String text) -> {
                json.writeStringProperty("kind", "words");
                json.writeStringProperty("text", text);
            }
            case Told.Typed(String machine, String line, String output, int exitCode) -> {
                json.writeStringProperty("kind", "typed");
                document.text("machine", machine.isEmpty() ? null : machine);
                json.writeStringProperty("line", line);
                json.writeStringProperty("output", output);
                json.writeNumberProperty("exitCode", exitCode);
            }
            case Told.Claim(String claim, boolean held) -> {
                json.writeStringProperty("kind", "claim");
                json.writeStringProperty("claim", claim);
                json.writeBooleanProperty("held", held);
            }
            case Told.Skipped(String what, String why) -> {
                json.writeStringProperty("kind", "skipped");
                json.writeStringProperty("what", what);
                json.writeStringProperty("why", why);
            }
            case Told.Measured(Table table) -> {
                json.writeStringProperty("kind", "measured");
                table(json, table);
            }
            case Told.Drawn(String name, String title, String svg) -> {
                json.writeStringProperty("kind", "drawn");
                json.writeStringProperty("name", name);
                json.writeStringProperty("title", title);
                json.writeStringProperty("svg", svg);
            }
            case Told.Kept(List<String> enter, List<String> others, List<String> end) -> {
                json.writeStringProperty("kind", "kept");
                words(json, "enter", enter);
                words(json, "others", others);
                words(json, "end", end);
            }
        }
    }

    private static void table(JsonGenerator json, Table table) {
        json.writeStringProperty("title", table.title());
        json.writeArrayPropertyStart("columns");
        for (Table.Column column : table.columns()) {
            json.writeStartObject();
            json.writeStringProperty("name", column.name());
            json.writeStringProperty("head", column.head());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("rows");
        for (Table.Row row : table.rows()) {
            json.writeStartObject();
            json.writeStringProperty("way", row.way());
            json.writeObjectPropertyStart("values");
            for (Table.Column column : table.columns()) {
                Double value = row.value(column);
                if (value == null) {
                    json.writeNullProperty(column.name());
                } else {
                    json.writeNumberProperty(column.name(), value);
                }
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void words(JsonGenerator json, String name, List<String> words) {
        json.writeArrayPropertyStart(name);
        words.forEach(json::writeString);
        json.writeEndArray();
    }
}
