package dev.berth.diagnosis.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.berth.net.Cases;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LoadTest {
    private static Load calls(Pool pool, double timeWaitSeconds) {
        return new Load(pool, timeWaitSeconds, 0, 1, 1, 0, true);
    }

    private static Load calls(int first, int last, double timeWaitSeconds) {
        return calls(Pool.of(new PortRange(first, last)), timeWaitSeconds);
    }

    static Load any(Random random) {
        return new Load(
                Pool.of(1 + random.nextInt(65_535)),
                random.nextInt(300) + 0.5,
                random.nextBoolean() ? 0 : random.nextDouble() * 100,
                1 + random.nextInt(20),
                1 + random.nextInt(20),
                random.nextBoolean() ? 0 : random.nextDouble() * 3,
                random.nextBoolean());
    }

    @Test
    void four_thousand_ports_and_four_minutes_are_sixteen_calls_a_second() {
        Load texts = calls(1025, 5000, 240);
        assertThat(texts.pool().size()).isEqualTo(3976);
        assertThat(texts.sustainableCallsPerSecond()).isEqualTo(16.57, within(0.005));
        assertThat(texts.fits(16)).isTrue();
        assertThat(texts.fits(17)).isFalse();
    }

    @Test
    void what_the_texts_advise_is_more_than_a_hundred_times_as_much() {
        assertThat(calls(1025, 65_534, 240).sustainableCallsPerSecond()).isEqualTo(268.8, within(0.05));
        assertThat(calls(1025, 5000, 30).sustainableCallsPerSecond()).isEqualTo(132.5, within(0.05));
        assertThat(calls(1025, 65_534, 30).sustainableCallsPerSecond()).isEqualTo(2150.3, within(0.05));
        assertThat(calls(5001, 65_534, 240).sustainableCallsPerSecond())
                .as("the ports that the program in the text chooses itself")
                .isEqualTo(252.2, within(0.05));
    }

    @Test
    void a_linux_that_nobody_tuned_carries_470_a_second_and_is_slow_from_half_of_it_on() {
        Load linux = calls(Pool.OF_LINUX, 60);
        assertThat(linux.sustainableConnectionsPerSecond()).isEqualTo(470.53, within(0.005));
        assertThat(linux.cliffConnectionsPerSecond()).isEqualTo(235.27, within(0.005));
        assertThat(linux.pastCliff(235)).isFalse();
        assertThat(linux.pastCliff(236)).isTrue();
        assertThat(calls(Pool.OF_LINUX, 62).sustainableConnectionsPerSecond())
                .as("to plan with")
                .isEqualTo(455.35, within(0.005));
    }

    @Test
    void the_widest_range_carries_1075_a_second() {
        Load widest = calls(1024, 65_535, 60);
        assertThat(widest.pool().size()).isEqualTo(64_512);
        assertThat(widest.sustainableConnectionsPerSecond()).isEqualTo(1075.2, within(0.0001));
    }

    @Test
    void a_wish_takes_whole_ports_and_none_more_for_the_rounding_of_doubles() {
        assertThat(new Load(Pool.of(100), 0, 0.07, 1, 1, 0, true).neededPorts(100))
                .isEqualTo(7);
        assertThat(new Load(Pool.of(100), 0.2, 0.1, 1, 1, 0, true).neededPorts(10))
                .isEqualTo(3);
        assertThat(calls(Pool.of(100), 60).neededPorts(0.001)).isEqualTo(1);
        assertThat(calls(Pool.of(100), 60).neededPorts(1.01)).isEqualTo(61);
    }

    @Test
    void reserved_and_held_ports_are_no_use() {
        Pool pool = Pool.of(new PortRange(40_000, 40_009), PortSet.parse("80,40001,40003-40004"));
        assertThat(pool.size()).isEqualTo(7);
        assertThat(pool.closedInRange()).isEqualTo(3);
        assertThat(pool.triedFirst()).as("40000, 40002, 40006, 40008").isEqualTo(4);
    }

    @Test
    void every_source_and_every_destination_multiplies_and_every_retry_divides() {
        Load one = calls(Pool.of(600), 60);
        assertThat(one.sustainableCallsPerSecond()).isEqualTo(10);
        assertThat(new Load(Pool.of(600), 60, 0, 2, 3, 0, true).sustainableCallsPerSecond())
                .isEqualTo(60);
        Load retried = new Load(Pool.of(600), 60, 0, 1, 1, 1, true);
        assertThat(retried.sustainableConnectionsPerSecond()).isEqualTo(10);
        assertThat(retried.sustainableCallsPerSecond()).isEqualTo(5);
        assertThat(retried.neededPorts(5)).isEqualTo(600);
    }

    @Test
    void where_another_system_chooses_there_is_no_cliff() {
        Load windows = new Load(Pool.of(16_384), 120, 0, 1, 1, 0, false);
        assertThat(windows.cliffConnectionsPerSecond()).isNull();
        assertThat(windows.pastCliff(100)).isFalse();
    }

    @Test
    void no_port_carries_nothing_and_no_time_carries_anything() {
        assertThat(calls(Pool.of(new PortRange(5, 5), PortSet.parse("5")), 60).sustainableCallsPerSecond())
                .isZero();
        assertThat(calls(Pool.of(new PortRange(5, 5), PortSet.parse("5")), 0).fits(0.001))
                .as("not even calls that take no time")
                .isFalse();
        assertThat(calls(Pool.of(1), 0).sustainableCallsPerSecond()).isInfinite();
        assertThat(calls(Pool.of(1), 0).fits(1_000_000)).isTrue();
    }

    @Test
    void what_is_no_load_cannot_be_made() {
        Pool pool = Pool.of(1);
        assertThatThrownBy(() -> calls(pool, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> calls(pool, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Load(pool, 60, 0, 0, 1, 0, true)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_rate_that_uses_up_every_port_needs_every_port_and_fits() {
        Cases.of(LoadTest::any).forEach(load -> {
            double most = load.sustainableCallsPerSecond();
            assertThat(load.neededPorts(most)).isEqualTo(load.pool().size());
            assertThat(load.fits(most)).isTrue();
            assertThat(load.fits(most * 1.0001 + 1)).isFalse();
        });
    }

    @Test
    void more_of_what_carries_never_carries_less() {
        Cases.of(LoadTest::any).forEach(load -> {
            double now = load.sustainableCallsPerSecond();
            Pool more = Pool.of(Math.min(65_535, load.pool().size() + 1));
            assertThat(load.withPool(more).sustainableCallsPerSecond()).isGreaterThanOrEqualTo(now);
            assertThat(load.withSources((long) load.sources() + 1).sustainableCallsPerSecond())
                    .isGreaterThan(now);
            assertThat(load.withDestinations(load.destinations() + 1).sustainableCallsPerSecond())
                    .isGreaterThan(now);
            assertThat(load.withTimeWait(load.timeWaitSeconds() / 2).sustainableCallsPerSecond())
                    .isGreaterThan(now);
        });
    }

    @Test
    void the_cliff_is_never_beyond_the_end() {
        Cases.of(LoadTest::any).forEach(load -> {
            Double cliff = load.cliffConnectionsPerSecond();
            if (cliff != null) {
                assertThat(cliff).isPositive().isLessThanOrEqualTo(load.sustainableConnectionsPerSecond());
            }
        });
    }
}
