package dev.berth.cli.json;

import dev.berth.remedy.apply.Recovered;
import dev.berth.remedy.journal.Change;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;

/** {@code berth.confirm/1}. */
public final class ConfirmJson {
    private ConfirmJson() {}

    /**
     * @param change as it is now
     * @param confirmed whether it was waiting for that
     */
    public static void write(OutputStream out, Change change, boolean confirmed, List<Recovered> recovered, Instant now)
            throws IOException {
        try (out;
                var document = new Document(out, "confirm")) {
            boolean lasts = confirmed || change.state() == Change.State.APPLIED;
            document.json()
                    .writeStringProperty("outcome", confirmed ? "confirmed" : lasts ? "lastsAlready" : "tooLate");
            ChangesJson.change(document, "change", change, now);
            ChangeJson.recovered(document, recovered);
            document.end(List.of());
        }
    }
}
