package dev.berth.diagnosis.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.Cases;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RemediesTest {
    private static final Load LINUX = new Load(Pool.OF_LINUX, 60, 0.2, 1, 1, 0, true);

    /** The load of the texts: ports 1025 to 5000, four minutes of TIME_WAIT. */
    private static final Load TEXTS = new Load(Pool.of(new PortRange(1025, 5000)), 240, 0, 1, 1, 0, false);

    private record Wish(
            Load load, double callsPerSecond, @Nullable Double takeOverSeconds) {}

    private static Remedies.Offer only(List<Remedies.Offer> offers, String id) {
        assertThat(offers).filteredOn(offer -> offer.remedy().id().equals(id)).hasSize(1);
        return offers.stream()
                .filter(offer -> offer.remedy().id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> ids(List<Remedies.Offer> offers) {
        return offers.stream().map(offer -> offer.remedy().id()).toList();
    }

    @Test
    void on_linux_the_safest_is_first_and_what_does_not_help_is_not_there() {
        assertThat(ids(Remedies.of(LINUX, 1000, 1.0)))
                .containsExactly(
                        "reuse-connections",
                        "server-closes-first",
                        "add-destinations",
                        "add-sources",
                        "widen-range",
                        "widen-range",
                        "reuse-time-wait");
        assertThat(Remedies.of(LINUX, 1000, 1.0))
                .extracting(offer -> offer.remedy().risk())
                .isSorted();
    }

    @Test
    void a_thousand_calls_a_second_take_two_hundred_kept_connections_or_three_addresses() {
        List<Remedies.Offer> offers = Remedies.of(LINUX, 1000, 1.0);
        assertThat(only(offers, "reuse-connections").remedy()).isEqualTo(new Remedy.ReuseConnections(200L));
        assertThat(only(offers, "add-sources").remedy()).isEqualTo(new Remedy.MoreSources(3));
        assertThat(only(offers, "add-destinations").remedy()).isEqualTo(new Remedy.MoreDestinations(3));
        assertThat(offers)
                .filteredOn(offer -> offer.remedy().id().equals("widen-range"))
                .extracting(Remedies.Offer::reaches)
                .containsExactly(false, true); // 918.5 of 10240-65535, 1,071.6 of 1024-65535
    }

    @Test
    void each_of_what_the_texts_advise_is_told_with_its_rate() {
        List<Remedies.Offer> offers = Remedies.of(TEXTS, 100, null);
        assertThat(only(offers, "widen-range").sustainableCallsPerSecond()).isEqualTo(64_511 / 240.0);
        assertThat(only(offers, "shorten-time-wait").sustainableCallsPerSecond())
                .isEqualTo(3976 / 30.0);
        assertThat(ids(offers)).doesNotContain("reuse-time-wait");
    }

    @Test
    void how_many_connections_to_keep_is_not_known_without_the_length_of_a_call() {
        Remedy reuse = only(Remedies.of(TEXTS, 100, null), "reuse-connections").remedy();
        assertThat(reuse).isEqualTo(new Remedy.ReuseConnections(null));
        assertThat(reuse.summary()).endsWith("as many at a time as calls a second times the seconds of a call");
    }

    @Test
    void a_wider_range_keeps_what_is_reserved_and_held() {
        Pool pool = Pool.of(new PortRange(32_768, 60_999), PortSet.parse("11000-11009,40000"));
        var wider = Remedies.of(new Load(pool, 60, 0, 1, 1, 0, true), 1000, null).stream()
                .map(Remedies.Offer::remedy)
                .filter(Remedy.WiderRange.class::isInstance)
                .map(remedy -> ((Remedy.WiderRange) remedy).pool().size())
                .toList();
        assertThat(wider).containsExactly(55_296 - 11, 64_512 - 11);
    }

    @Test
    void a_range_that_is_as_wide_already_is_not_offered_again() {
        Load wide = new Load(Pool.of(new PortRange(10_240, 65_535)), 60, 0, 1, 1, 0, true);
        assertThat(ids(Remedies.of(wide, 5000, null))).containsOnlyOnce("widen-range");
        Load widest = new Load(Pool.of(new PortRange(1024, 65_535)), 60, 0, 1, 1, 0, true);
        assertThat(ids(Remedies.of(widest, 5000, null))).doesNotContain("widen-range");
    }

    @Test
    void time_waits_are_taken_over_only_where_that_is_possible_and_sooner() {
        assertThat(ids(Remedies.of(LINUX, 1000, null))).doesNotContain("reuse-time-wait");
        assertThat(ids(Remedies.of(LINUX.withTimeWait(1), 100_000, 1.0))).doesNotContain("reuse-time-wait");
    }

    @Test
    void where_no_port_is_left_only_ports_help() {
        Load none = LINUX.withPool(Pool.of(new PortRange(40_000, 40_099), PortSet.parse("40000-40099")));
        List<Remedies.Offer> offers = Remedies.of(none, 1, 1.0);
        assertThat(ids(offers)).containsExactly("open-closed-ports", "widen-range", "widen-range");
        assertThat(only(offers, "open-closed-ports").sustainableCallsPerSecond())
                .isEqualTo(100 / 60.2);
        assertThat(only(offers, "open-closed-ports").reaches()).isTrue();
    }

    @Test
    void ports_that_a_reservation_needs_are_not_offered_where_they_would_change_little() {
        Pool pool = Pool.of(new PortRange(32_768, 60_999), PortSet.parse("40000-40099"));
        assertThat(ids(Remedies.of(LINUX.withPool(pool), 1000, null))).doesNotContain("open-closed-ports");
    }

    @Test
    void without_a_time_wait_and_a_known_hold_it_is_up_to_the_calls_whether_the_ports_are_enough() {
        Load unknown = new Load(Pool.OF_LINUX, 62, 0, 1, 1, 0, true);
        for (String id : List.of("reuse-connections", "server-closes-first")) {
            Remedies.Offer offer = only(Remedies.of(unknown, 1_000_000, null), id);
            assertThat(offer.reaches()).isNull();
            assertThat(offer.ifCallsLastLessThan()).isEqualTo(0.028_232);
        }
        assertThat(only(Remedies.of(LINUX, 1_000_000, null), "reuse-connections"))
                .matches(offer -> Boolean.FALSE.equals(offer.reaches()) && offer.ifCallsLastLessThan() == null);
    }

    @Test
    void what_stays_open_stays_in_a_wider_range() {
        Load kept = LINUX.withPool(Pool.OF_LINUX.less(28_000));
        assertThat(Remedies.of(kept, 1000, null))
                .filteredOn(offer -> offer.remedy().id().equals("widen-range"))
                .extracting(offer -> offer.remedy().appliedTo(kept).pool().size())
                .containsExactly(55_296 - 28_000, 64_512 - 28_000);
    }

    @Test
    void calls_that_last_may_need_more_than_any_reuse() {
        Load slow = new Load(Pool.of(100), 60, 10, 1, 1, 0, true);
        assertThat(only(Remedies.of(slow, 11, 1.0), "reuse-connections").reaches())
                .as("110 calls at a time over 100 ports")
                .isFalse();
    }

    @Test
    void what_says_that_it_reaches_the_rate_does() {
        Cases.of(random -> new Wish(
                        LoadTest.any(random), 0.001 + random.nextDouble() * 100_000, random.nextBoolean() ? 1.0 : null))
                .forEach(wish -> {
                    for (Remedies.Offer offer : Remedies.of(wish.load, wish.callsPerSecond, wish.takeOverSeconds)) {
                        Load after = offer.remedy().appliedTo(wish.load);
                        Boolean reaches = offer.reaches();
                        assertThat(reaches == null).isEqualTo(offer.ifCallsLastLessThan() != null);
                        if (reaches != null) {
                            assertThat(after.fits(wish.callsPerSecond)).isEqualTo(reaches);
                            assertThat(offer.sustainableCallsPerSecond())
                                    .isGreaterThanOrEqualTo(reaches ? wish.callsPerSecond * 0.999_999 : 0);
                        }
                        if (offer.remedy() instanceof Remedy.MoreSources
                                || offer.remedy() instanceof Remedy.MoreDestinations) {
                            assertThat(offer.reaches()).isTrue();
                        }
                    }
                });
    }

    @Test
    void no_more_addresses_are_asked_for_than_it_takes() {
        Cases.of(LoadTest::any).forEach(load -> {
            double wish = load.sustainableCallsPerSecond() * 2.5;
            for (Remedies.Offer offer : Remedies.of(load, wish, null)) {
                if (offer.remedy() instanceof Remedy.MoreSources(long total)) {
                    assertThat(load.withSources(total - 1).fits(wish)).isFalse();
                }
                if (offer.remedy() instanceof Remedy.MoreDestinations(long total)) {
                    assertThat(load.withDestinations(total - 1).fits(wish)).isFalse();
                }
            }
        });
    }
}
