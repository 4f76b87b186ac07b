package dev.berth.cli.json;

import dev.berth.remedy.apply.Recovered;
import dev.berth.remedy.apply.Undone;
import dev.berth.remedy.journal.Change;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code berth.rollback/1}. */
public final class RollbackJson {
    private RollbackJson() {}

    /**
     * @param change which one, or null where there is none
     * @param undone how it was, or would be, taken back, and earlier ones with it; empty where it was not
     */
    public static void write(
            OutputStream out,
            @Nullable Change change,
            String outcome,
            List<Undone> undone,
            List<Recovered> recovered,
            Instant now)
            throws IOException {
        try (out;
                var document = new Document(out, "rollback")) {
            document.json().writeStringProperty("outcome", outcome);
            ChangesJson.change(document, "change", change, now);
            ChangeJson.undone(document, undone.isEmpty() ? null : undone.getFirst());
            document.json().writeArrayPropertyStart("earlier");
            for (Undone earlier : undone.stream().skip(1).toList()) {
                document.json().writeStartObject();
                document.json().writeNumberProperty("change", earlier.id());
                document.truth("complete", earlier.complete());
                ChangeJson.undone(document, earlier);
                document.json().writeEndObject();
            }
            document.json().writeEndArray();
            ChangeJson.recovered(document, recovered);
            document.end(List.of());
        }
    }
}
