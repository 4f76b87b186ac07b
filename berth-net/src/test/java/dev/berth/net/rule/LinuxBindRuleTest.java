package dev.berth.net.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import dev.berth.net.rule.BindPrediction.Allowed;
import dev.berth.net.rule.BindPrediction.Conflict;
import dev.berth.net.rule.BindPrediction.Depends;
import dev.berth.net.rule.BindPrediction.Refused;
import dev.berth.net.rule.Unknown.What;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the table of pairs does not hold: UDP, devices, users, several sockets. All tried on Linux 6.18. */
final class LinuxBindRuleTest {
    private static final String ME = "0";
    private static final WantedBind SERVER = WantedBind.linuxServer(Protocol.TCP, IpAddress.ANY_V6, ME);

    @Test
    void the_refusal_names_every_socket_in_the_way_with_its_clause() {
        var refused = (Refused) predict(
                SERVER,
                held(TcpState.LISTEN, "0.0.0.0", Sharing.REUSE_ADDRESS, ME),
                held(TcpState.ESTABLISHED, "127.0.0.1", Sharing.REUSE_ADDRESS, ME),
                held(TcpState.TIME_WAIT, "127.0.0.1", Sharing.NONE, null));

        assertThat(refused.conflicts())
                .containsExactly(
                        new Conflict(0, Clause.LINUX_LISTENER, Overlap.WANTED_WILDCARD),
                        new Conflict(2, Clause.LINUX_TIME_WAIT, Overlap.WANTED_WILDCARD));
    }

    @Test
    void reuse_port_is_for_one_user() {
        WantedBind wanted = SERVER.with(Sharing.REUSE_PORT);

        assertThat(predict(wanted, held(TcpState.LISTEN, "::", Sharing.REUSE_PORT, ME)))
                .isEqualTo(new Allowed());
        var refused = (Refused) predict(wanted, held(TcpState.LISTEN, "::", Sharing.REUSE_PORT, "1000"));
        assertThat(refused.clause()).isEqualTo(Clause.LINUX_OTHER_USER);
        assertThat(onOf(predict(wanted, held(TcpState.LISTEN, "::", Sharing.REUSE_PORT, null))))
                .containsExactly(What.USER);
        assertThat(predict(wanted, held(TcpState.TIME_WAIT, "127.0.0.1", Sharing.REUSE_PORT, null)))
                .as("TIME_WAIT has no user any more")
                .isEqualTo(new Allowed());
    }

    @Test
    void a_request_of_a_listener_holds_nothing() {
        assertThat(predict(SERVER, held(TcpState.SYN_RECV, "127.0.0.1", Sharing.UNKNOWN, null)))
                .isEqualTo(new Allowed());
    }

    @Test
    void sockets_on_different_devices_never_meet() {
        Holding onLo =
                new Holding(TcpState.LISTEN, IpAddress.ANY_V4, null, Flag.CLEAR, Sharing.NONE, ME, 1, Origin.OWNED);

        assertThat(predict(onDevice(2), onLo)).isEqualTo(new Allowed());
        assertThat(predict(onDevice(1), onLo)).isInstanceOf(Refused.class);
        assertThat(predict(onDevice(0), onLo)).isInstanceOf(Refused.class);
    }

    private static WantedBind onDevice(int device) {
        return new WantedBind(Protocol.TCP, IpAddress.ANY_V4, false, false, Sharing.NONE, ME, device);
    }

    @Test
    void udp_has_no_listeners_so_reuse_address_always_helps() {
        WantedBind wanted = WantedBind.linuxServer(Protocol.UDP, IpAddress.ANY_V4, ME);
        Holding held = held(TcpState.BOUND, "127.0.0.1", Sharing.REUSE_ADDRESS, ME);

        assertThat(predict(wanted.with(Sharing.REUSE_ADDRESS), held)).isEqualTo(new Allowed());
        var refused = (Refused) predict(wanted, held);
        assertThat(refused.clause()).isEqualTo(Clause.LINUX_DATAGRAM);
    }

    @Test
    void an_ipv6_connection_counts_as_127_0_0_6_for_udp_and_not_for_tcp() {
        Holding connection = held(TcpState.ESTABLISHED, "::1", Sharing.NONE, ME);
        IpAddress odd = IpAddress.parse("127.0.0.6");

        var refused = (Refused) predict(WantedBind.linuxServer(Protocol.UDP, odd, ME), connection);
        assertThat(refused.conflicts().get(0).overlap()).isEqualTo(Overlap.IPV6_CONNECTION);
        assertThat(predict(WantedBind.linuxServer(Protocol.TCP, odd, ME), connection))
                .isEqualTo(new Allowed());
    }

    @Test
    void where_one_socket_shares_its_port_and_another_does_not_the_last_to_come_decides() {
        for (Protocol protocol : Protocol.values()) {
            WantedBind wanted =
                    WantedBind.linuxServer(protocol, IpAddress.ANY_V4, ME).with(Sharing.REUSE_PORT);
            var depends = (Depends) predict(
                    wanted,
                    held(TcpState.BOUND, "0.0.0.0", Sharing.REUSE_ADDRESS, ME),
                    held(TcpState.BOUND, "0.0.0.0", Sharing.REUSE_BOTH, ME));

            assertThat(depends.on()).containsExactly(new Unknown(1, What.ORDER));
            assertThat(depends.otherwise().conflicts())
                    .extracting(Conflict::holding)
                    .containsExactly(0);
        }
    }

    @Test
    void without_reuse_port_the_order_is_no_matter() {
        assertThat(predict(
                        SERVER,
                        held(TcpState.BOUND, "0.0.0.0", Sharing.NONE, ME),
                        held(TcpState.BOUND, "0.0.0.0", Sharing.REUSE_BOTH, ME)))
                .isInstanceOf(Refused.class);
    }

    @Test
    void versions_known_to_answer_otherwise_are_named() {
        assertThat(BindRule.LINUX.deviations("6.18.44-amd64"))
                .extracting(KernelDeviation::versions)
                .containsExactly("before 7.0, but for stable versions with the fix (6.18.44 has it)");
        assertThat(BindRule.LINUX.deviations("7.1.0")).isEmpty();
        assertThat(BindRule.LINUX.deviations("6.1.0-13-amd64")).hasSize(4);
        assertThat(BindRule.LINUX.deviations("5.15.0"))
                .extracting(KernelDeviation::versions)
                .contains("before 6.1", "before 6.18");
        assertThat(BindRule.LINUX.deviations("6.6.1"))
                .extracting(KernelDeviation::versions)
                .contains("6.6 to 6.8");
        assertThat(BindRule.LINUX.deviations("unknown"))
                .extracting(KernelDeviation::versions)
                .containsExactly("unknown");
    }

    @Test
    void who_binds_knows_its_own_options() {
        assertThatIllegalArgumentException().isThrownBy(() -> SERVER.with(Sharing.UNKNOWN));
    }

    private static List<What> onOf(BindPrediction prediction) {
        assertThat(prediction).isInstanceOf(Depends.class);
        return ((Depends) prediction).on().stream().map(Unknown::what).toList();
    }

    private static BindPrediction predict(WantedBind wanted, Holding... held) {
        return BindRule.LINUX.predict(wanted, PortState.of(List.of(held)));
    }

    private static Holding held(TcpState state, String address, Sharing sharing, @Nullable String user) {
        boolean single = state == TcpState.LISTEN || state == TcpState.BOUND;
        return new Holding(
                state,
                IpAddress.parse(address),
                single ? null : Endpoint.parse("127.0.0.9:1009"),
                Flag.CLEAR,
                sharing,
                user,
                0,
                single ? Origin.OWNED : Origin.AUTOMATIC);
    }
}
