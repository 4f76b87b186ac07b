package dev.berth.cli.json;

import dev.berth.cli.look.History;
import dev.berth.remedy.journal.Change;
import dev.berth.remedy.log.Acted;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** {@code berth.changes/1}. */
public final class ChangesJson {
    private ChangesJson() {}

    public static void write(OutputStream out, History history, Instant now) throws IOException {
        try (out;
                var document = new Document(out, "changes")) {
            JsonGenerator json = document.json();
            json.writeArrayPropertyStart("changes");
            for (Change change : history.changes()) {
                change(document, change, now);
            }
            json.writeEndArray();
            json.writeArrayPropertyStart("acts");
            for (Acted act : history.acts()) {
                act(document, act);
            }
            json.writeEndArray();
            json.writeStringProperty("folder", history.folder().toString());
            document.end(history.gaps());
        }
    }

    static void change(Document document, String name, @Nullable Change change, Instant now) {
        if (change == null) {
            document.json().writeNullProperty(name);
        } else {
            document.json().writeName(name);
            change(document, change, now);
        }
    }

    private static void change(Document document, Change change, Instant now) {
        JsonGenerator json = document.json();
        json.writeStartObject();
        json.writeNumberProperty("id", change.id());
        json.writeStringProperty("at", change.at().toString());
        json.writeStringProperty("user", change.actor().user());
        document.text("sudoUser", change.actor().sudoUser());
        json.writeStringProperty("command", change.command());
        json.writeStringProperty("state", change.state().label());
        time(document, "confirmBy", change.confirmBy());
        json.writeBooleanProperty("overdue", change.isOverdue(now));
        time(document, "endedAt", change.endedAt());
        document.text("detail", change.detail());
        document.netns(change.netns());
        json.writeArrayPropertyStart("steps");
        for (Change.Made made : change.steps()) {
            json.writeStartObject();
            ChangeJson.step(document, made.step());
            json.writeStringProperty("progress", made.progress().label());
            document.text("detail", made.detail());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void act(Document document, Acted act) {
        JsonGenerator json = document.json();
        json.writeStartObject();
        json.writeStringProperty("at", act.at().toString());
        json.writeStringProperty("user", act.user());
        document.text("sudoUser", act.sudoUser());
        json.writeStringProperty("command", act.command());
        json.writeStringProperty("act", act.act());
        json.writeStringProperty("subject", act.subject());
        document.text("outcome", act.outcome());
        document.text("detail", act.detail());
        json.writeEndObject();
    }

    private static void time(Document document, String name, @Nullable Instant at) {
        document.text(name, at == null ? null : at.toString());
    }
}
