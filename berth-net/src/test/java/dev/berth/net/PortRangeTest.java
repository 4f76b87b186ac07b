package dev.berth.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PortRangeTest {
    @Test
    void a_single_port_is_a_range_of_one() {
        assertThat(PortRange.parse("1433")).isEqualTo(new PortRange(1433, 1433));
        assertThat(PortRange.of(1433).size()).isEqualTo(1);
    }

    @Test
    void both_ends_belong_to_the_range() {
        var range = PortRange.parse("32768-60999");
        assertThat(range.size()).isEqualTo(28_232);
        assertThat(range.contains(32_768)).isTrue();
        assertThat(range.contains(60_999)).isTrue();
        assertThat(range.contains(61_000)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0", "65536", "80-", "-80", "", "-", "1-2-3", "90-80", "http", "８０", "+80", " 80", "80-0", "000080"
            })
    void what_is_no_range_of_ports_is_refused_in_words_that_quote_it(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PortRange.parse(text))
                .withMessageContaining("'");
    }

    @Test
    void what_is_printed_reads_back_the_same() {
        Cases.of(Given::portRange)
                .forEach(range -> assertThat(PortRange.parse(range.toString())).isEqualTo(range));
    }
}
