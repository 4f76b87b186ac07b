package dev.berth.remedy.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.platform.NetworkNamespace;
import dev.berth.remedy.json.JsonObject;
import dev.berth.remedy.json.MalformedJsonException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

class NamespaceJsonTest {
    private static String written(NetworkNamespace netns) {
        var text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            NamespaceJson.write(json, netns);
            json.writeEndObject();
        }
        return text.toString();
    }

    private static NetworkNamespace read(String text) throws MalformedJsonException {
        return NamespaceJson.read(JsonObject.parse(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void all_of_its_64_bits_read_back_the_same() throws MalformedJsonException {
        String text = written(new NetworkNamespace(7, "blue").withCookie(-1L));
        assertThat(text).isEqualTo("{\"inode\":7,\"cookie\":\"18446744073709551615\",\"name\":\"blue\"}");
        NetworkNamespace netns = read(text);
        assertThat(netns.inode()).isEqualTo(7);
        assertThat(netns.cookie()).isEqualTo(-1L);
        assertThat(netns.name()).isEqualTo("blue");
    }

    @Test
    void what_is_not_known_stays_so_and_what_is_no_cookie_is_refused() throws MalformedJsonException {
        assertThat(read("{\"inode\":7}").cookie()).isNull();
        assertThat(read(written(new NetworkNamespace(7, null))).name()).isNull();
        assertThatThrownBy(() -> read("{\"inode\":7,\"cookie\":\"blue\"}"))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageContaining("cookie");
    }
}
