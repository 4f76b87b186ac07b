package dev.berth.remedy.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.berth.net.PortSet;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonObjectTest {
    private static JsonObject parse(String text) throws MalformedJsonException {
        return JsonObject.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void fields_are_taken_by_name_and_null_is_missing() throws MalformedJsonException {
        JsonObject json = parse("{\"a\":\"x\",\"b\":7,\"c\":null,\"d\":[{\"e\":\"y\"}]}");
        assertThat(json.text("a")).isEqualTo("x");
        assertThat(json.integer("b")).isEqualTo(7);
        assertThat(json.textOrNull("c")).isNull();
        assertThat(json.objects("d"))
                .singleElement()
                .extracting(JsonObject::path)
                .isEqualTo("d[0]");
        assertThat(json.names()).containsExactly("a", "b", "d");
    }

    @Test
    void an_error_says_which_field() throws MalformedJsonException {
        JsonObject json = parse("{\"a\":{\"port\":\"x\"},\"n\":3000000000,\"list\":[{},7]}");
        assertThatThrownBy(() -> json.text("b")).hasMessage("b is missing, and should be text");
        assertThatThrownBy(() -> json.text("a")).hasMessage("a is not text");
        assertThatThrownBy(() -> json.integer("n")).hasMessage("n is too large: 3000000000");
        assertThatThrownBy(() -> json.objects("list")).hasMessage("list[1] is not an object");
        assertThatThrownBy(() -> json.object("a").read("port", PortSet::parse)).hasMessageStartingWith("a.port: ");
    }

    @Test
    void what_is_no_single_object_is_refused() {
        for (String text : new String[] {
            "", "[]", "7", "{", "{}{}", "{\"a\":1,\"a\":2}", "{\"a\":99999999999999999999}", "{\"a\":".repeat(17)
        }) {
            assertThatThrownBy(() -> parse(text)).as(text).isInstanceOf(MalformedJsonException.class);
        }
    }

    @FuzzTest
    void any_bytes_are_an_object_or_refused(@NotNull byte[] text) {
        try {
            assertThat(JsonObject.parse(text).names()).isNotNull();
        } catch (MalformedJsonException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }
}
