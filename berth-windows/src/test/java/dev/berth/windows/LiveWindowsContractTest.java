package dev.berth.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.berth.net.IpAddress;
import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import dev.berth.platform.BindOutcome;
import dev.berth.platform.BindRequest;
import dev.berth.platform.BindRequest.Option;
import dev.berth.platform.Gap;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostNetworkContract;
import dev.berth.platform.NamespaceChoice;
import dev.berth.platform.Owner;
import dev.berth.platform.OwnerQuery;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.SocketQuery;
import dev.berth.platform.SystemError;
import dev.berth.windows.wine.Wine;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** On a Windows JVM; elsewhere {@link UnderWineTest} runs it. */
@EnabledOnOs(OS.WINDOWS)
class LiveWindowsContractTest extends HostNetworkContract {
    private static final IpAddress LOOPBACK = IpAddress.parse("127.0.0.1");

    private final HostNetwork host;

    LiveWindowsContractTest() throws Exception {
        host = new WindowsProvider().open(new NamespaceChoice.Own()).getFirst();
    }

    @Override
    protected HostNetwork host() {
        return host;
    }

    @Override
    protected int many() {
        return Wine.isHere() ? 10 : super.many(); // for each row Wine searches all descriptors of all processes
    }

    @Override
    protected <T> T inside(Callable<T> call) throws Exception {
        return call.call();
    }

    @Test
    @Override
    protected void the_side_that_closes_first_waits_and_says_for_how_long() throws Exception {
        int port = portInTimeWait();
        assertThat(lookAtPort(port)).singleElement().satisfies(row -> {
            assertThat(row.state()).isEqualTo(TcpState.TIME_WAIT);
            assertThat(row.expiresInMillis()).isEqualTo(-1);
        });
        assertThat(host.snapshot(SocketQuery.everything()).gaps())
                .extracting(Gap::what)
                .contains("when TIME_WAIT ends");
    }

    @Test
    @Override
    protected void a_udp_socket_is_bound_until_it_is_connected() throws Exception {
        var waiting = closing(DatagramChannel.open(StandardProtocolFamily.INET)).bind(at("127.0.0.1", 0));
        var talking = closing(DatagramChannel.open(StandardProtocolFamily.INET)).connect(waiting.getLocalAddress());
        for (DatagramChannel channel : List.of(waiting, talking)) {
            assertThat(lookAtPort(port(channel)))
                    .extracting(Seen::protocol, Seen::state, Seen::local)
                    .contains(tuple(Protocol.UDP, TcpState.BOUND, "127.0.0.1:" + port(channel)));
        }
        assertThat(host.snapshot(SocketQuery.all(Protocol.UDP)).gaps())
                .extracting(Gap::what)
                .contains("which UDP sockets are connected, and to where");
    }

    @Test
    @Override
    protected void a_probe_is_refused_where_a_listener_is_and_leaves_nothing_behind() throws Exception {
        var listener =
                closing(ServerSocketChannel.open(StandardProtocolFamily.INET)).bind(at("127.0.0.1", 0));
        int taken = port(listener);
        for (Option option : List.of(Option.NONE, Option.EXCLUSIVE)) {
            assertThat(host.probe(new BindRequest(Protocol.TCP, LOOPBACK, taken, option)))
                    .isInstanceOfSatisfying(
                            BindOutcome.Refused.class,
                            refused -> assertThat(refused.error()).isEqualTo(new SystemError("WSAEADDRINUSE", 10_048)));
            assertThat(host.probe(new BindRequest(Protocol.UDP, LOOPBACK, taken, option)))
                    .isInstanceOf(BindOutcome.Bound.class);
        }
        assertThat(lookAtPort(taken)).hasSize(1);
        listener.close();
        for (Option option : Option.values()) {
            for (IpAddress any : List.of(IpAddress.ANY_V4, IpAddress.ANY_V6)) {
                assertThat(host.probe(new BindRequest(Protocol.TCP, any, taken, option)))
                        .isInstanceOf(BindOutcome.Bound.class);
            }
        }
        assertThat(lookAtPort(taken)).isEmpty();
    }

    @Test
    void a_listener_on_ipv4_stands_in_the_way_of_the_dual_stack_wildcard() throws Exception {
        var listener = listener("0.0.0.0");
        assertThat(host.probe(new BindRequest(Protocol.TCP, IpAddress.ANY_V6, port(listener), Option.EXCLUSIVE)))
                .isInstanceOf(BindOutcome.Refused.class);
    }

    @Test
    void an_address_of_nobody_is_refused_with_windows_own_number() {
        assertThat(host.probe(new BindRequest(Protocol.TCP, IpAddress.parse("192.0.2.1"), 4711, Option.EXCLUSIVE)))
                .isInstanceOfSatisfying(
                        BindOutcome.Refused.class,
                        refused -> assertThat(refused.error()).isEqualTo(new SystemError("WSAEADDRNOTAVAIL", 10_049)));
    }

    @Test
    void to_take_over_the_port_of_an_exclusive_listener_is_an_error_of_its_own() throws Exception {
        var listener =
                closing(ServerSocketChannel.open(StandardProtocolFamily.INET)).bind(at("127.0.0.1", 0));
        assertThat(host.probe(new BindRequest(Protocol.TCP, LOOPBACK, port(listener), Option.REUSE_ADDRESS)))
                .isEqualTo(new BindOutcome.Refused(new SystemError("WSAEACCES", 10_013)));
    }

    @Test
    void a_listener_on_ipv6_is_seen_there() throws Exception {
        var listener = listener("::1");
        assertThat(lookAtPort(port(listener)))
                .extracting(Seen::state, Seen::local, Seen::remote)
                .containsExactly(tuple(TcpState.LISTEN, "[::1]:" + port(listener), "[::]:0"));
    }

    @Test
    @Override
    protected void a_listener_is_tied_to_its_owner() throws Exception {
        Assumptions.assumeFalse(Wine.isHere(), "Wine 8.0 names no owner of any socket");
        var listener = listener("127.0.0.1");
        int self = (int) ProcessHandle.current().pid();
        long inode = lookAtPort(port(listener)).getFirst().inode();
        assertThat(inode).isEqualTo(self);
        assertThat(host.owners(OwnerQuery.everything()).of(inode)).isEqualTo(new Owner.Held(List.of(self)));
    }

    @Test
    void this_process_is_told_with_its_command_its_user_and_when_it_started() {
        ProcessInfo self = host.process((int) ProcessHandle.current().pid()).orElseThrow();
        assertThat(self.name()).isEqualTo("java.exe");
        assertThat(self.command()).contains("java.exe");
        assertThat(self.user()).isNotBlank();
        assertThat(self.startedAt()).isBetween(Instant.now().minus(Duration.ofMinutes(10)), Instant.now());
        assertThat(self.startedAt())
                .isCloseTo(ProcessHandle.current().info().startInstant().orElseThrow(), within(Duration.ofMillis(10)));
    }

    @Test
    void nobody_has_the_id_of_no_process() {
        assertThat(host.process(0x7fff_fffc)).isEmpty();
    }

    @Test
    void the_host_tells_its_version_and_its_addresses() throws Exception {
        assertThat(host.facts().system()).isEqualTo("windows");
        assertThat(host.facts().release()).matches("\\d+\\.\\d+\\.\\d+");
        assertThat(host.facts().hostName()).isNotBlank();
        assertThat(host.addresses()).contains(IpAddress.parse("127.0.0.1"));
    }
}
