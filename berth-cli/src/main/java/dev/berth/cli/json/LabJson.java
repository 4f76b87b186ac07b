package dev.berth.cli.json;

import dev.berth.lab.Scenario;
import dev.berth.lab.Told;
import java.io.OutputStream;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** {@code berth.lab/1}. */
public final class LabJson {
    private LabJson() {}

    public static void list(OutputStream out, List<Scenario> scenarios) {
        try (var document = new Document(out, "lab")) {
            JsonGenerator json = document.json();
            json.writeArrayPropertyStart("scenarios");
            for (Scenario scenario : scenarios) {
                json.writeStartObject();
                json.writeStringProperty("name", scenario.name());
                json.writeStringProperty("summary", scenario.summary());
                json.writeEndObject();
            }
            json.writeEndArray();
            document.end(List.of());
        }
    }

    public static void write(OutputStream out, Scenario scenario, List<Told> told, boolean held) {
        try (var document = new Document(out, "lab")) {
            JsonGenerator json = document.json();
            json.writeStringProperty("scenario", scenario.name());
            json.writeBooleanProperty("held", held);
            json.writeNumberProperty("told", told.size());
            document.end(List.of());
        }
    }
}
