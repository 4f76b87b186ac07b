package dev.berth.diagnosis.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.diagnosis.forecast.Turnover;
import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.platform.FakeHostNetwork;
import dev.berth.platform.HostFacts;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.Settings;
import dev.berth.platform.Tunable;
import dev.berth.platform.WindowsSetting;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NumbersTest {
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
        assertThat(numbers.timeWaitSeconds()).isEqualTo(Sourced.host(62.0));
        assertThat(numbers.holdSeconds()).isEqualTo(Sourced.assumed(0.0));
        assertThat(numbers.takeOverSeconds()).isEqualTo(1.0);
    }

    @Test
    void time_waits_are_short_only_where_every_connection_may_take_one_over() {
        assertThat(linux(reusing("1", "1"), "").timeWaitSeconds().value()).isEqualTo(1);
        assertThat(linux(reusing("1", "0"), "").timeWaitSeconds().value()).isEqualTo(62);
        assertThat(linux(reusing("0", "1"), "").timeWaitSeconds().value()).isEqualTo(62);
        assertThat(linux(FakeHostNetwork.with(), "").timeWaitSeconds().value()).isEqualTo(62);
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
        FakeHostNetwork host = FakeHostNetwork.with()
                .policy(new PortPolicy(null, PortSet.EMPTY, List.of(), List.of(), 1024, PortPolicy.Persistent.NOTHING));
        Numbers windows = Numbers.of(host.settings(), facts("windows"), PortSet.EMPTY);
        assertThat(windows.timeWaitSeconds()).isEqualTo(Sourced.assumed(240.0));
        assertThat(windows.timeWaitWhy()).contains("30 to 240 s are documented");
        assertThat(windows.load().cliffConnectionsPerSecond()).isNull();
        assertThat(windows.pool().value().range()).isEqualTo(new PortRange(49_152, 65_535));
    }

    @Test
    void a_delay_that_no_source_shows_to_be_heeded_makes_no_rate_fit() {
        Numbers windows = windows("30");
        assertThat(windows.timeWaitSeconds()).isEqualTo(Sourced.assumed(240.0));
        assertThat(windows.timeWaitWhy()).contains("heeds the registry's TcpTimedWaitDelay of 30 s");
        assertThat(windows.load().fits(500)).isFalse();
        assertThat(windows("300").timeWaitSeconds())
                .as("a longer one might be heeded")
                .isEqualTo(Sourced.assumed(300.0));
        assertThat(windows("9999")).isEqualTo(windows("none"));
    }

    private static Numbers windows(String delay) {
        String name = WindowsSetting.registry("TcpTimedWaitDelay");
        Tunable tunable = new Tunable(name, null, List.of(new Tunable.Assignment("HKLM", 0, delay)));
        Settings made = FakeHostNetwork.with().settings();
        var settings = new Settings(made.policies(), new TreeMap<>(Map.of(name, tunable)), made.counters(), List.of());
        return Numbers.of(settings, facts("windows"), PortSet.EMPTY);
    }

    @Test
    void a_time_wait_longer_than_any_of_linux_is_another_systems() {
        assertThat(asked(240).linux()).isFalse();
        assertThat(asked(61.8).linux()).isTrue();
        assertThat(asked(60).load().timeWaitSeconds())
                .as("what was asked for is taken as it is")
                .isEqualTo(60);
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
    void what_turns_over_within_a_minute_tells_how_long_a_connection_lasts() {
        Numbers numbers = towards(traffic("10.0.0.1", 12, 2.0));
        assertThat(numbers.holdSeconds()).isEqualTo(new Sourced<>(6.0, Origin.INFERRED));
        assertThat(numbers.kept()).isZero();
    }

    @Test
    void where_none_closes_the_open_ones_stay_and_take_their_ports_off_the_pool() {
        Numbers numbers = towards(traffic("10.0.0.1", 28_132, 0.0));
        assertThat(numbers.holdSeconds()).isEqualTo(Sourced.assumed(0.0));
        assertThat(numbers.kept()).isEqualTo(28_132);
        assertThat(numbers.load().pool().size()).isEqualTo(100);
        assertThat(numbers.load().fits(100 / 62.0)).isTrue();
        assertThat(numbers.load().fits(5)).isFalse();
        assertThat(numbers.load().pastCliff(0.1))
                .as("those tried first are the first that are kept")
                .isTrue();
        assertThat(numbers.ifNothingStays()).isNull();
    }

    @Test
    void where_fewer_close_in_a_minute_than_are_open_both_readings_are_told() {
        Numbers numbers = towards(traffic("10.0.0.1", 28_132, 0.5));
        assertThat(numbers.load().sustainableCallsPerSecond()).isEqualTo(100 / 62.0);
        assertThat(Objects.requireNonNull(numbers.ifNothingStays()).sustainableCallsPerSecond())
                .isEqualTo(28_232 / (62 + 56_264.0));
    }

    @Test
    void who_says_how_long_a_call_lasts_says_which_of_the_open_ones_are_calls() {
        var asked = new WhatIf(null, null, 10.0, null, null, null, null, null);
        Numbers numbers = towards(traffic("10.0.0.1", 400, 5.0)).with(asked);
        assertThat(numbers.kept()).isEqualTo(350);
        assertThat(numbers.load().holdSeconds()).isEqualTo(10);
        assertThat(numbers.ifNothingStays()).isNull();
    }

    @Test
    void two_sources_that_share_the_calls_evenly_carry_twice_as_much() {
        Numbers numbers = towards(traffic("10.0.0.1", 0, 2.0), traffic("10.0.0.2", 0, 2.0));
        assertThat(numbers.sources()).isEqualTo(Sourced.host(2L));
        assertThat(numbers.load().sources()).isEqualTo(2);
    }

    @Test
    void a_source_with_a_stray_connection_carries_nothing_for_the_busy_one() {
        Numbers numbers = towards(traffic("10.0.0.2", 1, 0.0), traffic("10.0.0.1", 0, 12.0));
        assertThat(Objects.requireNonNull(numbers.busiest()).address()).isEqualTo(IpAddress.parse("10.0.0.1"));
        assertThat(numbers.load().sustainableCallsPerSecond()).isEqualTo(28_232 / 62.0);
        assertThat(numbers.splitIsAssumed()).isFalse();
    }

    @Test
    void of_sources_that_close_nothing_the_one_with_the_fewest_ports_left_is_taken_to_make_all_calls() {
        Numbers numbers = towards(traffic("10.0.0.2", 1, 0.0), traffic("10.0.0.1", 28_000, 0.0));
        assertThat(Objects.requireNonNull(numbers.busiest()).share()).isNull();
        assertThat(numbers.load().sustainableCallsPerSecond()).isEqualTo(232 / 62.0);
    }

    @Test
    void sources_that_were_asked_for_are_taken_to_share_evenly() {
        var asked = new WhatIf(null, null, null, 3L, null, null, null, null);
        Numbers numbers = towards(traffic("10.0.0.1", 0, 12.0)).with(asked);
        assertThat(numbers.splitIsAssumed()).isTrue();
        assertThat(numbers.load().sources()).isEqualTo(3);
    }

    private static Numbers towards(Traffic... there) {
        return linux(reusing("0", "1"), "").towards(List.of(there));
    }

    private static Traffic traffic(String source, int open, double closesPerSecond) {
        Turnover turnover = Turnover.of(open, closesPerSecond);
        Double hold = turnover.holdSeconds();
        return new Traffic(
                IpAddress.parse(source),
                Endpoint.parse("10.0.0.9:5432"),
                100,
                open,
                turnover.kept(),
                closesPerSecond,
                hold,
                62,
                (28_232 - turnover.kept()) / (62 + (hold == null ? 0 : hold)),
                null,
                null);
    }
}
