package dev.berth.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.diagnosis.KnownExclusions.Kind;
import dev.berth.net.PortRange;
import dev.berth.platform.ExcludedRange;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Ranges as netsh showed them on machines of others; see the sources in the class. */
final class KnownExclusionsTest {
    private static final PortRange DEFAULT = PortRange.parse("49152-65535");

    @Test
    void what_an_administrator_excluded_has_a_known_owner_only_where_hns_does_it() {
        assertThat(KnownExclusions.of(new ExcludedRange(new PortRange(50_000, 50_059), true), DEFAULT))
                .isNotNull();
        assertThat(KnownExclusions.of(new ExcludedRange(PortRange.of(5985), true), DEFAULT))
                .isNull();
        assertThat(KnownExclusions.of(new ExcludedRange(new PortRange(56_638, 56_737), true), DEFAULT))
                .isNull();
    }

    @Test
    void single_ports_of_http_sys_are_known_and_each_says_from_where() {
        for (String port : new String[] {"80", "5357", "5985", "5986", "47001"}) {
            KnownExclusions.Known known = Objects.requireNonNull(KnownExclusions.of(PortRange.parse(port), DEFAULT));
            assertThat(known.kind()).isEqualTo(Kind.HTTP_SYS);
            assertThat(known.source()).isNotBlank();
        }
        assertThat(KnownExclusions.of(PortRange.parse("28385"), DEFAULT)).isNull();
    }

    @Test
    void blocks_of_100_are_winnats_only_where_the_dynamic_range_is() {
        PortRange block = PortRange.parse("1583-1682");
        assertThat(KnownExclusions.of(block, DEFAULT)).isNull();
        assertThat(KnownExclusions.of(block, null)).isNull();
        assertThat(KnownExclusions.of(block, PortRange.parse("1024-15000")))
                .extracting(KnownExclusions.Known::kind)
                .isEqualTo(Kind.WINNAT);
        assertThat(KnownExclusions.of(PortRange.parse("56638-56737"), DEFAULT)).isNotNull();
        assertThat(KnownExclusions.of(PortRange.parse("50000-50059"), DEFAULT)).isNotNull();
    }
}
