package dev.berth.cli.explain.products;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.cli.Berth;
import dev.berth.cli.Schemas;
import dev.berth.cli.command.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a product said, and what {@code berth explain} makes of it. */
record ProductLog(List<String> lines) {
    private static final JsonMapper JSON = new JsonMapper();

    /** Each kind of incident as {@code 2x nginx bind 127.0.0.1:80 EADDRINUSE 98}; what the log does not tell is left out. */
    List<String> tells() throws IOException {
        var in = new ByteArrayInputStream(toString().getBytes(StandardCharsets.UTF_8));
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int code = Berth.run(
                new String[] {"explain", "--json", "--no-host"}, new Surroundings(in, out, err, Map.of(), null));
        String document = out.toString(StandardCharsets.UTF_8);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(Schemas.errors("explain", document)).as(document).isEmpty();
        List<JsonNode> incidents =
                JSON.readTree(document).at("/incidents").valueStream().toList();
        assertThat(code).as("exit code").isEqualTo(incidents.isEmpty() ? 0 : 1);
        return incidents.stream().map(ProductLog::text).toList();
    }

    private static String text(JsonNode incident) {
        var text = new StringBuilder(incident.at("/count").asInt() + "x");
        add(text, " ", incident.at("/product").asString(""));
        add(text, " ", incident.at("/operation").asString());
        add(text, " ", end(incident.at("/local")));
        add(text, " -> ", end(incident.at("/remote")));
        add(text, " ", incident.at("/protocol").asString("").equals("udp") ? "udp" : "");
        add(text, " ", incident.at("/errno/name").asString(""));
        add(text, " ", incident.at("/errno/number").asString(""));
        return text.toString();
    }

    private static void add(StringBuilder text, String before, String what) {
        if (!what.isEmpty()) {
            text.append(before).append(what);
        }
    }

    private static String end(JsonNode end) {
        if (end.isMissingNode()) {
            return "";
        }
        String address = end.at("/address").asString(end.at("/host").asString("*"));
        String where = address.contains(":") ? "[" + address + "]" : address;
        return end.has("port") ? where + ":" + end.at("/port").asInt() : where;
    }

    /** For the report of a test that fails. */
    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
