package dev.berth.cli.json;

import dev.berth.diagnosis.suggest.Objection;
import dev.berth.diagnosis.suggest.Suggestions;
import java.io.OutputStream;
import tools.jackson.core.JsonGenerator;

/** {@code berth.suggest/1}. */
public final class SuggestJson {
    private SuggestJson() {}

    public static void write(OutputStream out, Suggestions suggestions) {
        try (var document = new Document(out, "suggest")) {
            JsonGenerator json = document.json();
            json.writeStringProperty("protocol", suggestions.protocol().label());
            json.writeStringProperty("address", suggestions.address().toString());
            json.writeNumberProperty("near", suggestions.near());
            Objection objection = suggestions.objection();
            if (objection == null) {
                json.writeNullProperty("objection");
            } else {
                json.writeObjectPropertyStart("objection");
                json.writeStringProperty("reason", objection.reason().label());
                document.text("service", objection.service());
                json.writeEndObject();
            }
            json.writeArrayPropertyStart("ports");
            for (Suggestions.Suggestion one : suggestions.ports()) {
                json.writeStartObject();
                json.writeNumberProperty("port", one.port());
                document.truth("bindable", one.bindable());
                json.writeBooleanProperty("inDynamicRange", one.inDynamicRange());
                json.writeEndObject();
            }
            json.writeEndArray();
            WhyJson.fixes(document, suggestions.fixes());
            document.end(suggestions.gaps());
        }
    }
}
