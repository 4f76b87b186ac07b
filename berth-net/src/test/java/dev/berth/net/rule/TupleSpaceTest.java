package dev.berth.net.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.Cases;
import dev.berth.net.Given;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TupleSpaceTest {
    private static final PortRange RANGE = new PortRange(40_000, 40_009);

    @Test
    void an_empty_space_is_the_range_without_what_is_reserved() {
        TupleSpace space = TupleSpace.over(RANGE, PortSet.parse("40003,50000")).build();

        assertThat(space.capacity()).isEqualTo(9);
        assertThat(space.inUse()).isZero();
        assertThat(space.left()).isEqualTo(9);
        assertThat(space.usable()).isEqualTo(PortSet.parse("40000-40002,40004-40009"));
    }

    @Test
    void a_port_with_an_owner_is_neither_capacity_nor_in_use() {
        TupleSpace space = TupleSpace.over(RANGE, PortSet.EMPTY)
                .closed(40_000)
                .taken(40_000, false)
                .taken(40_001, false)
                .build();

        assertThat(space.capacity()).isEqualTo(9);
        assertThat(space.inUse()).isEqualTo(1);
        assertThat(space.left()).isEqualTo(8);
    }

    @Test
    void ports_outside_the_range_do_not_count() {
        TupleSpace space = TupleSpace.over(RANGE, PortSet.EMPTY)
                .closed(80)
                .taken(65_535, false)
                .build();

        assertThat(space.left()).isEqualTo(10);
    }

    @Test
    void a_recyclable_time_wait_is_in_use_and_can_be_had() {
        TupleSpace space =
                TupleSpace.over(RANGE, PortSet.EMPTY).taken(40_004, true).build();

        assertThat(space.inUse()).isEqualTo(1);
        assertThat(space.recyclable()).isEqualTo(1);
        assertThat(space.left()).isEqualTo(10);
    }

    @Test
    void the_preferred_half_has_the_parity_of_the_low_end() {
        var builder = TupleSpace.over(RANGE, PortSet.EMPTY);
        for (int port = 40_000; port <= 40_006; port += 2) {
            builder.taken(port, false);
        }

        assertThat(builder.build().preferredHalfUsedPercent()).isEqualTo(80.0);
        assertThat(builder.taken(40_008, true).build().preferredHalfUsedPercent())
                .as("a connect still finds the one that may be recycled")
                .isEqualTo(80.0);
        assertThat(builder.closed(40_008).build().preferredHalfUsedPercent()).isEqualTo(100.0);
    }

    @Test
    void what_is_perhaps_closed_makes_two_bounds() {
        TupleSpace space = TupleSpace.over(RANGE, PortSet.EMPTY)
                .perhapsClosed(40_001)
                .perhapsClosed(40_002)
                .closed(40_002)
                .build();

        assertThat(space.left()).isEqualTo(9);
        assertThat(space.usableForSure().size()).isEqualTo(8);
    }

    @Test
    void what_is_usable_is_counted_as_left() {
        Cases.of(TupleSpaceTest::space).forEach(space -> {
            assertThat(space.usable().size()).isEqualTo(space.left());
            assertThat(space.usableForSure().size()).isBetween(0, space.left());
            assertThat(space.preferredHalfUsedPercent()).isBetween(0.0, 100.0);
        });
    }

    private static TupleSpace space(Random random) {
        PortRange range = Given.portRange(random);
        var builder = TupleSpace.over(range, Given.portSet(random));
        for (int sockets = random.nextInt(200); sockets > 0; sockets--) {
            int port = random.nextBoolean() ? Given.port(random) : range.first() + random.nextInt(range.size());
            switch (random.nextInt(4)) {
                case 0 -> builder.closed(port);
                case 1 -> builder.perhapsClosed(port);
                case 2 -> builder.taken(port, true);
                default -> builder.taken(port, false);
            }
        }
        return builder.build();
    }
}
