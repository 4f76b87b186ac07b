package dev.berth.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.cli.Schemas;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON document a command wrote and the exit code it ended with. Pointers are those of RFC 6901. */
record Answer(int code, JsonNode document) {
    private static final JsonMapper JSON = new JsonMapper();

    /** Refuses a document that departs from its schema. */
    static Answer of(String command, int code, String out, String err) throws IOException {
        assertThat(out).as(err).isNotEmpty();
        assertThat(Schemas.errors(command, out)).as(out).isEmpty();
        return new Answer(code, JSON.readTree(out));
    }

    JsonNode at(String pointer) {
        return document.at(pointer);
    }

    String text(String pointer) {
        return at(pointer).asString();
    }

    /** One value of every element of an array. */
    List<String> texts(String array, String pointer) {
        return elements(array).map(element -> element.at(pointer).asString()).toList();
    }

    /** The findings of that kind. */
    List<JsonNode> findings(String id) {
        return elements("/findings")
                .filter(finding -> finding.at("/id").asString().equals(id))
                .toList();
    }

    /** The destination at that address and port. */
    JsonNode destination(String address, int port) {
        return elements("/destinations")
                .filter(one -> one.at("/destination/address").asString().equals(address)
                        && one.at("/destination/port").asInt() == port)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no destination " + address + ":" + port + " in " + document));
    }

    private Stream<JsonNode> elements(String array) {
        return at(array).valueStream();
    }
}
