package dev.berth.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IpAddressTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 10.0.0.1",
        "::ffff:10.0.0.1, 10.0.0.1",
        "::ffff:a00:1, 10.0.0.1",
        "::ffff:0.0.0.0, 0.0.0.0",
        "::, ::",
        "0:0:0:0:0:0:0:1, ::1",
        "2001:DB8:0:0:1:0:0:1, 2001:db8::1:0:0:1", // the first of two equal runs
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1", // one zero group is no run
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1", // the longer run
        "fe80::, fe80::",
        "64:ff9b::192.0.2.33, 64:ff9b::c000:221"
    })
    void addresses_read_in_any_notation_and_print_as_rfc_5952_wants(String text, String printed) {
        assertThat(IpAddress.parse(text)).hasToString(printed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "1.2.3",
                "1.2.3.4.5",
                "256.0.0.1",
                "01.2.3.4",
                "1.2.3.-4",
                ":",
                ":::",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7::8",
                "::12345",
                "::g",
                "::1.2.3",
                "fe80::1%eth0",
                "１.2.3.4"
            })
    void what_is_no_numeric_address_is_refused_and_never_looked_up(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IpAddress.parse(text))
                .withMessageContaining("'" + text + "'");
    }

    @Test
    void what_is_printed_reads_back_the_same() {
        Cases.of(Given::address)
                .count(5_000)
                .forEach(address ->
                        assertThat(IpAddress.parse(address.toString())).isEqualTo(address));
    }

    @Test
    void the_length_of_the_text_is_known_beforehand() {
        Cases.of(Given::address)
                .forEach(address -> assertThat(IpAddress.textLength(address.high(), address.low()))
                        .isEqualTo(address.toString().length()));
    }

    @Test
    void it_agrees_with_the_jdk_about_text_and_kind() {
        Cases.of(Given::address).count(5_000).forEach(address -> {
            InetAddress jdk = jdk(address.toBytes());
            assertThat(jdk(address.toString())).isEqualTo(jdk);
            assertThat(address.isAny()).isEqualTo(jdk.isAnyLocalAddress());
            assertThat(address.isLoopback()).isEqualTo(jdk.isLoopbackAddress());
            assertThat(IpAddress.of(jdk.getAddress())).isEqualTo(address);
        });
    }

    private static InetAddress jdk(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static InetAddress jdk(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
