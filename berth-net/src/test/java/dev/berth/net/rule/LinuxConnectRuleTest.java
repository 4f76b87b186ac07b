package dev.berth.net.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import dev.berth.net.rule.ConnectPrediction.Allowed;
import dev.berth.net.rule.ConnectPrediction.Depends;
import dev.berth.net.rule.ConnectPrediction.Refused;
import dev.berth.net.rule.ConnectPrediction.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Experiments made on Linux 6.18 with a dynamic range of one port, by the numbers they have in its notes. */
final class LinuxConnectRuleTest {
    private static final String ME = "0";
    private static final PortRange ONE_PORT = PortRange.of(50_000);
    private static final String HERE = "127.0.0.1";
    private static final String OTHER_SOURCE = "127.0.0.2";
    private static final Endpoint A = Endpoint.parse("127.0.0.9:1009");
    private static final Endpoint A_OTHER_PORT = Endpoint.parse("127.0.0.9:1010");
    private static final Endpoint B = Endpoint.parse("127.0.0.10:1009");
    private static final ConnectPrediction OK = new Allowed(1);
    private static final Refused USED_UP =
            new Refused(Step.CONNECT, false, BindError.ADDRESS_NOT_AVAILABLE, Clause.LINUX_SPACE_USED_UP, List.of());

    private static final Holding AUTO_TO_A = connection(HERE, A, Sharing.NONE, Origin.AUTOMATIC);

    @Test
    void experiments_1_to_4_a_port_serves_every_four_tuple_once() {
        assertThat(automatic(HERE, A, AUTO_TO_A)).isEqualTo(USED_UP);
        assertThat(automatic(HERE, B, AUTO_TO_A)).isEqualTo(OK);
        assertThat(automatic(HERE, A_OTHER_PORT, AUTO_TO_A)).isEqualTo(OK);
        assertThat(automatic(OTHER_SOURCE, A, AUTO_TO_A)).isEqualTo(OK);
    }

    @Test
    void experiments_5_and_6_a_bind_to_port_0_is_given_the_port_and_closes_it() {
        assertThat(fromAnyPort(OTHER_SOURCE, A, AUTO_TO_A)).isEqualTo(OK);
        assertThat(fromAnyPort(HERE, B, AUTO_TO_A).toString()).contains("LINUX_NO_PORT_TO_BIND");

        Holding owner = connection(OTHER_SOURCE, A, Sharing.NONE, Origin.OWNED);
        assertThat(automatic("127.0.0.3", B, owner)).isEqualTo(USED_UP);
    }

    @Test
    void experiments_7_to_9_a_port_bound_by_number_is_closed_and_its_address_taken() {
        Holding owner = connection(HERE, A, Sharing.NONE, Origin.OWNED);

        assertThat(automatic(HERE, B, owner)).isEqualTo(USED_UP);
        assertThat(automatic(OTHER_SOURCE, B, owner)).isEqualTo(USED_UP);
        for (Sharing sharing : List.of(Sharing.NONE, Sharing.REUSE_ADDRESS)) {
            var refused = (Refused) fromPort(HERE, B, sharing, owner);
            assertThat(refused.step()).isEqualTo(Step.BIND);
            assertThat(refused.error()).isEqualTo(BindError.ADDRESS_IN_USE);
            assertThat(refused.clause()).isEqualTo(Clause.LINUX_SHARING);
        }
        assertThat(fromPort(OTHER_SOURCE, A, Sharing.NONE, owner)).isEqualTo(OK);
    }

    @Test
    void experiments_10_and_11_clients_with_reuse_address_share_a_port_but_no_four_tuple() {
        Holding owner = connection(HERE, A, Sharing.REUSE_ADDRESS, Origin.OWNED);

        assertThat(fromPort(HERE, B, Sharing.REUSE_ADDRESS, owner)).isEqualTo(OK);
        var refused = (Refused) fromPort(HERE, A, Sharing.REUSE_ADDRESS, owner);
        assertThat(refused.step()).isEqualTo(Step.CONNECT);
        assertThat(refused.error()).isEqualTo(BindError.ADDRESS_NOT_AVAILABLE);
        assertThat(refused.clause()).isEqualTo(Clause.LINUX_FOUR_TUPLE);
        assertThat(automatic(HERE, B, owner)).isEqualTo(USED_UP);
    }

    @Test
    void experiments_12_to_15_any_owner_of_any_address_or_family_closes_the_port() {
        Holding listener = holding(TcpState.LISTEN, "127.0.0.77", null, Sharing.NONE, Origin.OWNED);
        Holding v6Listener = holding(TcpState.LISTEN, "::1", null, Sharing.NONE, Origin.OWNED);
        Holding boundOnly = holding(TcpState.BOUND, "127.0.0.77", null, Sharing.NONE, Origin.OWNED);
        Holding accepted = connection("127.0.0.77", B, Sharing.NONE, Origin.OWNED);

        for (Holding owner : List.of(listener, v6Listener, boundOnly, accepted)) {
            assertThat(automatic(HERE, A, owner)).isEqualTo(USED_UP);
            assertThat(automatic(OTHER_SOURCE, B, owner)).isEqualTo(USED_UP);
        }
    }

    @Test
    void experiment_16_a_v4_mapped_connection_is_in_the_same_space() {
        assertThat(automatic("::ffff:127.0.0.1", new Endpoint(IpAddress.parse("::ffff:127.0.0.9"), 1009), AUTO_TO_A))
                .isEqualTo(USED_UP);
    }

    @Test
    void an_owned_port_takes_time_wait_over_at_once_where_timestamps_are_used() {
        Holding timeWait = holding(TcpState.TIME_WAIT, HERE, A, Sharing.REUSE_ADDRESS, Origin.OWNED);

        assertThat(fromPort(Flag.SET, timeWait)).isEqualTo(OK);
        assertThat(((Refused) fromPort(Flag.CLEAR, timeWait)).clause()).isEqualTo(Clause.LINUX_TIME_WAIT_TUPLE);
        assertThat(((Depends) fromPort(Flag.UNKNOWN, timeWait)).on())
                .containsExactly(new Unknown(0, Unknown.What.TIMESTAMPS));
    }

    @Test
    void a_fin_wait2_without_a_process_may_be_taken_over_and_one_with_a_process_not() {
        assertThat(((Depends) fromPort(Flag.SET, finWait2(null))).on())
                .containsExactly(new Unknown(0, Unknown.What.ORPHAN));
        assertThat(fromPort(Flag.SET, finWait2(ME))).isInstanceOf(Refused.class);
    }

    private static Holding finWait2(@Nullable String user) {
        return new Holding(
                TcpState.FIN_WAIT2, IpAddress.parse(HERE), A, Flag.CLEAR, Sharing.REUSE_ADDRESS, user, 0, Origin.OWNED);
    }

    @Test
    void the_only_port_left_may_be_the_end_of_an_odd_range_that_a_search_passes_over() {
        var odd = TupleSpace.over(new PortRange(50_000, 50_004), PortSet.EMPTY);
        for (int port = 50_000; port < 50_004; port++) {
            odd.taken(port, false);
        }

        var depends = (Depends) ConnectRule.LINUX.automatic(odd.build());
        assertThat(depends.otherwise().clause()).isEqualTo(Clause.LINUX_ODD_RANGE);
    }

    @Test
    void where_nobody_knows_who_owns_the_ports_both_outcomes_are_named() {
        TupleSpace space =
                TupleSpace.over(ONE_PORT, PortSet.EMPTY).perhapsClosed(50_000).build();

        assertThat(ConnectRule.LINUX.automatic(space)).isEqualTo(new Depends(List.of(), USED_UP));
    }

    @Test
    void time_wait_is_recycled_by_the_settings() {
        IpAddress loopback = IpAddress.parse(HERE);
        IpAddress far = IpAddress.parse("10.0.0.9");

        var ofNewNamespaces = new TimeWaitReuse(2, true, 1_000);
        assertThat(ofNewNamespaces.allows(loopback, loopback, 58_900)).isTrue();
        assertThat(ofNewNamespaces.allows(loopback, loopback, 59_500)).isFalse();
        assertThat(ofNewNamespaces.allows(far, far, 10_000)).isFalse();
        assertThat(new TimeWaitReuse(1, true, 1_000).allows(far, far, 10_000)).isTrue();
        assertThat(new TimeWaitReuse(1, false, 1_000).allows(far, far, 10_000)).isFalse();
        assertThat(new TimeWaitReuse(0, true, 1_000).allows(loopback, loopback, 10_000))
                .isFalse();
        assertThat(new TimeWaitReuse(1, true, 1_000).allows(far, far, -1))
                .as("age unknown")
                .isFalse();
    }

    private static ConnectPrediction automatic(String source, Endpoint destination, Holding... there) {
        var space = TupleSpace.over(ONE_PORT, PortSet.EMPTY);
        for (Holding held : there) {
            boolean same = held.local().equals(IpAddress.parse(source)) && destination.equals(held.remote());
            space.socket(50_000, held.state(), held.origin(), same, false);
        }
        return ConnectRule.LINUX.automatic(space.build());
    }

    private static ConnectPrediction fromPort(Flag timestamps, Holding held) {
        return ConnectRule.LINUX.fromPort(
                wanted(HERE, A, Sharing.REUSE_ADDRESS), PortState.of(List.of(held)), timestamps);
    }

    private static ConnectPrediction fromPort(String source, Endpoint to, Sharing sharing, Holding held) {
        return ConnectRule.LINUX.fromPort(wanted(source, to, sharing), PortState.of(List.of(held)), Flag.SET);
    }

    private static ConnectPrediction fromAnyPort(String source, Endpoint to, Holding held) {
        return ConnectRule.LINUX.fromAnyPort(
                wanted(source, to, Sharing.NONE), ONE_PORT, PortSet.EMPTY, port -> PortState.of(List.of(held)));
    }

    private static WantedConnect wanted(String source, Endpoint to, Sharing sharing) {
        IpAddress address = IpAddress.parse(source);
        return new WantedConnect(
                WantedBind.linuxServer(Protocol.TCP, address, ME).with(sharing), address, to);
    }

    private static Holding connection(String local, Endpoint remote, Sharing sharing, Origin origin) {
        return holding(TcpState.ESTABLISHED, local, remote, sharing, origin);
    }

    private static Holding holding(
            TcpState state, String local, @Nullable Endpoint remote, Sharing sharing, Origin origin) {
        return new Holding(state, IpAddress.parse(local), remote, Flag.CLEAR, sharing, ME, 0, origin);
    }
}
