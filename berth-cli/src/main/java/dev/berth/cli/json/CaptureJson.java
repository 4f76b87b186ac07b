package dev.berth.cli.json;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** {@code berth.capture/1}. */
public final class CaptureJson {
    private CaptureJson() {}

    public static void write(OutputStream out, String file, boolean scrubbed) throws IOException {
        try (out;
                var document = new Document(out, "capture")) {
            document.json().writeStringProperty("file", file);
            document.json().writeBooleanProperty("scrubbed", scrubbed);
            document.end(List.of());
        }
    }
}
