package dev.berth.cli.json;

import dev.berth.diagnosis.RegistryKnowledge;
import dev.berth.platform.Settings;
import dev.berth.platform.Tunable;
import dev.berth.platform.WindowsSetting;
import dev.berth.remedy.plan.RegistryRules;
import java.io.OutputStream;
import tools.jackson.core.JsonGenerator;

/** {@code berth.registry/1} where nothing is to be changed. */
public final class RegistryJson {
    private RegistryJson() {}

    /** @param release the version of Windows */
    public static void write(OutputStream out, Settings settings, String release) {
        try (var document = new Document(out, "registry")) {
            JsonGenerator json = document.json();
            json.writeStringProperty("outcome", "shown");
            json.writeArrayPropertyStart("values");
            for (String name : RegistryRules.NAMES) {
                RegistryKnowledge known = RegistryKnowledge.of(name, release);
                if (known != null) {
                    value(document, known, settings);
                }
            }
            json.writeEndArray();
            document.end(settings.gaps());
        }
    }

    private static void value(Document document, RegistryKnowledge known, Settings settings) {
        Tunable tunable = settings.tunables().get(WindowsSetting.registry(known.name()));
        Tunable.Assignment its = tunable == null ? null : tunable.persistent();
        JsonGenerator json = document.json();
        json.writeStartObject();
        json.writeStringProperty("name", known.name());
        json.writeStringProperty("place", known.place());
        document.text("value", its == null ? null : its.value());
        json.writeStringProperty("sets", known.sets());
        json.writeStringProperty("usual", known.usual());
        document.text("documentedFor", known.documentedFor());
        json.writeStringProperty("standing", known.standing().label());
        json.writeStringProperty("verdict", known.verdict());
        document.text("objection", its == null ? null : known.objection(its.value()));
        json.writeStringProperty("takesEffect", known.takesEffect());
        document.text("source", known.source());
        json.writeEndObject();
    }
}
