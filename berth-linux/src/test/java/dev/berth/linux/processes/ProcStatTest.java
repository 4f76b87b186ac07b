package dev.berth.linux.processes;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.berth.net.Cases;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProcStatTest {
    private static final String AFTER_NAME =
            " S 7 42 42 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 987654 1000 200 18446744073709551615\n";

    @Test
    void a_name_may_hold_anything() {
        String letters = "a) (\n\t:0é";
        Cases.of(random -> random.ints(random.nextInt(16), 0, letters.length())
                        .mapToObj(at -> letters.substring(at, at + 1))
                        .reduce("", String::concat))
                .seed(Cases.fresh())
                .forEach(name -> assertThat(parse("42 (" + name + ")" + AFTER_NAME))
                        .isEqualTo(new ProcStat(42, name, 7, false, 987654)));
    }

    @Test
    void a_kernel_thread_is_known_by_its_flag() {
        assertThat(parse("2 (kthreadd) S 0 0 0 0 -1 2129984 0 0 0 0 0 0 0 0 20 0 1 0 5 0 0 0"))
                .isEqualTo(new ProcStat(2, "kthreadd", 0, true, 5));
    }

    @Test
    void a_text_that_breaks_off_is_refused() {
        assertThat(parse("42 (sh) S 7 42")).isNull();
        assertThat(parse("42 (sh")).isNull();
        assertThat(parse("")).isNull();
    }

    @FuzzTest
    void any_bytes_are_a_stat_or_are_not(byte @Nullable [] bytes) {
        byte[] text = bytes == null ? new byte[0] : bytes;
        assertThat(ProcStat.parse(text)).isEqualTo(ProcStat.parse(text.clone()));
    }

    private static @Nullable ProcStat parse(String text) {
        return ProcStat.parse(text.getBytes(StandardCharsets.UTF_8));
    }
}
