package dev.berth.client.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.client.LocalPorts;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The text in a driver's URL. */
class DriverPortsTest {
    @Test
    void the_same_text_is_the_same_instance_for_all_threads() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<LocalPorts> ask = () -> DriverPorts.of("ports=23400-23499");
            var answers = threads.invokeAll(Stream.generate(() -> ask).limit(50).toList());
            for (var answer : answers) {
                assertThat(answer.get()).isSameAs(DriverPorts.of("ports=23400-23499"));
            }
        }
        assertThat(DriverPorts.of("ports=23400-23498")).isNotSameAs(DriverPorts.of("ports=23400-23499"));
    }

    @Test
    void only_the_texts_used_last_are_remembered() {
        LocalPorts used = DriverPorts.of("polite;connectTimeout=100s");
        LocalPorts unused = DriverPorts.of("polite;connectTimeout=200s");
        IntStream.rangeClosed(1, 64).forEach(i -> {
            DriverPorts.of("polite;connectTimeout=" + i + "s");
            DriverPorts.of("polite;connectTimeout=100s");
        });
        assertThat(DriverPorts.of("polite;connectTimeout=100s")).isSameAs(used);
        assertThat(DriverPorts.of("polite;connectTimeout=200s")).isNotSameAs(unused);
    }

    @Test
    void a_name_stands_for_what_the_program_made() {
        LocalPorts made = LocalPorts.builder().range(20000, 20009).build();
        DriverPorts.name("orders", made);
        assertThat(DriverPorts.of("orders")).isSameAs(made);
        assertThatThrownBy(() -> DriverPorts.of("bills"))
                .hasMessageStartingWith("local ports: 'bills': want name=value");
    }

    @Test
    void every_setting_can_be_said() {
        assertThat(DriverPorts.of("ports=20000-20009,20020;avoid=20005;evenReserved;sources=127.0.0.1,::1;order=random;"
                        + "attempts=4;connectTimeout=500ms;timeWait=4min;sharing=exclusive;destinations=10"))
                .hasToString("local ports chosen from 20000-20004,20006-20009,20020");
        assertThat(DriverPorts.of(" range = 20000-20009 ; reuseTimeWait "))
                .hasToString("local ports chosen from 20000-20009");
        assertThat(DriverPorts.of("polite").toString()).startsWith("local ports chosen by the system");
        assertThat(DriverPorts.of("outsideDynamicRange;dynamicRange=49152-65535")
                        .toString())
                .endsWith("outside the dynamic range (49152-65535)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ports=20000;              | '': want name=value, or one of
            ports                     | 'ports': want name=value, or one of
            polite=yes                | 'polite=yes': want ports, range,
            Ports=20000               | 'Ports=20000': want ports, range,
            ports=20000;ports=20001   | 'ports' is there twice
            ports=20000;range=2-3     | want one of range and ports
            ports=20000-x             | 'ports=20000-x':
            ports=20000;sources=db    | 'sources=db':
            timeWait=60               | 'timeWait=60': want a number and its unit: 500ms, 62s, 4min
            attempts=many             | 'attempts=many': want a whole number
            order=up                  | 'order=up': want one of double-hash, random-increments, sequential, random
            ports=80                  | those below 1024
            """, quoteCharacter = '"')
    void what_is_not_understood_is_refused_with_its_reason(String text, String reason) {
        assertThatThrownBy(() -> DriverPorts.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }
}
