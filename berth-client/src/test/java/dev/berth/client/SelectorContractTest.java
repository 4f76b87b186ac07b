package dev.berth.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.client.host.Platform;
import dev.berth.linux.PrivateNamespace;
import dev.berth.net.PortRange;
import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.channels.NetworkChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@link LocalEndpointSelector} promises beside its .NET predecessor, row by row, for sockets and channels. */
class SelectorContractTest {
    private static final InetAddress LOCALHOST = InetAddress.ofLiteral("127.0.0.1");

    private final List<Closeable> open = new ArrayList<>();
    private final List<Integer> retryCounts = Collections.synchronizedList(new ArrayList<>());
    private InetSocketAddress server = InetSocketAddress.createUnresolved("not", 1);

    /** How a connection is made. */
    enum By {
        SOCKET {
            @Override
            Closeable connect(LocalPorts ports, InetSocketAddress remote) throws IOException {
                return ports.connect(remote);
            }

            @Override
            InetSocketAddress local(Closeable connection) {
                return (InetSocketAddress) ((Socket) connection).getLocalSocketAddress();
            }
        },
        CHANNEL {
            @Override
            Closeable connect(LocalPorts ports, InetSocketAddress remote) throws IOException {
                return ports.connectChannel(remote);
            }

            @Override
            InetSocketAddress local(Closeable connection) throws IOException {
                return (InetSocketAddress) ((NetworkChannel) connection).getLocalAddress();
            }
        };

        abstract Closeable connect(LocalPorts ports, InetSocketAddress remote) throws IOException;

        abstract InetSocketAddress local(Closeable connection) throws IOException;
    }

    @BeforeEach
    void startServer() throws IOException {
        server = listen();
    }

    @AfterEach
    void closeAll() throws IOException {
        for (Closeable one : open) {
            one.close();
        }
    }

    private InetSocketAddress listen() throws IOException {
        var listener = keep(new ServerSocket(0, 100, LOCALHOST));
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    private <T extends Closeable> T keep(T one) {
        open.add(one);
        return one;
    }

    /** Nobody has it just now. */
    private static InetSocketAddress free() throws IOException {
        try (var socket = new ServerSocket(0, 1, LOCALHOST)) {
            return (InetSocketAddress) socket.getLocalSocketAddress();
        }
    }

    private InetSocketAddress connect(By by, LocalPorts ports) throws IOException {
        return by.local(keep(by.connect(ports, server)));
    }

    private LocalPorts selecting(LocalEndpointSelector selector) {
        return builder(selector).build();
    }

    private LocalPortsBuilder builder(LocalEndpointSelector selector) {
        return LocalPorts.builder().selector((remote, retryCount) -> {
            retryCounts.add(retryCount);
            return selector.select(remote, retryCount);
        });
    }

    private static LocalEndpointSelector inTurn(@Nullable InetSocketAddress... endpoints) {
        return (remote, retryCount) -> endpoints[retryCount];
    }

    @ParameterizedTest
    @EnumSource
    void null_lets_the_system_choose(By by) throws Exception {
        assertThat(connect(by, selecting(inTurn((InetSocketAddress) null))).getPort())
                .isPositive();
        assertThat(retryCounts).containsExactly(0);
    }

    @ParameterizedTest
    @EnumSource
    void the_connection_comes_from_the_endpoint_it_names(By by) throws Exception {
        InetSocketAddress named = free();
        assertThat(connect(by, selecting(inTurn(named)))).isEqualTo(named);
        assertThat(retryCounts).containsExactly(0);
    }

    @ParameterizedTest
    @EnumSource
    void the_wildcard_address_leaves_only_the_address_to_the_system(By by) throws Exception {
        InetSocketAddress named = free();
        var any = new InetSocketAddress(named.getPort());
        assertThat(connect(by, selecting(inTurn(any)))).isEqualTo(named);
    }

    @ParameterizedTest
    @EnumSource
    void either_wildcard_does_for_a_destination_of_either_family(By by) throws Exception {
        InetAddress localhost6 = InetAddress.ofLiteral("::1");
        assumeTrue(Refusal.isLocal(localhost6), "no IPv6 here");
        var listener6 = keep(new ServerSocket(0, 100, localhost6));
        for (InetSocketAddress remote : List.of(server, (InetSocketAddress) listener6.getLocalSocketAddress())) {
            server = remote;
            for (String any : List.of("0.0.0.0", "::")) {
                var named = new InetSocketAddress(InetAddress.ofLiteral(any), free().getPort());
                assertThat(connect(by, selecting(inTurn(named))))
                        .isEqualTo(new InetSocketAddress(remote.getAddress(), named.getPort()));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void it_is_told_where_the_connection_goes(By by) throws Exception {
        var remotes = new ArrayList<InetSocketAddress>();
        connect(by, selecting((remote, retryCount) -> {
            remotes.add(remote);
            return null;
        }));
        assertThat(remotes).containsExactly(server);
    }

    @ParameterizedTest
    @EnumSource
    void a_port_that_is_taken_makes_it_be_asked_again_and_each_connection_begins_at_0(By by) throws Exception {
        InetSocketAddress taken = listen();
        InetSocketAddress alsoTaken = listen();
        InetSocketAddress free = free();
        LocalPorts ports = selecting(inTurn(taken, alsoTaken, free));
        assertThat(connect(by, ports)).isEqualTo(free);
        assertThat(retryCounts).containsExactly(0, 1, 2);

        InetSocketAddress next = free();
        connect(by, selecting(inTurn(taken, next)));
        assertThat(retryCounts).containsExactly(0, 1, 2, 0, 1);
    }

    @ParameterizedTest
    @EnumSource
    void a_four_tuple_that_is_taken_makes_it_be_asked_again(By by) throws Exception {
        assumeTrue(Platform.here() == Platform.LINUX, "elsewhere the bind fails already");
        InetSocketAddress first = free();
        InetSocketAddress second = free();
        assertThat(connect(by, selecting(inTurn(first)))).isEqualTo(first);
        retryCounts.clear();
        assertThat(connect(by, selecting(inTurn(first, second)))).isEqualTo(second);
        assertThat(retryCounts).containsExactly(0, 1);
    }

    @ParameterizedTest
    @EnumSource
    void one_that_always_names_a_taken_endpoint_is_asked_as_often_as_configured(By by) throws Exception {
        InetSocketAddress taken = listen();
        LocalPorts ports = builder((remote, retryCount) -> taken).attempts(1000).build();
        PortsExhaustedException exhausted =
                catchThrowableOfType(PortsExhaustedException.class, () -> connect(by, ports));
        assertThat(exhausted)
                .hasMessage(
                        "no local port for %s: all 1,000 that the selector named are held by others; how many are in"
                                + " use is not known",
                        server)
                .hasCauseInstanceOf(BindException.class);
        assertThat(exhausted.destination()).isEqualTo(server);
        assertThat(exhausted.tried()).isEqualTo(1000);
        assertThat(exhausted.inUse()).isEmpty();
        assertThat(exhausted.waiting()).isEmpty();
        assertThat(exhausted.notTried()).isEmpty();
        assertThat(exhausted.earliestFree()).isEmpty();
        assertThat(retryCounts).hasSize(1000).startsWith(0, 1, 2).endsWith(999);
    }

    @ParameterizedTest
    @EnumSource
    void it_is_asked_32_times_if_nobody_says_how_often(By by) throws Exception {
        InetSocketAddress taken = listen();
        assertThatThrownBy(() -> connect(by, selecting((remote, retryCount) -> taken)))
                .isInstanceOf(PortsExhaustedException.class);
        assertThat(retryCounts).hasSize(32);
    }

    @Test
    void it_can_be_asked_as_often_as_there_are_ports_and_no_more() {
        LocalPortsBuilder builder = builder((remote, retryCount) -> null);
        assertThat(builder.attempts(65_535).build()).isNotNull();
        assertThatThrownBy(() -> builder.attempts(65_536).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("attempts(65,536): want 1 to 65,535, as many as there are ports");
    }

    @ParameterizedTest
    @EnumSource
    void what_it_throws_reaches_the_caller_as_it_is(By by) {
        var checked = new IOException("no more for you");
        assertThatThrownBy(() -> connect(by, selecting((remote, retryCount) -> {
                    throw checked;
                })))
                .isSameAs(checked);
        var unchecked = new IllegalStateException("not today");
        assertThatThrownBy(() -> connect(by, selecting((remote, retryCount) -> {
                    throw unchecked;
                })))
                .isSameAs(unchecked);
        assertThat(retryCounts).containsExactly(0, 0);
    }

    @ParameterizedTest
    @EnumSource
    void an_endpoint_of_the_other_family_is_refused_at_once(By by) {
        var v6 = new InetSocketAddress(InetAddress.ofLiteral("::1"), 20_000);
        assertThatThrownBy(() -> connect(by, selecting((remote, retryCount) -> v6)))
                .isInstanceOf(NoLocalAddressException.class)
                .hasMessage("the selector named /[0:0:0:0:0:0:0:1]:20000, which is not of the family of %s", server);
        assertThat(retryCounts).containsExactly(0);
    }

    @ParameterizedTest
    @EnumSource
    void an_endpoint_that_is_not_of_this_host_is_refused_at_once(By by) {
        var elsewhere = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 20_000); // RFC 5737
        assertThatThrownBy(() -> connect(by, selecting((remote, retryCount) -> elsewhere)))
                .isInstanceOf(NoLocalAddressException.class)
                .hasMessage("the source address 192.0.2.1 is not one of this host")
                .hasCauseInstanceOf(BindException.class);
        assertThat(retryCounts).containsExactly(0);
    }

    @ParameterizedTest
    @EnumSource
    void an_endpoint_that_is_not_resolved_is_refused_at_once(By by) {
        InetSocketAddress unresolved = InetSocketAddress.createUnresolved("localhost", 20_000);
        assertThatThrownBy(() -> connect(by, selecting((remote, retryCount) -> unresolved)))
                .isInstanceOf(UnknownHostException.class)
                .hasMessage("the selector named a local address that is not resolved: localhost/<unresolved>:20000");
        assertThat(retryCounts).containsExactly(0);
    }

    @ParameterizedTest
    @EnumSource
    void a_refused_connect_is_the_callers_affair(By by) throws Exception {
        InetSocketAddress local = free();
        server = free();
        assertThatThrownBy(() -> connect(by, selecting((remote, retryCount) -> local)))
                .isInstanceOf(ConnectException.class);
        assertThat(retryCounts).containsExactly(0);
    }

    @Test
    void null_is_final_even_when_the_system_has_no_port_left() throws Exception {
        try (var namespace = PrivateNamespace.open()) {
            namespace.set("ipv4/ip_local_port_range", "40000 40001");
            namespace.call(() -> {
                var listener = keep(new ServerSocket(7000, 100, LOCALHOST));
                server = (InetSocketAddress) listener.getLocalSocketAddress();
                LocalPorts ports = selecting((remote, retryCount) -> null);
                for (By by : By.values()) {
                    connect(by, ports);
                }
                for (By by : By.values()) {
                    retryCounts.clear();
                    assertThatThrownBy(() -> connect(by, ports)).isExactlyInstanceOf(BindException.class);
                    assertThat(retryCounts).containsExactly(0);
                }
                return null;
            });
        }
    }

    @Test
    void it_says_in_a_log_which_selector_chooses() {
        LocalEndpointSelector ours = LocalEndpointSelector.sequential(new PortRange(20_000, 29_999));
        assertThat(LocalPorts.builder().selector(ours).build())
                .hasToString("local ports chosen by ports 20000-29999, one after the other");
    }
}
