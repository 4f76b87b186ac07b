package dev.berth.cli.json;

import dev.berth.cli.screen.ReuseScreen;
import dev.berth.platform.Settings;
import dev.berth.platform.Tunable;
import java.io.OutputStream;
import tools.jackson.core.JsonGenerator;

/** {@code berth.reuse/1} where nothing is to be changed. */
public final class ReuseJson {
    private ReuseJson() {}

    public static void write(OutputStream out, Settings settings) {
        try (var document = new Document(out, "reuse")) {
            JsonGenerator json = document.json();
            json.writeStringProperty("outcome", "shown");
            json.writeArrayPropertyStart("settings");
            for (String name : ReuseScreen.SETTINGS) {
                Tunable tunable = settings.tunables().get(name);
                if (tunable != null) {
                    Tunable.Assignment next = tunable.persistent();
                    json.writeStartObject();
                    json.writeStringProperty("setting", name);
                    document.text("running", tunable.running());
                    document.text("persistent", next == null ? null : next.value());
                    document.text("persistentSource", next == null ? null : next.source());
                    json.writeEndObject();
                }
            }
            json.writeEndArray();
            document.end(settings.gaps());
        }
    }
}
