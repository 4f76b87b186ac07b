package dev.berth.diagnosis.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.berth.net.Cases;
import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

@SuppressWarnings("ArrayRecordComponent") // cases are never compared
final class LastMinuteTest {
    @Test
    void an_even_minute_is_told_from_all_of_it() {
        Rate rate = rate(repeat(60, 200));
        assertThat(rate.perSecond()).isEqualTo(200);
        assertThat(rate.events()).isEqualTo(12_000);
        assertThat(rate.seconds()).isEqualTo(60);
        assertThat(rate.trend()).isEqualTo(Trend.STEADY);
        assertThat(rate.low()).isCloseTo(196, within(1.0));
        assertThat(rate.high()).isCloseTo(204, within(1.0));
    }

    @Test
    void a_load_that_began_ten_seconds_ago_shows_its_true_rate() {
        Rate rate = rate(then(repeat(10, 200), 70));
        assertThat(rate.perSecond()).isEqualTo(200);
        assertThat(rate.seconds()).isEqualTo(10);
        assertThat(rate.trend())
                .as("before there was no load to compare it with")
                .isEqualTo(Trend.STEADY);
    }

    @Test
    void a_small_step_eleven_seconds_ago_is_no_chance() {
        int[] minute = repeat(60, 20);
        Arrays.fill(minute, 0, 11, 30);
        Rate rate = rate(minute);
        assertThat(rate.perSecond()).isEqualTo(30);
        assertThat(rate.seconds()).isEqualTo(11);
        assertThat(rate.trend()).isEqualTo(Trend.RISING);
    }

    @Test
    void a_load_that_falls_is_falling_and_may_be_as_low_as_it_is_now() {
        int[] minute = new int[60];
        for (int age = 0; age < 34; age++) {
            minute[age] = (int) (41.6 + 2.6 * (age + 0.5));
        }
        Rate rate = rate(minute);
        assertThat(rate.low()).isLessThan(41.6);
        assertThat(rate.perSecond()).isBetween(41.6, 56.0);
        assertThat(rate.trend()).isEqualTo(Trend.FALLING);
    }

    @Test
    void a_rate_doubled_two_seconds_ago_is_no_burst() {
        int[] minute = repeat(60, 100);
        minute[0] = minute[1] = 200;
        minute[2] = 140;
        minute[30] = minute[50] = 175; // two seconds of many come near the new rate by chance
        assertThat(rate(minute).perSecond()).isBetween(175.0, 200.0); // the third second is part old
        assertThat(rate(minute).high()).isGreaterThan(200);
    }

    @Test
    void a_load_that_began_three_seconds_ago_beside_a_small_one() {
        int[] minute = repeat(60, 1);
        minute[0] = 200;
        minute[1] = 205;
        minute[2] = 196;
        minute[3] = 80;
        assertThat(rate(minute).perSecond()).isCloseTo(200, within(1.0));
    }

    @Test
    void a_load_that_ended_three_seconds_ago_is_none_now() {
        int[] minute = repeat(60, 200);
        minute[0] = minute[1] = minute[2] = 0;
        minute[3] = 120;
        Rate rate = rate(minute);
        assertThat(rate.perSecond()).isZero();
        assertThat(rate.trend()).isEqualTo(Trend.FALLING);
        assertThat(rate.isSettled()).isFalse();
    }

    @Test
    void a_load_that_lasted_twenty_seconds_and_has_ended_is_none_now() {
        int[] minute = repeat(23, 200);
        minute[0] = minute[1] = minute[2] = 0;
        minute[3] = 120;
        minute[23] = 40;
        assertThat(rate(minute).perSecond()).isZero();
    }

    @Test
    void bursts_are_averaged_over_the_minute_and_known_badly() {
        int[] minute = new int[60];
        for (int age = 1; age < 60; age += 10) {
            minute[age] = 1000;
        }
        Rate rate = rate(minute);
        assertThat(rate.perSecond()).isCloseTo(100, within(20.0));
        assertThat(rate.high() - rate.low()).isGreaterThan(100);
        assertThat(rate.trend()).isNull();
    }

    @Test
    void a_doubled_rate_is_rising_and_the_newer_one_counts() {
        int[] minute = repeat(60, 100);
        for (int age = 0; age < 12; age++) {
            minute[age] = 200;
        }
        Rate rate = rate(minute);
        assertThat(rate.perSecond()).isCloseTo(200, within(1.0));
        assertThat(rate.seconds()).isEqualTo(12);
        assertThat(rate.trend()).isEqualTo(Trend.RISING);
    }

    @Test
    void closes_of_this_very_second_are_too_little_to_build_on() {
        Rate rate = rate(then(new int[0], 30));
        assertThat(rate.events()).isEqualTo(30);
        assertThat(rate.isSettled()).isFalse();
    }

    @Test
    void nothing_closed_is_no_rate() {
        Rate rate = rate(new int[60]);
        assertThat(rate.perSecond()).isZero();
        assertThat(rate.trend()).isEqualTo(Trend.STEADY);
    }

    @Test
    void where_older_entries_may_be_taken_over_the_newest_count() {
        int[] minute = new int[60];
        for (int age = 0; age < 60; age++) {
            minute[age] = (int) (200 * Math.pow(0.8, age));
        }
        Rate rate = new LastMinute(counts(minute)).rate(1);
        assertThat(rate.perSecond()).isBetween(150.0, 200.0);
        assertThat(rate.trend()).isNull();
        assertThat(new LastMinute(counts(repeat(60, 200))).rate(1).lowerBound()).isTrue();
    }

    @Test
    void where_ports_are_taken_over_within_the_minute_one_second_is_enough() {
        Rate rate = new LastMinute(counts(1000)).rate(1);
        assertThat(rate.isSettled()).isTrue();
        assertThat(rate.perSecond()).isEqualTo(1000);
        assertThat(rate.lowerBound()).isTrue();
        assertThat(new LastMinute(counts(30)).rate(1).isSettled())
                .as("thirty at once are none")
                .isFalse();
    }

    @Test
    void seconds_that_have_lost_entries_are_not_averaged_in() {
        Rate rate = new LastMinute(counts(100, 88, 77, 10)).rate(1);
        assertThat(rate.perSecond()).isEqualTo(100);
        assertThat(rate.seconds()).isEqualTo(1);
        assertThat(new LastMinute(counts(repeat(60, 5))).rate(1).seconds())
                .as("until there are enough to tell")
                .isEqualTo(20);
    }

    @Test
    void what_is_too_few_and_what_too_short_are_told_apart() {
        assertThat(rate(repeat(1, 1000)).hasEnoughEvents()).isTrue();
        assertThat(rate(repeat(1, 1000)).isSettled()).isFalse();
        assertThat(rate(repeat(2, 2)).hasEnoughEvents()).isFalse();
    }

    /** A load that changes within the minute: the rate now lies in what is told, though not as often as that of an even one. */
    @Test
    void the_rate_of_a_changing_load_lies_in_the_interval() {
        covers("steps", LastMinuteTest::someStep, 0.9);
        covers("ramps", LastMinuteTest::someRamp, 0.8);
        covers("falls", LastMinuteTest::someFall, 0.8);
    }

    private static void covers(String kind, Function<Random, SomeLoad> loads, double share) {
        int[] hits = new int[2];
        Cases.of(loads).count(2000).forEach(load -> {
            Rate rate = rate(load.minute);
            hits[rate.low() <= load.perSecond && load.perSecond <= rate.high() ? 0 : 1]++;
        });
        System.out.printf("%s: true rate in the interval: %d of %d%n", kind, hits[0], hits[0] + hits[1]);
        assertThat(hits[0]).as(kind).isGreaterThan((int) (share * (hits[0] + hits[1])));
    }

    /** To half as much again up to five times, or down by as much, five seconds ago or more. */
    private static SomeLoad someStep(Random random) {
        double now = Math.pow(10, 1.5 + 2 * random.nextDouble());
        double factor = 1.5 + 3.5 * random.nextDouble();
        double before = random.nextBoolean() ? now / factor : now * factor;
        double since = 5 + 25 * random.nextDouble();
        return changing(random, now, age -> age < since ? now : before);
    }

    private static SomeLoad someRamp(Random random) {
        double now = Math.pow(10, 1.5 + 2 * random.nextDouble());
        double since = 20 + 60 * random.nextDouble();
        return changing(random, now, age -> Math.max(0, now * (1 - age / since)));
    }

    private static SomeLoad someFall(Random random) {
        double now = Math.pow(10, 1.5 + 2 * random.nextDouble());
        double doubling = 15 + 45 * random.nextDouble();
        double began = 30 + 60 * random.nextDouble();
        return changing(random, now, age -> age < began ? now * (1 + age / doubling) : 0);
    }

    private static SomeLoad changing(Random random, double now, DoubleUnaryOperator rateByAge) {
        int[] minute = new int[60];
        for (int age = 0; age < 60; age++) {
            minute[age] = poisson(random, rateByAge.applyAsDouble(age + 0.5));
        }
        return new SomeLoad(now, minute);
    }

    /** Independent closes at a rate that began some seconds ago: nearly always the true rate lies in what is told. */
    @Test
    void the_true_rate_lies_in_the_interval() {
        int[] hits = new int[2];
        Cases.of(LastMinuteTest::someLoad).count(2000).forEach(load -> {
            Rate rate = rate(load.minute);
            boolean hit = rate.low() <= load.perSecond && load.perSecond <= rate.high();
            hits[hit ? 0 : 1]++;
        });
        System.out.printf("true rate within two standard deviations: %d of %d%n", hits[0], hits[0] + hits[1]);
        assertThat(hits[0]).isGreaterThan(1800);
    }

    private record SomeLoad(double perSecond, int[] minute) {}

    private static SomeLoad someLoad(Random random) {
        double perSecond = Math.pow(10, 0.5 + 3 * random.nextDouble());
        int began = 5 + random.nextInt(55);
        int[] minute = new int[60];
        for (int age = 0; age < began; age++) {
            minute[age] = poisson(random, perSecond);
        }
        minute[Math.min(59, began)] = poisson(random, perSecond * random.nextDouble());
        return new SomeLoad(perSecond, minute);
    }

    private static int poisson(Random random, double mean) {
        return (int) Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
    }

    static int[] repeat(int seconds, int count) {
        int[] minute = new int[60];
        Arrays.fill(minute, 0, seconds, count);
        return minute;
    }

    private static int[] then(int[] whole, int partial) {
        int[] minute = Arrays.copyOf(whole, 60);
        int at = 0;
        while (at < whole.length && whole[at] > 0) {
            at++;
        }
        minute[at] = partial;
        return minute;
    }

    static char[] counts(int... minute) {
        var counts = new char[60];
        for (int age = 0; age < minute.length; age++) {
            counts[age] = (char) minute[age];
        }
        return counts;
    }

    private static Rate rate(int[] minute) {
        return new LastMinute(counts(minute)).rate(LastMinute.SECONDS);
    }
}
