package dev.berth.platform.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.IpAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrittenAddressesTest {
    private final WrittenAddresses written =
            new WrittenAddresses(address -> IpAddress.parse(address.isV4() ? "203.0.113.1" : "2001:db8::1"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-d 10.0.0.1/32 -j DNAT --to-destination 10.0.0.2:80 | -d 203.0.113.1/32 -j DNAT --to-destination 203.0.113.1:80",
                "--dst-range 10.0.0.1-10.0.0.9 | --dst-range 203.0.113.1-203.0.113.1",
                "--to-destination [fd00::2]:80 | --to-destination [2001:db8::1]:80",
                "\"fd00::2\", \"fe80::\" | \"2001:db8::1\", \"2001:db8::1\"",
                "::ffff:10.0.0.1 | 203.0.113.1",
                "endpoint-X-default/web/tcp/__10.42.2.218/8080 | endpoint-X-default/web/tcp/__203.0.113.1/8080",
                "nv_2f259bab_10_88_0_0_nm16_dnat | nv_2f259bab_203_0_113_1_nm16_dnat",
                "--mac-source 02:42:ac:11:00:02 | --mac-source 00:00:00:00:00:00",
                "[0:0] v1.8.9 on Nov 21 10:41:25 2026 1.2.3.4.5 1:65535 | [0:0] v1.8.9 on Nov 21 10:41:25 2026 1.2.3.4.5 1:65535",
            })
    void addresses_are_replaced_and_nothing_else(String text, String expected) {
        assertThat(written.replaced(text)).isEqualTo(expected);
    }

    @Test
    void sixteen_bytes_of_digits_are_replaced_at_the_start_of_a_line() {
        assertThat(written.replacedDigits("fd000000000000000000000000000002 04 40 00 82     eth0\n"))
                .isEqualTo("20010db8000000000000000000000001 04 40 00 82     eth0\n");
    }
}
