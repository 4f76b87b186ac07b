package dev.berth.linux.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.Endpoint;
import dev.berth.net.PortRange;
import dev.berth.net.TcpState;
import dev.berth.platform.SocketQuery;
import dev.berth.platform.SocketQuery.PortOrigin;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class DiagRequestTest {
    private static final SocketQuery EVERYTHING = SocketQuery.everything();

    private static String bytes(DiagTable table, SocketQuery query, int from) {
        return bytes(table, query, PortRange.ALL, from);
    }

    private static String bytes(DiagTable table, SocketQuery query, PortRange higherPorts, int from) {
        ByteBuffer request = DiagRequest.of(table, query, higherPorts).bytes();
        byte[] sent = new byte[request.getInt(0) - from];
        request.get(from, sent);
        return HexFormat.of().formatHex(sent);
    }

    @Test
    void the_legacy_request_is_76_bytes_for_every_state_of_both_families() {
        assertThat(bytes(DiagTable.TCP, EVERYTHING, 0))
                .isEqualTo("4c000000" + "1200" + "0103" + "01000000" + "00000000" // struct nlmsghdr
                        + "00".repeat(52) + "7e3f0000" + "00000000");
    }

    @Test
    void the_second_request_is_72_bytes_for_one_family() {
        assertThat(bytes(DiagTable.UDP_V6, EVERYTHING, 0))
                .isEqualTo("48000000" + "1400" + "0103" + "01000000" + "00000000" // struct nlmsghdr
                        + "0a110000" + "82000000" + "00".repeat(48));
    }

    @Test
    void one_port_goes_into_the_socket_id_in_network_order() {
        assertThat(bytes(DiagTable.TCP, EVERYTHING.with(PortRange.of(1433)), 20))
                .startsWith("0599" + "0000");
        assertThat(bytes(DiagTable.UDP_V4, EVERYTHING.with(PortRange.of(1433)), 24))
                .startsWith("0599" + "0000");
    }

    @Test
    void only_the_states_asked_for_are_in_the_mask() {
        assertThat(bytes(DiagTable.TCP, EVERYTHING.with(EnumSet.of(TcpState.LISTEN, TcpState.BOUND)), 68))
                .isEqualTo("00240000" + "00000000");
    }

    @Test
    void times_are_an_extension_of_the_answer() {
        assertThat(bytes(DiagTable.TCP, EVERYTHING.withTimes(), 16)).startsWith("00000002"); // 1 << INET_DIAG_INFO - 1
    }

    @Test
    void a_range_becomes_a_program() {
        assertThat(bytes(DiagTable.TCP, EVERYTHING.with(new PortRange(1000, 2000)), 76))
                .isEqualTo("1400" + "0100" + "02081400" + "0000e803" + "03080c00" + "0000d007");
    }

    @Test
    void a_destination_becomes_a_condition_on_address_and_port() {
        assertThat(bytes(DiagTable.TCP, EVERYTHING.with(Endpoint.parse("127.0.0.9:443")), 76))
                .isEqualTo("1400" + "0100" + "08101400" + "02200000" + "bb010000" + "7f000009");
    }

    @Test
    void an_explicit_port_is_one_that_is_not_automatic() {
        assertThat(bytes(DiagTable.TCP, EVERYTHING.with(PortOrigin.EXPLICIT), 76))
                .isEqualTo("0c00" + "0100" + "06040800" + "01040800");
    }

    @Test
    void the_lower_slice_wants_both_ports_low_and_the_upper_one_of_them_high() {
        assertThat(bytes(DiagTable.TCP, EVERYTHING, new PortRange(1, 40_000), 76))
                .isEqualTo("1400" + "0100" + "03081400" + "0000409c" + "05080c00" + "0000409c");
        assertThat(bytes(DiagTable.TCP, EVERYTHING, new PortRange(40_001, 65_535), 76))
                .isEqualTo("1800" + "0100" + "03081400" + "0000409c" + "05080c00" + "0000409c" + "01040800");
    }
}
