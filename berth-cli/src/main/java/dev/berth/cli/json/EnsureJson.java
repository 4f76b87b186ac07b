package dev.berth.cli.json;

import dev.berth.platform.Gap;
import dev.berth.remedy.apply.ChangeReport;
import dev.berth.remedy.policy.Drift;
import dev.berth.remedy.policy.Item;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** {@code berth.ensure/1}: how the host stands to the policy at the end of the command. */
public final class EnsureJson {
    private EnsureJson() {}

    /**
     * @param policy the file, as it was named
     * @param change what was changed; null where nothing was to be
     * @param command what was typed, for the change
     */
    public static void write(
            OutputStream out, String policy, Drift drift, @Nullable ChangeReport change, String command)
            throws IOException {
        try (out;
                var document = new Document(out, "ensure")) {
            JsonGenerator json = document.json();
            json.writeStringProperty("policy", policy);
            json.writeBooleanProperty("inOrder", drift.inOrder());
            json.writeBooleanProperty("lasting", drift.lasting());
            json.writeArrayPropertyStart("items");
            drift.items().forEach(item -> item(document, item));
            json.writeEndArray();
            var gaps = new LinkedHashSet<Gap>(drift.gaps());
            if (change == null) {
                json.writeNullProperty("change");
            } else {
                json.writeObjectPropertyStart("change");
                json.writeStringProperty("command", command);
                ChangeJson.fields(document, change);
                json.writeEndObject();
                gaps.addAll(change.gaps());
            }
            document.end(List.copyOf(gaps));
        }
    }

    private static void item(Document document, Item item) {
        JsonGenerator json = document.json();
        json.writeStartObject();
        json.writeStringProperty("aspect", item.aspect().label());
        document.text("about", item.about());
        json.writeStringProperty("state", item.state().label());
        document.text("from", item.from());
        document.text("to", item.to());
        json.writeStringProperty("text", item.text());
        document.text("why", item.why());
        document.text("next", item.next());
        json.writeEndObject();
    }
}
