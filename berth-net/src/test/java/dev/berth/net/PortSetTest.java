package dev.berth.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PortSetTest {
    @Test
    void the_kernels_notation_reads_and_prints() {
        var set = PortSet.parse("8080,1433, 8081-8083");
        assertThat(set).hasToString("1433,8080-8083");
        assertThat(set.size()).isEqualTo(5);
    }

    @Test
    void nothing_reads_as_the_empty_set() {
        assertThat(PortSet.parse(" ")).isEqualTo(PortSet.EMPTY).hasToString("");
    }

    @Test
    void ranges_that_touch_become_one() {
        assertThat(PortSet.parse("10-12,13-20").ranges()).containsExactly(new PortRange(10, 20));
    }

    @Test
    void the_lowest_free_port_skips_taken_runs() {
        var taken = PortSet.parse("8080-8089,8091");
        assertThat(taken.firstGap(new PortRange(8080, 8100))).hasValue(8090);
        assertThat(taken.firstGap(new PortRange(8081, 8085))).isEmpty();
    }

    @Test
    void the_half_that_linux_tries_first_is_counted_by_parity() {
        assertThat(PortSet.parse("32768-60999").sizeWithParityOf(32_768)).isEqualTo(14_116);
        assertThat(PortSet.parse("1-3").sizeWithParityOf(5)).isEqualTo(2);
    }

    @Test
    void bits_that_are_no_ports_are_left_out() {
        var bits = new BitSet();
        bits.set(0);
        bits.set(65_535, 70_000);
        assertThat(PortSet.of(bits)).hasToString("65535");
    }

    @ParameterizedTest
    @ValueSource(strings = {",", "80,", "80;90", "80,x", "0", "70000"})
    void what_is_no_set_of_ports_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> PortSet.parse(text));
    }

    @Test
    void what_is_printed_reads_back_the_same() {
        Cases.of(Given::portSet)
                .forEach(set -> assertThat(PortSet.parse(set.toString())).isEqualTo(set));
    }

    @Test
    void it_agrees_with_a_plain_set_of_numbers() {
        Cases.of(random -> List.of(Given.portSet(random), Given.portSet(random)))
                .forEach(pair -> {
                    var one = numbers(pair.get(0));
                    var other = numbers(pair.get(1));
                    var sum = new HashSet<>(one);
                    sum.addAll(other);
                    var difference = new HashSet<>(one);
                    difference.removeAll(other);
                    var common = new HashSet<>(one);
                    common.retainAll(other);
                    assertThat(numbers(pair.get(0).plus(pair.get(1)))).isEqualTo(sum);
                    assertThat(numbers(pair.get(0).minus(pair.get(1)))).isEqualTo(difference);
                    assertThat(numbers(pair.get(0).intersect(pair.get(1)))).isEqualTo(common);
                    assertThat(pair.get(0).intersects(pair.get(1))).isEqualTo(!common.isEmpty());
                });
    }

    @Test
    void a_long_set_is_told_by_its_beginning_and_its_size() {
        assertThat(PortSet.parse("1,3,5,7,9,20-30").inShort()).isEqualTo("1,3,5,7,9,20-30");
        assertThat(PortSet.parse("1,3,5,7,9,20-30,1000-3000").inShort()).isEqualTo("1,3,5,7,9,20-30,… 2,017 ports");
    }

    private static Set<Integer> numbers(PortSet set) {
        return set.ports().boxed().collect(Collectors.toSet());
    }
}
