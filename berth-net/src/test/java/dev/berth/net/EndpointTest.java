package dev.berth.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EndpointTest {
    @Test
    void what_is_printed_reads_back_the_same() {
        Cases.of(Given::endpoint)
                .forEach(endpoint ->
                        assertThat(Endpoint.parse(endpoint.toString())).isEqualTo(endpoint));
    }

    @Test
    void an_ipv6_address_without_brackets_is_refused_with_the_way_to_write_it() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Endpoint.parse("::1:443"))
                .withMessage("'::1:443': put an IPv6 address in brackets, like [::1]:443");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "443", "host:443", "1.2.3.4:", "1.2.3.4:65536", "[::1]", "[]:1", "[1.2.3.4:1"})
    void what_is_no_endpoint_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Endpoint.parse(text));
    }

    @Test
    void a_connection_from_an_endpoint_to_itself_is_a_self_connect() {
        var end = Endpoint.parse("127.0.0.1:47800");
        assertThat(new FourTuple(end, end).isSelfConnect()).isTrue();
        assertThat(new FourTuple(end, Endpoint.parse("127.0.0.2:47800")).isSelfConnect())
                .isFalse();
    }
}
