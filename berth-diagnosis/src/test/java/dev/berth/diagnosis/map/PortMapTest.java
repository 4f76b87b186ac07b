package dev.berth.diagnosis.map;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.diagnosis.Given;
import dev.berth.diagnosis.Reservation;
import dev.berth.diagnosis.Rows;
import dev.berth.diagnosis.Windows;
import dev.berth.net.Cases;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import dev.berth.platform.ExcludedRange;
import dev.berth.platform.HostReadException;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.Settings;
import dev.berth.platform.WindowsSetting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PortMapTest {
    private static final Settings SETTINGS = Given.settings("32768-60999", "8080,40000-40009");

    private static PortMap.Builder tcp(Settings settings) {
        return new PortMap.Builder(Protocol.TCP, PortRange.ALL, settings);
    }

    private static PortMap tcp(String... rows) throws HostReadException {
        return tcp(SETTINGS).read(Rows.of(rows).cursor()).build();
    }

    private static int known(PortMap map, PortKind kind) {
        return map.count(kind).orElseThrow();
    }

    @Test
    void a_port_without_a_socket_shows_the_ground_it_stands_on() throws HostReadException {
        PortMap map = tcp();

        assertThat(map.at(1)).isEqualTo(PortKind.FREE);
        assertThat(map.at(8080)).as("outside the dynamic range").isEqualTo(PortKind.RESERVED);
        assertThat(map.at(32_767)).isEqualTo(PortKind.FREE);
        assertThat(map.at(32_768)).isEqualTo(PortKind.DYNAMIC);
        assertThat(map.at(40_000)).as("inside the dynamic range").isEqualTo(PortKind.RESERVED);
        assertThat(map.at(60_999)).isEqualTo(PortKind.DYNAMIC);
        assertThat(map.at(65_535)).isEqualTo(PortKind.FREE);
        assertThat(map.ranges(PortKind.DYNAMIC))
                .containsExactly(new PortRange(32_768, 39_999), new PortRange(40_010, 60_999));
    }

    @Test
    void every_state_is_one_kind() throws HostReadException {
        for (TcpState state : TcpState.values()) {
            PortKind kind = switch (state) {
                case LISTEN -> PortKind.LISTENING;
                case BOUND -> PortKind.BOUND_ONLY;
                case TIME_WAIT -> PortKind.TIME_WAIT;
                default -> PortKind.IN_USE;
            };
            assertThat(tcp("10.0.0.1:5000 " + state).at(5000)).as(state.name()).isEqualTo(kind);
        }
    }

    @Test
    void of_several_sockets_on_a_port_the_strongest_is_shown_whatever_their_order() throws HostReadException {
        String[] weakestFirst = {
            "10.0.0.1:40000 TIME_WAIT 10.0.0.9:1",
            "10.0.0.1:40000 ESTABLISHED 10.0.0.9:2",
            "10.0.0.2:40000 BOUND",
            "0.0.0.0:40000 LISTEN"
        };
        List<PortKind> kinds = List.of(PortKind.TIME_WAIT, PortKind.IN_USE, PortKind.BOUND_ONLY, PortKind.LISTENING);
        for (int i = 0; i < kinds.size(); i++) {
            String[] some = Arrays.copyOf(weakestFirst, i + 1);
            assertThat(tcp(some).at(40_000)).as("though it is reserved").isEqualTo(kinds.get(i));
            var backwards = Arrays.asList(some).reversed().toArray(String[]::new);
            assertThat(tcp(backwards).at(40_000)).isEqualTo(kinds.get(i));
        }
    }

    @Test
    void a_reservation_is_stronger_than_an_exclusion_and_that_than_the_dynamic_range() throws HostReadException {
        var policy = new PortPolicy(
                new PortRange(49_152, 65_535),
                PortSet.parse("50000"),
                List.of(),
                List.of(new ExcludedRange(new PortRange(50_000, 50_099), false)),
                null,
                PortPolicy.Persistent.NOTHING);
        PortMap map = tcp(Given.settings(policy))
                .read(Rows.of("0.0.0.0:50099 LISTEN").cursor())
                .build();

        assertThat(map.at(50_000)).isEqualTo(PortKind.RESERVED);
        assertThat(map.ranges(PortKind.EXCLUDED)).containsExactly(new PortRange(50_001, 50_098));
        assertThat(known(map, PortKind.DYNAMIC)).isEqualTo(16_384 - 100);
    }

    @Test
    void many_sockets_on_a_port_are_one_port() throws HostReadException {
        PortMap map = tcp("10.0.0.1:40123 ESTABLISHED 10.0.0.9:1", "10.0.0.1:40123 ESTABLISHED 10.0.0.9:2");

        assertThat(known(map, PortKind.IN_USE)).isOne();
    }

    @Test
    void the_ports_of_the_other_protocol_and_port_zero_are_not_on_it() throws HostReadException {
        PortMap map = tcp("0.0.0.0:53 BOUND udp", "0.0.0.0:0 ESTABLISHED 10.0.0.9:1");

        assertThat(map.at(53)).isEqualTo(PortKind.FREE);
        assertThat(known(map, PortKind.IN_USE)).isZero();
    }

    @Test
    void a_udp_socket_listens_unless_it_is_connected() throws HostReadException {
        PortMap map = new PortMap.Builder(Protocol.UDP, PortRange.ALL, SETTINGS)
                .read(Rows.of("0.0.0.0:53 BOUND udp", "10.0.0.1:40123 ESTABLISHED 10.0.0.9:53 udp", "0.0.0.0:80 LISTEN")
                        .cursor())
                .build();

        assertThat(map.ranges(PortKind.LISTENING)).containsExactly(PortRange.of(53));
        assertThat(map.ranges(PortKind.IN_USE)).containsExactly(PortRange.of(40_123));
    }

    @Test
    void a_part_of_the_ports_knows_nothing_of_the_others() throws HostReadException {
        PortMap map = new PortMap.Builder(Protocol.TCP, new PortRange(8080, 40_004), SETTINGS)
                .read(Rows.of("0.0.0.0:8079 LISTEN", "0.0.0.0:8081 LISTEN", "0.0.0.0:40005 LISTEN")
                        .cursor())
                .build();

        assertThat(map.ranges(PortKind.LISTENING)).containsExactly(PortRange.of(8081));
        assertThat(map.ranges(PortKind.RESERVED)).containsExactly(PortRange.of(8080), new PortRange(40_000, 40_004));
    }

    @Test
    void what_a_host_does_not_show_is_not_counted_as_none() throws HostReadException {
        var unknown = new PortPolicy(null, PortSet.EMPTY, List.of(), List.of(), null, PortPolicy.Persistent.NOTHING);
        PortMap map = tcp(Given.settings(unknown)).notShowing(TcpState.BOUND).build();

        assertThat(map.count(PortKind.BOUND_ONLY)).isEmpty();
        assertThat(map.count(PortKind.DYNAMIC)).isEmpty();
        assertThat(map.count(PortKind.LISTENING)).isEqualTo(OptionalInt.of(0));
        assertThat(map.count(PortKind.FREE)).as("or in the dynamic range").isEmpty();
        assertThat(map.at(80)).isEqualTo(PortKind.FREE);
    }

    @Test
    void what_is_excluded_on_a_windows_that_did_not_tell_is_not_counted_as_none() {
        String ofIpv6 = WindowsSetting.excludedPorts(Protocol.TCP, Settings.Family.IPV6);
        Settings unread = Given.withLine(Windows.settings("49152-65535", ""), ofIpv6, null);
        PortMap map = tcp(unread).build();

        for (PortKind ground : List.of(PortKind.RESERVED, PortKind.EXCLUDED, PortKind.DYNAMIC, PortKind.FREE)) {
            assertThat(map.count(ground)).as(ground.label()).isEmpty();
        }
        PortMap udp = new PortMap.Builder(Protocol.UDP, PortRange.ALL, unread).build();
        assertThat(known(udp, PortKind.EXCLUDED)).as("its table was read").isZero();
    }

    @Test
    void a_linux_that_did_not_tell_what_is_reserved_has_no_exclusions() {
        PortMap map = tcp(Given.withLine(SETTINGS, Reservation.SETTING, null)).build();

        assertThat(map.count(PortKind.RESERVED)).isEmpty();
        assertThat(known(map, PortKind.EXCLUDED)).isZero();
    }

    /** Rows that are anywhere, in any state. */
    private static String[] anySockets(Random random) {
        var rows = new ArrayList<String>();
        for (int i = random.nextInt(300); i > 0; i--) {
            TcpState state = TcpState.of(random.nextInt(TcpState.COUNT));
            rows.add("10.0.0.1:" + random.nextInt(65_536) + " " + state + " 10.0.0.9:443");
        }
        return rows.toArray(String[]::new);
    }

    @Test
    void each_port_is_counted_once_and_lies_in_one_range_of_its_kind() {
        Cases.of(PortMapTest::anySockets).count(100).forEach(rows -> {
            PortMap map;
            try {
                map = tcp(rows);
            } catch (HostReadException e) {
                throw new AssertionError(e);
            }
            int counted = 0;
            PortSet together = PortSet.EMPTY;
            for (PortKind kind : PortKind.values()) {
                PortSet ports = PortSet.of(map.ranges(kind));
                assertThat(ports.size()).isEqualTo(known(map, kind));
                assertThat(ports.ports()).allMatch(port -> map.at(port) == kind);
                together = together.plus(ports);
                counted += ports.size();
            }
            assertThat(counted).isEqualTo(65_535);
            assertThat(together.size()).isEqualTo(65_535);
        });
    }
}
