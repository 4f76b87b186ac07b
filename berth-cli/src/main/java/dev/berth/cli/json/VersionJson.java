package dev.berth.cli.json;

import dev.berth.platform.Build;
import dev.berth.platform.JavaRuntime;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** {@code berth.version/1}. */
public final class VersionJson {
    private VersionJson() {}

    public static void write(OutputStream out, Build build, JavaRuntime java, String system) throws IOException {
        try (out;
                var document = new Document(out, "version")) {
            JsonGenerator json = document.json();
            json.writeStringProperty("version", build.version());
            if (build.commit() == null) {
                json.writeNullProperty("commit");
                json.writeNullProperty("dirty");
            } else {
                json.writeStringProperty("commit", build.commit());
                json.writeBooleanProperty("dirty", build.dirty());
            }
            json.writeStringProperty("java", java.version());
            json.writeObjectPropertyStart("runtime");
            json.writeStringProperty("name", java.name());
            json.writeStringProperty("vendor", java.vendor());
            json.writeStringProperty("version", java.version());
            json.writeStringProperty("home", java.home());
            json.writeBooleanProperty("own", java.own());
            json.writeEndObject();
            json.writeStringProperty("system", system);
            document.end(List.of());
        }
    }
}
