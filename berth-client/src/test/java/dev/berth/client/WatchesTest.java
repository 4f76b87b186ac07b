package dev.berth.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.client.Simulated.Line;
import java.lang.ref.WeakReference;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that nobody releases. */
class WatchesTest {
    private final AtomicInteger closed = new AtomicInteger();
    private final LocalPortMetrics counter = new LocalPortMetrics() {
        @Override
        public void closed(InetSocketAddress destination, boolean waits) {
            closed.incrementAndGet();
        }
    };

    private static List<Line> connectLines(LocalPorts ports, int count) throws Exception {
        var lines = new ArrayList<Line>();
        for (int i = 0; i < count; i++) {
            var line = new Line();
            Simulated.connect(ports, line);
            lines.add(line);
        }
        return lines;
    }

    @Test
    void closed_channels_are_all_noticed_within_half_as_many_connects_to_wherever() throws Exception {
        LocalPorts ports = Simulated.ports(1_000).metrics(counter).build();
        List<Line> lines = connectLines(ports, 500);
        lines.forEach(Line::close);
        for (int i = 0; i < 250; i++) {
            ports.attempt(new InetSocketAddress("192.0.2.2", 80)).close();
        }
        assertThat(closed).hasValue(500);
    }

    @Test
    void channels_that_connect_and_close_without_a_word_never_use_more_than_a_few_ports() throws Exception {
        LocalPorts ports = Simulated.ports(3).metrics(counter).build();
        for (int i = 0; i < 10_000; i++) {
            connectLines(ports, 1).get(0).close();
        }
        assertThat(closed.get()).isBetween(9_997, 9_999);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 5_000})
    void before_a_connect_finds_no_port_closed_channels_are_looked_for(int count) throws Exception {
        LocalPorts ports = Simulated.ports(count).build();
        List<Line> lines = connectLines(ports, count);
        for (int i = 0; i < 2_000; i++) {
            assertThatThrownBy(() -> Simulated.connect(ports, new Line())).isInstanceOf(PortsExhaustedException.class);
            int some = i * 37 % count;
            lines.get(some).close();
            lines.set(some, connectLines(ports, 1).get(0));
        }
        assertThat(Simulated.inUse(ports)).isEqualTo(count);
    }

    @Test
    void closed_channels_to_elsewhere_do_not_end_the_search() throws Exception {
        LocalPorts ports = Simulated.ports(2_000).build();
        var elsewhere = new ArrayList<Line>();
        for (int i = 0; i < 2_000; i++) {
            var line = new Line();
            try (ConnectAttempt attempt = ports.attempt(new InetSocketAddress("192.0.2.2", 80))) {
                attempt.next();
                attempt.connected(line);
            }
            elsewhere.add(line);
        }
        List<Line> lines = connectLines(ports, 2_000);
        elsewhere.forEach(Line::close);
        lines.get(1_999).close();
        connectLines(ports, 1);
        assertThat(Simulated.inUse(ports)).isEqualTo(2_000);
    }

    @Test
    void among_very_many_a_closed_channel_is_found_soon() throws Exception {
        LocalPorts ports = Simulated.ports(20_000).build();
        List<Line> lines = connectLines(ports, 20_000);
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> Simulated.connect(ports, new Line())).isInstanceOf(PortsExhaustedException.class);
            lines.get(1 + i * 199).close();
            Patience.until(() -> {
                try {
                    Simulated.connect(ports, lines.get(0)); // open for all of the test
                    return true;
                } catch (PortsExhaustedException e) {
                    return false;
                }
            });
        }
        assertThat(Simulated.inUse(ports)).isEqualTo(20_000);
    }

    @Test
    void usage_does_not_count_closed_channels() throws Exception {
        LocalPorts ports = Simulated.ports(5_000).build();
        List<Line> lines = connectLines(ports, 5_000);
        for (int left = 4_999; left > 4_900; left--) {
            lines.get(left).close();
            assertThat(Simulated.inUse(ports)).isEqualTo(left);
        }
    }

    @Test
    void what_is_lost_is_noticed_by_a_connect_to_wherever() throws Exception {
        LocalPorts ports = Simulated.ports(10).metrics(counter).build();
        Simulated.connect(ports, new Object());
        Simulated.connect(ports, new Line());
        untilCollected(() -> {
            assertThatCode(() -> ports.attempt(new InetSocketAddress("192.0.2.2", 80))
                            .close())
                    .doesNotThrowAnyException();
            return closed.get() == 2;
        });
        assertThat(Simulated.inUse(ports)).isZero();
    }

    @Test
    void nothing_here_keeps_a_connection_from_being_lost() throws Exception {
        LocalPorts ports = Simulated.ports(10).build();
        var leases = new ArrayList<Lease>();
        WeakReference<Object> socket = connect(ports, new Object(), leases);
        WeakReference<Object> channel = connect(ports, new Line(), leases);
        untilCollected(() -> socket.refersTo(null) && channel.refersTo(null));
        assertThat(leases).hasSize(2); // and were held until now
    }

    private static WeakReference<Object> connect(LocalPorts ports, Object connection, List<Lease> leases)
            throws Exception {
        leases.add(Simulated.connect(ports, connection));
        return new WeakReference<>(connection);
    }

    @Test
    void who_releases_is_believed_and_the_channel_asked_no_more() throws Exception {
        LocalPorts ports = Simulated.ports(10).metrics(counter).build();
        var line = new Line();
        Lease lease = Simulated.connect(ports, line);
        lease.release();
        lease.releaseAtOnce();
        line.close();
        assertThat(Simulated.inUse(ports)).isZero();
        assertThat(closed).hasValue(1);
    }

    @Test
    void metrics_may_ask_for_the_usage_when_a_closed_channel_is_noticed() throws Exception {
        var asked = new ArrayList<LocalPorts>();
        var seen = new ArrayList<Integer>();
        LocalPorts ports = Simulated.ports(10)
                .metrics(new LocalPortMetrics() {
                    @Override
                    public void closed(InetSocketAddress destination, boolean waits) {
                        seen.add(Simulated.inUse(asked.get(0)));
                    }
                })
                .build();
        asked.add(ports);
        connectLines(ports, 10).forEach(Line::close);
        assertThat(Simulated.inUse(ports)).isZero();
        assertThat(seen).hasSize(10);
    }

    @Test
    void metrics_that_throw_keep_no_port_in_use() throws Exception {
        LocalPorts ports = Simulated.ports(10)
                .metrics(new LocalPortMetrics() {
                    @Override
                    public void closed(InetSocketAddress destination, boolean waits) {
                        closed.incrementAndGet();
                        throw new NoClassDefFoundError("counter");
                    }
                })
                .build();
        connectLines(ports, 10).forEach(Line::close);
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(ports::usage).hasMessage("counter");
        }
        assertThat(closed).hasValue(10);
        assertThat(Simulated.inUse(ports)).isZero();
    }

    private static void untilCollected(BooleanSupplier done) throws Exception {
        Patience.until(() -> {
            System.gc();
            return done.getAsBoolean();
        });
    }
}
