package dev.berth.cli.json;

import dev.berth.cli.look.Chart;
import dev.berth.diagnosis.map.PortKind;
import dev.berth.diagnosis.map.PortMap;
import dev.berth.net.PortRange;
import java.io.OutputStream;
import java.util.List;
import java.util.OptionalInt;
import tools.jackson.core.JsonGenerator;

/** {@code berth.map/1}. */
public final class MapJson {
    private MapJson() {}

    /**
     * @param files where pictures of it were written
     */
    public static void write(OutputStream out, Chart chart, List<String> files) {
        PortMap map = chart.map();
        try (var document = new Document(out, "map")) {
            JsonGenerator json = document.json();
            json.writeStringProperty("hostName", chart.facts().hostName());
            json.writeStringProperty("readAt", chart.facts().readAt().toString());
            document.netns(chart.namespace());
            json.writeStringProperty("protocol", map.protocol().label());
            document.range("range", map.range());
            json.writeObjectPropertyStart("counts");
            for (PortKind kind : PortKind.values()) {
                OptionalInt count = map.count(kind);
                document.number(kind.label(), count.isPresent() ? count.getAsInt() : null);
            }
            json.writeEndObject();
            json.writeObjectPropertyStart("ports");
            for (PortKind kind : PortKind.values()) {
                ports(document, kind, map);
            }
            json.writeEndObject();
            json.writeArrayPropertyStart("files");
            for (String file : files) {
                json.writeString(file);
            }
            json.writeEndArray();
            document.end(chart.gaps());
        }
    }

    private static void ports(Document document, PortKind kind, PortMap map) {
        JsonGenerator json = document.json();
        if (map.count(kind).isEmpty()) {
            json.writeNullProperty(kind.label());
            return;
        }
        json.writeArrayPropertyStart(kind.label());
        for (PortRange range : map.ranges(kind)) {
            json.writeStartObject();
            document.ends(range);
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
