package dev.berth.cli.json;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** {@code berth.version/1}. */
public final class VersionJson {
    private VersionJson() {}

    public static void write(OutputStream out, String version, String java, String system) throws IOException {
        try (out;
                var document = new Document(out, "version")) {
            document.json().writeStringProperty("version", version);
            document.json().writeStringProperty("java", java);
            document.json().writeStringProperty("system", system);
            document.end(List.of());
        }
    }
}
