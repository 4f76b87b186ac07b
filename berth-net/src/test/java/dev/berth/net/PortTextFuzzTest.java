package dev.berth.net;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;

/** One exception type may come out of a parser, and no other. */
final class PortTextFuzzTest {
    @FuzzTest
    void text_is_either_a_port_set_or_refused(@NotNull String text) {
        try {
            PortSet set = PortSet.parse(text);
            assertThat(PortSet.parse(set.toString())).isEqualTo(set);
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageNotContaining("null");
        }
    }

    @FuzzTest
    void text_is_either_an_endpoint_or_refused(@NotNull String text) {
        try {
            Endpoint endpoint = Endpoint.parse(text);
            assertThat(Endpoint.parse(endpoint.toString())).isEqualTo(endpoint);
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageContaining("'");
        }
    }
}
