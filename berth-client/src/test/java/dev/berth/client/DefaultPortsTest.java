package dev.berth.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.net.RegisteredPorts;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The ports that are chosen from when nobody says which, in a namespace whose settings the tests make. */
class DefaultPortsTest {
    private static final InetSocketAddress REMOTE = Apart.at("127.0.0.1", 7001);

    private final AtomicLong clock = new AtomicLong();

    private LocalPorts create() {
        LocalPortsBuilder builder = LocalPorts.builder();
        builder.clock = clock::get;
        return builder.build();
    }

    /** All ports that attempts name before they say that there is none. */
    private static PortSet all(LocalPorts ports) throws Exception {
        var named = new BitSet();
        var attempts = new ArrayList<ConnectAttempt>();
        try {
            while (true) {
                ConnectAttempt attempt = ports.attempt(REMOTE);
                attempts.add(attempt);
                int port = Objects.requireNonNull(attempt.next()).getPort();
                assertThat(named.get(port)).isFalse();
                named.set(port);
            }
        } catch (PortsExhaustedException e) {
            assertThat(e.inUse()).hasValue(named.cardinality());
        } finally {
            attempts.forEach(ConnectAttempt::close);
        }
        return PortSet.of(named);
    }

    private static PortSet expected(String dynamicRange) {
        return PortSet.of(new PortRange(10_000, 65_535))
                .minus(PortSet.parse(dynamicRange))
                .minus(RegisteredPorts.shipped().ports(Protocol.TCP))
                .minus(PortSet.of(RegisteredPorts.NODE_PORTS));
    }

    @Test
    void outside_the_dynamic_range_and_neither_reserved_nor_registered_nor_listened_on() throws Exception {
        Apart.run(() -> {
            Apart.set("ipv4/ip_local_port_range", "20000 60999");
            Apart.set("ipv4/ip_local_reserved_ports", "0-1023,12000-12099,61005");
            try (var server = new ServerSocket(13_000)) {
                LocalPorts ports = create();
                PortSet expected = expected("20000-60999").minus(PortSet.parse("12000-12099,13000,61005"));
                assertThat(ports)
                        .hasToString(String.format(
                                Locale.ROOT,
                                "local ports chosen from %,d ports outside the dynamic range (20000-60999)",
                                expected.size()));
                assertThat(all(ports)).isEqualTo(expected);
                assertThat(server.isBound()).isTrue();
            }
        });
    }

    @Test
    void what_changes_on_the_host_is_respected_within_a_minute() throws Exception {
        Apart.run(() -> {
            Apart.set("ipv4/ip_local_port_range", "20000 60999");
            LocalPorts ports = create();
            assertThat(all(ports)).isEqualTo(expected("20000-60999"));

            Apart.set("ipv4/ip_local_port_range", "15000 60999");
            Apart.set("ipv4/ip_local_reserved_ports", "12000-12099");
            try (var server = new ServerSocket(13_000)) {
                clock.addAndGet(TimeUnit.SECONDS.toNanos(60) - 1);
                assertThat(all(ports)).isEqualTo(expected("20000-60999")); // not read again yet
                clock.addAndGet(1);
                assertThat(all(ports)).isEqualTo(expected("15000-60999").minus(PortSet.parse("12000-12099,13000")));
                assertThat(server.isBound()).isTrue();
            }
            Apart.set("ipv4/ip_local_port_range", "20000 60999");
            Apart.set("ipv4/ip_local_reserved_ports", "\n"); // no bytes would change nothing
            clock.addAndGet(TimeUnit.SECONDS.toNanos(60));
            assertThat(all(ports)).isEqualTo(expected("20000-60999"));
        });
    }

    @Test
    void a_given_range_passes_over_what_is_reserved_and_listened_on_later() throws Exception {
        Apart.run(() -> {
            LocalPortsBuilder builder =
                    LocalPorts.builder().range(40_000, 40_009).avoid(PortSet.parse("40009"));
            builder.clock = clock::get;
            LocalPorts ports = builder.build();
            LocalPorts own = builder.evenReserved().build();
            assertThat(all(ports)).isEqualTo(PortSet.parse("40000-40008")); // inside the dynamic range, as was asked
            assertThat(all(own)).isEqualTo(PortSet.parse("40000-40008"));
            Apart.set("ipv4/ip_local_reserved_ports", "40000-40004");
            try (var server = new ServerSocket(40_008)) {
                clock.addAndGet(TimeUnit.SECONDS.toNanos(60));
                assertThat(all(ports)).isEqualTo(PortSet.parse("40005-40007"));
                assertThat(all(own)).isEqualTo(PortSet.parse("40000-40007"));
                assertThat(server.isBound()).isTrue();
            }
        });
    }
}
