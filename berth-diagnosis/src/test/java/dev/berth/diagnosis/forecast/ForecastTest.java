package dev.berth.diagnosis.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.berth.diagnosis.forecast.Load.Growth;
import dev.berth.net.Cases;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@SuppressWarnings("ArrayRecordComponent") // cases are never compared
final class ForecastTest {
    private static final int NEVER = 60; // no TIME_WAIT is taken over before its end

    @Test
    void a_load_that_began_ten_seconds_ago_fills_the_rest_at_its_rate() {
        Forecast forecast = forecast(load(0, 200, 10, Growth.NONE, NEVER), 4000);
        Span when = Objects.requireNonNull(forecast.exhaustion());
        assertThat(when.expected()).isCloseTo(10, within(0.01)); // 4,000 ports at 200 a second, and 2,000 are gone
        assertThat(when.low()).isBetween(9.0, 10.0);
        assertThat(when.high()).isBetween(10.0, 11.0);
        assertThat(forecast.steadyState()).isEqualTo(200 * 62);
        assertThat(Objects.requireNonNull(forecast.secondsToCliff())).isZero();
    }

    @Test
    void a_load_in_its_steady_state_under_capacity_never_exhausts() {
        Forecast forecast = forecast(load(10, 100, 60, Growth.NONE, NEVER), 6500);
        assertThat(forecast.exhaustion()).isNull();
        assertThat(forecast.steadyState()).isEqualTo(6210);
    }

    @Test
    void what_a_range_sustains_is_its_ports_by_the_time_each_is_kept() {
        Forecast idle = forecast(load(0, 100, 60, Growth.NONE, NEVER), 28_232);
        assertThat(Objects.requireNonNull(idle.sustainablePerSecond())).isCloseTo(455, within(1.0));
        Forecast held = forecast(load(1000, 100, 60, Growth.NONE, NEVER), 28_232); // each is open for 10 s
        assertThat(Objects.requireNonNull(held.sustainablePerSecond())).isCloseTo(392, within(1.0));
    }

    @Test
    void where_entries_are_taken_over_after_a_second_only_that_second_counts() {
        Forecast forecast = forecast(load(0, 200, 60, Growth.NONE, 1), 4000);
        assertThat(forecast.exhaustion()).isNull();
        assertThat(forecast.steadyState()).isEqualTo(200);
        assertThat(Objects.requireNonNull(forecast.sustainablePerSecond())).isEqualTo(4000);
    }

    @Test
    void connections_that_are_never_closed_fill_the_space_in_the_end() {
        Span when = Objects.requireNonNull(
                forecast(load(1000, 0, 0, new Growth(5, 4, 6), NEVER), 28_232).exhaustion());
        assertThat(when.expected()).isCloseTo(27_232 / 5.0, within(1.0));
        assertThat(when.low()).isCloseTo(27_232 / 6.0, within(20.0)); // no close within a second may be one or two
        assertThat(when.high()).isCloseTo(27_232 / 4.0, within(1.0));
    }

    @Test
    void a_leak_too_slow_for_a_day_is_no_forecast() {
        assertThat(forecast(load(1000, 0, 0, new Growth(0.1, 0.05, 0.15), NEVER), 28_232)
                        .exhaustion())
                .isNull();
    }

    @Test
    void at_the_lowest_rate_that_fits_it_may_never_come() {
        Span when = Objects.requireNonNull(
                forecast(load(0, 100, 30, Growth.NONE, NEVER), 6150).exhaustion());
        assertThat(when.high()).isNull();
    }

    @Test
    void what_comes_only_at_the_highest_rate_that_fits_has_an_earliest_time_and_no_expected_one() {
        Span when = Objects.requireNonNull(
                forecast(load(0, 31, 5, Growth.NONE, NEVER), 2000).exhaustion());
        assertThat(when.expected()).isNull();
        assertThat(when.high()).isNull();
        assertThat(when.low()).isBetween(45.0, 60.0);
    }

    @Test
    void a_second_is_too_little_to_tell_and_not_taken_for_never() {
        Forecast begun = forecast(load(0, 100, 1, Growth.NONE, NEVER), 4000);
        assertThat(begun.settled()).isFalse();
        assertThat(Objects.requireNonNull(begun.exhaustion()).expected()).isNull();
        assertThat(forecast(load(0, 10, 1, Growth.NONE, NEVER), 4000).exhaustion())
                .as("not even at the highest rate that fits")
                .isNull();
    }

    @Test
    void the_time_to_the_cliff_of_a_small_load_is_no_matter_of_rounding() {
        double last = Double.MAX_VALUE;
        for (int preferred = 20; preferred < 40; preferred++) { // of 60 in use, one for each second
            double cliff = Objects.requireNonNull(Forecast.of(load(0, 1, 60, Growth.NONE, NEVER), 200, 40, preferred)
                    .secondsToCliff());
            double leaves = preferred / 60.0;
            double nothingLeaves = 40 - preferred;
            assertThat(cliff)
                    .isLessThan(last)
                    .isCloseTo(Math.max(nothingLeaves, 2 + (nothingLeaves - 2) / (1 - leaves)), within(1.0));
            last = cliff;
        }
    }

    @Test
    void a_higher_rate_or_fewer_ports_never_exhaust_later() {
        Cases.of(ForecastTest::someCase).count(3000).forEach(one -> {
            double now = expected(forecast(one.load(one.rate), one.capacity));
            assertThat(expected(forecast(one.load(one.rate * 1.1), one.capacity)))
                    .isLessThanOrEqualTo(now);
            assertThat(expected(forecast(one.load(one.rate), Math.max(1, one.capacity - 50))))
                    .isLessThanOrEqualTo(now);
        });
    }

    @Test
    void the_earliest_is_no_later_than_the_expected_and_that_no_later_than_the_latest() {
        Cases.of(ForecastTest::someCase).count(3000).forEach(one -> {
            Span when = forecast(one.load(one.rate), one.capacity).exhaustion();
            if (when != null) {
                double expected = when.expected() == null ? Double.MAX_VALUE : when.expected();
                assertThat(when.low()).isBetween(0.0, expected);
                assertThat(when.high() == null ? Double.MAX_VALUE : when.high()).isGreaterThanOrEqualTo(expected);
            }
        });
    }

    /** Every entry by itself, ended one by one: the arithmetic must say when a simulation sees the first failure. */
    @Test
    void the_forecast_is_what_a_simulation_sees() {
        Cases.of(ForecastTest::someCase).count(300).forEach(one -> {
            double told = expected(forecast(one.load(one.rate), one.capacity));
            if (told < 60) { // later the steady state decides, and a single entry more or less
                assertThat(told) // entries are whole, and the arithmetic spreads them evenly
                        .isGreaterThan(one.simulated(one.capacity - 2) - 0.1)
                        .isLessThan(one.simulated(one.capacity + 2) + 0.1);
            }
        });
    }

    private record SomeCase(int living, double rate, char[] minute, int capacity) {
        Load load(double perSecond) {
            int timeWait = sum(minute);
            return new Load(
                    living + timeWait,
                    timeWait,
                    new LastMinute(minute),
                    new Rate(perSecond, perSecond * 0.9, perSecond * 1.1, 1000, 10, null, false),
                    Growth.NONE,
                    NEVER);
        }

        double simulated(int ports) {
            double now = 0;
            double opened = 0;
            while (now < 70) {
                now += 0.01;
                opened += rate * 0.01;
                double inUse = living + opened;
                for (int age = 0; age < 60; age++) {
                    for (int i = 0; i < minute[age]; i++) {
                        double since = age + (i + 0.5) / minute[age];
                        inUse += since + now < 62 ? 1 : 0;
                    }
                }
                if (inUse >= ports) {
                    return now;
                }
            }
            return Double.POSITIVE_INFINITY;
        }
    }

    private static SomeCase someCase(Random random) {
        var minute = new char[60];
        int level = random.nextInt(12);
        for (int age = random.nextInt(30); age < 60; age++) {
            minute[age] = (char) random.nextInt(level + 1);
        }
        int living = random.nextInt(100);
        return new SomeCase(living, 30 * random.nextDouble(), minute, living + sum(minute) + 1 + random.nextInt(800));
    }

    private static int sum(char[] minute) {
        int sum = 0;
        for (char count : minute) {
            sum += count;
        }
        return sum;
    }

    private static double expected(Forecast forecast) {
        @Nullable Span when = forecast.exhaustion();
        return when == null || when.expected() == null ? Double.POSITIVE_INFINITY : when.expected();
    }

    private static Load load(int living, int perSecond, int seconds, Growth growth, double takenOver) {
        var minute = new char[60];
        Arrays.fill(minute, 0, seconds, (char) perSecond);
        int timeWait = perSecond * seconds;
        return new Load(
                living + timeWait,
                timeWait,
                new LastMinute(minute),
                Rate.counted(timeWait, Math.max(1, seconds)),
                growth,
                takenOver);
    }

    private static Forecast forecast(Load load, int capacity) {
        return Forecast.of(load, capacity, capacity / 2, load.inUse());
    }
}
