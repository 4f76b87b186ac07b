package dev.berth.diagnosis.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.net.PortSet;
import dev.berth.platform.FakeHostNetwork;
import dev.berth.platform.HostFacts;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class NumbersTest {
    private static final WhatIf NOTHING = new WhatIf(null, null, null, null, null, null, null, null);

    private static HostFacts facts(String system) {
        return new HostFacts(system, "1", "host", Instant.EPOCH, true, true);
    }

    private static Numbers linux(FakeHostNetwork host, String owned) {
        return Numbers.of(host.settings(), facts("linux"), PortSet.parse(owned));
    }

    private static FakeHostNetwork reusing(String mode, String timestamps) {
        return FakeHostNetwork.with()
                .setting("net.ipv4.tcp_tw_reuse", mode)
                .setting("net.ipv4.tcp_timestamps", timestamps);
    }

    private static Numbers asked(double timeWaitSeconds) {
        return Numbers.assumed().with(new WhatIf(Pool.of(4000), timeWaitSeconds, null, null, null, null, null, null));
    }

    @Test
    void a_linux_host_is_told_as_it_is() {
        Numbers numbers = linux(reusing("2", "1"), "33000,80");
        assertThat(numbers.pool()).isEqualTo(Sourced.host(numbers.pool().value()));
        assertThat(numbers.pool().value().size()).isEqualTo(28_231);
        assertThat(numbers.timeWaitSeconds()).isEqualTo(Sourced.host(60.0));
        assertThat(numbers.holdSeconds()).isEqualTo(Sourced.assumed(0.0));
        assertThat(numbers.takeOverSeconds()).isEqualTo(1.0);
    }

    @Test
    void time_waits_are_short_only_where_every_connection_may_take_one_over() {
        assertThat(linux(reusing("1", "1"), "").timeWaitSeconds().value()).isEqualTo(1);
        assertThat(linux(reusing("1", "0"), "").timeWaitSeconds().value()).isEqualTo(60);
        assertThat(linux(reusing("0", "1"), "").timeWaitSeconds().value()).isEqualTo(60);
        assertThat(linux(FakeHostNetwork.with(), "").timeWaitSeconds().value()).isEqualTo(60);
        assertThat(linux(reusing("1", "1").setting("net.ipv4.tcp_tw_reuse_delay", "250"), "")
                        .timeWaitSeconds()
                        .value())
                .isEqualTo(0.25);
    }

    @Test
    void without_timestamps_no_taking_over_is_offered() {
        assertThat(linux(reusing("0", "0"), "").takeOverSeconds()).isNull();
        assertThat(linux(reusing("0", "0"), "").timeWaitWhy()).contains("without TCP timestamps");
    }

    @Test
    void of_another_system_the_time_wait_is_assumed_and_said_to_be() {
        Numbers windows = Numbers.of(FakeHostNetwork.with().settings(), facts("windows"), PortSet.EMPTY);
        assertThat(windows.timeWaitSeconds()).isEqualTo(Sourced.assumed(240.0));
        assertThat(windows.timeWaitWhy()).contains("30 to 240 s are documented");
        assertThat(windows.load().cliffConnectionsPerSecond()).isNull();
        assertThat(windows.loadToPlanWith()).isNull();
    }

    @Test
    void a_time_wait_longer_than_any_of_linux_is_another_systems() {
        assertThat(asked(240).linux()).isFalse();
        assertThat(asked(61.8).linux()).isTrue();
        assertThat(asked(60).loadToPlanWith())
                .as("what was asked for is taken as it is")
                .isNull();
        assertThat(Numbers.assumed().with(NOTHING).loadToPlanWith()).isNotNull();
    }

    @Test
    void what_is_asked_for_takes_the_place_of_what_was_found() {
        Numbers numbers = linux(reusing("2", "1"), "").with(new WhatIf(Pool.of(10), 30.0, 0.5, 2L, 3L, 1.0, 5.0, null));
        assertThat(List.of(
                        numbers.pool(),
                        numbers.timeWaitSeconds(),
                        numbers.holdSeconds(),
                        numbers.sources(),
                        numbers.destinations(),
                        numbers.retries()))
                .extracting(Sourced::origin)
                .containsOnly(Origin.ASKED);
        assertThat(numbers.load()).isEqualTo(new Load(Pool.of(10), 30, 0.5, 2, 3, 1, true));
        assertThat(numbers.timeWaitWhy()).isNull();
    }

    @Test
    void towards_a_destination_the_hold_follows_from_what_is_open_and_what_closes() {
        Numbers numbers = linux(reusing("0", "1"), "")
                .towards(List.of(traffic("10.0.0.1", 12, 2.0), traffic("10.0.0.2", 6, 1.0)));
        assertThat(numbers.sources()).isEqualTo(Sourced.host(2L));
        assertThat(numbers.holdSeconds()).isEqualTo(Sourced.host(6.0));
    }

    @Test
    void where_none_closes_the_hold_stays_assumed() {
        Numbers numbers = linux(reusing("0", "1"), "").towards(List.of(traffic("10.0.0.1", 12, 0.0)));
        assertThat(numbers.holdSeconds()).isEqualTo(Sourced.assumed(0.0));
    }

    private static Traffic traffic(String source, int open, double closesPerSecond) {
        return new Traffic(
                IpAddress.parse(source),
                Endpoint.parse("10.0.0.9:5432"),
                100,
                open,
                closesPerSecond,
                null,
                60,
                470,
                null,
                null);
    }
}
