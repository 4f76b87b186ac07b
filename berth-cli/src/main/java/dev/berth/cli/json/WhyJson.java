package dev.berth.cli.json;

import dev.berth.diagnosis.Attempt;
import dev.berth.diagnosis.Explanation;
import dev.berth.diagnosis.Fix;
import dev.berth.platform.BindOutcome;
import java.io.OutputStream;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** {@code berth.why/1}. */
public final class WhyJson {
    private WhyJson() {}

    public static void write(OutputStream out, Explanation why) {
        try (var document = new Document(out, "why")) {
            JsonGenerator json = document.json();
            json.writeNumberProperty("port", why.port());
            json.writeStringProperty("protocol", why.protocol().label());
            json.writeStringProperty("address", why.address().toString());
            json.writeStringProperty("verdict", why.verdict().label());
            document.truth("listenable", why.listenable());
            json.writeBooleanProperty("holdersComplete", why.holdersComplete());
            document.holders(why.holders());
            proof(document, why.proof());
            json.writeStringProperty("clause", why.clause());
            document.truth("inDynamicRange", why.inDynamicRange());
            document.truth("reserved", why.reserved());
            document.truth("excluded", why.excluded());
            fixes(document, why.fixes());
            document.end(why.gaps());
        }
    }

    private static void proof(Document document, List<Attempt> proof) {
        JsonGenerator json = document.json();
        json.writeArrayPropertyStart("proof");
        for (Attempt attempt : proof) {
            json.writeStartObject();
            json.writeStringProperty("operation", "bind");
            json.writeStringProperty("address", attempt.request().address().toString());
            json.writeBooleanProperty("reuseAddress", attempt.request().reuseAddress());
            switch (attempt.outcome()) {
                case BindOutcome.Bound _ -> json.writeStringProperty("result", "bound");
                case BindOutcome.Refused refused -> {
                    json.writeStringProperty("result", "refused");
                    json.writeObjectPropertyStart("errno");
                    json.writeStringProperty("name", refused.error().name());
                    json.writeNumberProperty("number", refused.error().number());
                    json.writeEndObject();
                }
                case BindOutcome.NotTried not -> {
                    json.writeStringProperty("result", "notTried");
                    json.writeStringProperty("reason", not.why());
                }
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    static void fixes(Document document, List<Fix> fixes) {
        JsonGenerator json = document.json();
        json.writeArrayPropertyStart("fixes");
        for (Fix fix : fixes) {
            json.writeStartObject();
            json.writeStringProperty("id", fix.id());
            json.writeStringProperty("summary", fix.summary());
            document.text("command", fix.command());
            json.writeStringProperty("risk", fix.risk().label());
            json.writeBooleanProperty("persistent", fix.persistent());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
