package dev.berth.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ss utility, iproute2-6.1.0 | 6.1.0",
                "net-tools 2.10 | 2.10",
                "fuser (PSmisc) 23.6 | 23.6",
                "    revision: 4.95.0 | 4.95.0",
                "6.18.44-amd64+1.2 | 6.18.44",
                "of today | of today"
            })
    void a_version_is_the_number_in_what_a_program_prints(String printed, String number) {
        assertThat(Versions.number(printed)).isEqualTo(number);
    }
}
