package dev.berth.cli.json;

import dev.berth.diagnosis.KnownExclusions;
import dev.berth.diagnosis.KnownExclusions.Known;
import dev.berth.net.PortRange;
import dev.berth.net.Protocol;
import dev.berth.platform.ExcludedRange;
import dev.berth.platform.Gap;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.Settings;
import dev.berth.platform.Settings.Family;
import dev.berth.platform.SourcedRange;
import java.io.OutputStream;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** {@code berth.ranges/1}. */
public final class RangesJson {
    private RangesJson() {}

    public static void write(OutputStream out, Settings settings, List<Gap> gaps) {
        try (var document = new Document(out, "ranges")) {
            scopes(document, settings);
            document.end(gaps);
        }
    }

    /** The policy of each protocol and family, into the object that is open. */
    static void scopes(Document document, Settings settings) {
        JsonGenerator json = document.json();
        for (Protocol protocol : Protocol.values()) {
            json.writeObjectPropertyStart(protocol.label());
            for (Family family : Family.values()) {
                PortPolicy policy = settings.policies().get(new Settings.Scope(protocol, family));
                if (policy != null) {
                    json.writeObjectPropertyStart(family == Family.IPV4 ? "ipv4" : "ipv6");
                    policy(document, policy);
                    json.writeEndObject();
                }
            }
            json.writeEndObject();
        }
    }

    private static void policy(Document document, PortPolicy policy) {
        JsonGenerator json = document.json();
        document.range("dynamic", policy.dynamic());
        json.writeArrayPropertyStart("reserved");
        for (SourcedRange reserved : policy.reservedSources()) {
            json.writeStartObject();
            document.ends(reserved.range());
            json.writeStringProperty("source", reserved.source());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("excluded");
        for (ExcludedRange excluded : policy.excluded()) {
            json.writeStartObject();
            document.ends(excluded.range());
            json.writeBooleanProperty("administered", excluded.administered());
            Known known = KnownExclusions.of(excluded, policy.dynamic());
            document.text("knownOwner", known == null ? null : known.owner());
            json.writeEndObject();
        }
        json.writeEndArray();
        document.number("firstUnprivileged", policy.firstUnprivileged());
        persistent(document, policy.persistent());
    }

    private static void persistent(Document document, PortPolicy.Persistent persistent) {
        JsonGenerator json = document.json();
        json.writeObjectPropertyStart("persistent");
        document.range("dynamic", persistent.dynamic());
        document.text("dynamicSource", persistent.dynamicSource());
        if (persistent.reserved() == null) {
            json.writeNullProperty("reserved");
        } else {
            json.writeArrayPropertyStart("reserved");
            for (PortRange range : persistent.reserved().ranges()) {
                json.writeStartObject();
                document.ends(range);
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        document.text("reservedSource", persistent.reservedSource());
        json.writeEndObject();
    }
}
