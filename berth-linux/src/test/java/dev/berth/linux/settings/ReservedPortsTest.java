package dev.berth.linux.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.berth.net.Cases;
import dev.berth.net.PortSet;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReservedPortsTest {
    @Test
    void what_the_kernel_prints_reads_back() {
        Cases.of(random -> {
                    var ports = new BitSet();
                    for (int i = random.nextInt(40); i > 0; i--) {
                        int first = random.nextInt(1, 65_536);
                        ports.set(first, Math.min(first + random.nextInt(1, 300), 65_536));
                    }
                    return PortSet.of(ports);
                })
                .seed(Cases.fresh())
                .forEach(ports ->
                        assertThat(ReservedPorts.parse(ports.toString())).isEqualTo(ports));
    }

    @ParameterizedTest
    @ValueSource(strings = {"80, 81", "80,,81", "9-8", "65536", "-5", "5-", "0x50", "80 81", ",", "٣"})
    void what_the_kernel_refuses_is_no_list(String text) {
        assertThat(ReservedPorts.parse(text)).isNull();
    }

    @Test
    void a_comma_at_the_end_is_forgiven_as_the_kernel_does() {
        assertThat(ReservedPorts.parse("80,81,")).isEqualTo(PortSet.parse("80-81"));
    }

    @FuzzTest
    void any_text_is_a_list_or_is_not(@NotNull String text) {
        PortSet ports = ReservedPorts.parse(text);
        if (ports != null) {
            assertThat(ReservedPorts.parse(ports.toString())).isEqualTo(ports);
        }
    }
}
