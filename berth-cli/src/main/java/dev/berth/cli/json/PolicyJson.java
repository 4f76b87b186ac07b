package dev.berth.cli.json;

import dev.berth.net.PortRange;
import dev.berth.remedy.policy.Draft;
import dev.berth.remedy.policy.Fault;
import dev.berth.remedy.policy.Policy;
import dev.berth.remedy.policy.PolicyException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** {@code berth.policy/1}: a policy that was drafted or checked. */
public final class PolicyJson {
    private PolicyJson() {}

    /** @param file where it was written; null where it was not */
    public static void drafted(OutputStream out, Draft draft, String text, @Nullable String file) throws IOException {
        try (out;
                var document = new Document(out, "policy")) {
            document.text("file", file);
            document.json().writeBooleanProperty("valid", true);
            contents(document, draft.policy());
            document.json().writeStringProperty("text", text);
            document.json().writeArrayPropertyStart("faults");
            document.json().writeEndArray();
            document.end(draft.gaps());
        }
    }

    public static void checked(OutputStream out, String file, Policy policy) throws IOException {
        try (out;
                var document = new Document(out, "policy")) {
            document.text("file", file);
            document.json().writeBooleanProperty("valid", true);
            contents(document, policy);
            document.json().writeNullProperty("text");
            document.json().writeArrayPropertyStart("faults");
            document.json().writeEndArray();
            document.end(List.of());
        }
    }

    public static void faulty(OutputStream out, PolicyException refused) throws IOException {
        try (out;
                var document = new Document(out, "policy")) {
            JsonGenerator json = document.json();
            document.text("file", refused.source());
            json.writeBooleanProperty("valid", false);
            json.writeNullProperty("services");
            json.writeNullProperty("ports");
            json.writeNullProperty("text");
            json.writeArrayPropertyStart("faults");
            for (Fault fault : refused.faults()) {
                json.writeStartObject();
                document.number("line", fault.line() == 0 ? null : Integer.valueOf(fault.line()));
                document.number("column", fault.column() == 0 ? null : Integer.valueOf(fault.column()));
                json.writeStringProperty("what", fault.what());
                json.writeStringProperty("why", fault.why());
                json.writeStringProperty("next", fault.next());
                json.writeEndObject();
            }
            json.writeEndArray();
            document.end(List.of());
        }
    }

    private static void contents(Document document, Policy policy) {
        JsonGenerator json = document.json();
        json.writeNumberProperty("services", policy.services().size());
        json.writeArrayPropertyStart("ports");
        for (PortRange range : policy.ports().ranges()) {
            json.writeStartObject();
            document.ends(range);
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
