package dev.berth.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.berth.net.Cases;
import dev.berth.net.PortSet;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The running kernel is asked the same in {@code LinuxTuningContractTest}. */
class ReservedListTest {
    @Test
    void what_the_kernel_prints_reads_back() {
        Cases.of(random -> {
                    var ports = new BitSet();
                    for (int i = random.nextInt(40); i > 0; i--) {
                        int first = random.nextInt(65_536);
                        ports.set(first, Math.min(first + random.nextInt(1, 300), 65_536));
                    }
                    return new ReservedList(PortSet.of(ports), ports.get(0));
                })
                .seed(Cases.fresh())
                .forEach(list -> assertThat(ReservedList.parse(list.toString())).isEqualTo(list));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80, 81",
                " 80",
                "80,,81",
                ",80",
                ",",
                "9-8",
                "65536",
                "-5",
                "5-",
                "80 81",
                "080",
                "0x",
                "0xg",
                "٣",
                "8٣",
                "80-81-82",
                "000000000000000000120",
                "18446744073709551696"
            })
    void what_the_kernel_refuses_is_no_list(String text) {
        assertThat(ReservedList.parse(text)).isNull();
    }

    @Test
    void a_comma_at_the_end_any_order_and_numbers_as_in_c_are_read_as_the_kernel_does() {
        assertThat(ReservedList.parse("80,81,")).isEqualTo(new ReservedList(PortSet.parse("80-81"), false));
        assertThat(ReservedList.parse("80,0")).isEqualTo(new ReservedList(PortSet.parse("80"), true));
        assertThat(ReservedList.parse("01433")).isEqualTo(new ReservedList(PortSet.parse("795"), false));
        assertThat(ReservedList.parse("0x50-0x51")).isEqualTo(new ReservedList(PortSet.parse("80-81"), false));
        assertThat(ReservedList.parse("")).isEqualTo(ReservedList.EMPTY);
    }

    @Test
    void one_write_takes_a_page_less_its_last_byte_with_the_end_of_line() {
        assertThat(ReservedList.isLongerThanOneWrite("8".repeat(4_094))).isFalse();
        assertThat(ReservedList.isLongerThanOneWrite("8".repeat(4_095))).isTrue();
    }

    @FuzzTest
    void any_text_is_a_list_or_is_not(@NotNull String text) {
        ReservedList list = ReservedList.parse(text);
        if (list != null) {
            assertThat(ReservedList.parse(list.toString())).isEqualTo(list);
        }
    }
}
