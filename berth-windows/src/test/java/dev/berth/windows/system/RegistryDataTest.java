package dev.berth.windows.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.berth.windows.system.RegistryValue.Dword;
import dev.berth.windows.system.RegistryValue.Lines;
import dev.berth.windows.system.RegistryValue.Other;
import dev.berth.windows.system.RegistryValue.Text;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Types are those of winnt.h: 1 REG_SZ, 2 REG_EXPAND_SZ, 3 REG_BINARY, 4 REG_DWORD, 7 REG_MULTI_SZ, 11 REG_QWORD. */
class RegistryDataTest {
    @Test
    void a_number_has_no_sign() {
        assertThat(RegistryData.decode(4, new byte[] {(byte) 0xfe, (byte) 0xff, 0, 0}))
                .isEqualTo(new Dword(65_534));
        assertThat(RegistryData.decode(4, new byte[] {-1, -1, -1, -1})).isEqualTo(new Dword(0xffff_ffffL));
    }

    @Test
    void a_number_of_another_length_is_none() {
        assertThat(RegistryData.decode(4, new byte[2])).isEqualTo(new Other(4, 2));
        assertThat(RegistryData.decode(11, new byte[8])).isEqualTo(new Other(11, 8));
    }

    @Test
    void text_ends_at_its_zero_or_at_its_end() {
        assertThat(RegistryData.decode(1, wide("65534\0"))).isEqualTo(new Text("65534"));
        assertThat(RegistryData.decode(2, wide("%a%"))).isEqualTo(new Text("%a%"));
        assertThat(RegistryData.decode(1, wide("a\0b\0"))).isEqualTo(new Text("a"));
        assertThat(RegistryData.decode(1, new byte[] {65, 0, 66})).isEqualTo(new Text("A"));
        assertThat(RegistryData.decode(1, new byte[0])).isEqualTo(new Text(""));
    }

    @Test
    void lines_end_at_the_empty_one() {
        assertThat(RegistryData.decode(7, wide("1433-1433\0" + "5000-5010\0\0")))
                .isEqualTo(new Lines(List.of("1433-1433", "5000-5010")));
        assertThat(RegistryData.decode(7, wide("1433-1433"))).isEqualTo(new Lines(List.of("1433-1433")));
        assertThat(RegistryData.decode(7, new byte[0])).isEqualTo(new Lines(List.of()));
    }

    @FuzzTest
    void any_bytes_are_a_value(int type, byte @NotNull [] data) {
        assertThat(RegistryData.decode(type, data)).isNotNull();
    }

    private static byte[] wide(String text) {
        return text.getBytes(StandardCharsets.UTF_16LE);
    }
}
