package dev.berth.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.platform.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MoreConnectionsTest {
    @ParameterizedTest
    @CsvSource({
        "32768-60999, 10240-65535",
        "1024-5000, 1024-65535",
        "1025-1524, 1025-65534",
        "10241-65535, 10240-65535",
        "10240-65534, 10240-65535",
        "1025-65533, 1025-65534"
    })
    void the_range_that_is_offered_is_wider_and_has_ends_of_different_parity(String now, String offered) {
        Fix wider = MoreConnections.widerRange(Given.settings(now, ""), PortSet.EMPTY);
        PortRange range = PortRange.parse(offered);
        assertThat(wider).extracting(Fix::command).isEqualTo("berth range set " + range);
        assertThat((range.first() + range.last()) % 2).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"10240-65535", "1024-65535", "1025-65534", "1025-65535"})
    void no_range_is_offered_that_is_no_wider(String now) {
        assertThat(MoreConnections.widerRange(Given.settings(now, ""), PortSet.EMPTY))
                .isNull();
    }

    @Test
    void the_server_should_close_first_only_where_time_waits_are_what_takes_the_ports() {
        Settings settings = Given.with(
                Given.settings("32768-60999", ""),
                Map.of("net.ipv4.tcp_tw_reuse", "0", "net.ipv4.tcp_timestamps", "1"),
                Map.of());
        assertThat(MoreConnections.ladder(settings, PortSet.EMPTY, true, true))
                .extracting(Fix::id)
                .containsExactly(
                        "reuse-connections",
                        "let-server-close",
                        "drop-parity-preference",
                        "add-endpoints",
                        "widen-range",
                        "reuse-time-wait");
        assertThat(MoreConnections.ladder(settings, PortSet.EMPTY, false, false))
                .extracting(Fix::id)
                .containsExactly("reuse-connections", "add-endpoints", "widen-range");
    }
}
