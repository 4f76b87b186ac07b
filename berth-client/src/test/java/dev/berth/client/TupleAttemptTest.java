package dev.berth.client;

import static dev.berth.client.Simulated.REMOTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** One connection in the making, told of in every order, by metrics that fail too. */
class TupleAttemptTest {
    private static final LocalPortMetrics THROWING = new LocalPortMetrics() {
        @Override
        public void connected(InetSocketAddress destination, int candidates) {
            throw new NoClassDefFoundError("counter");
        }

        @Override
        public void lostRace(InetSocketAddress destination) {
            throw new NoClassDefFoundError("counter");
        }

        @Override
        public void exhausted(PortsExhaustedException failure) {
            throw new NoClassDefFoundError("counter");
        }
    };

    private static void assertThrowing(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(NoClassDefFoundError.class).hasMessage("counter");
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_port_is_free_again_when_metrics_throw_at_the_connection() throws Exception {
        LocalPorts ports = Simulated.ports(1).metrics(THROWING).build();
        for (int i = 0; i < 3; i++) {
            assertThrowing(() -> Simulated.connect(ports, new Object()));
            assertThat(Simulated.inUse(ports)).isZero();
        }
    }

    @Test
    void a_port_is_free_again_when_metrics_throw_at_a_lost_race_or_at_exhaustion() throws Exception {
        LocalPorts ports = Simulated.ports(2).metrics(THROWING).build();
        try (ConnectAttempt attempt = ports.attempt(REMOTE)) {
            attempt.next();
            assertThrowing(() -> attempt.bindFailed(new BindException()));
            attempt.next();
            assertThrowing(() -> attempt.connectFailed(new BindException()));
            assertThrowing(attempt::next);
        }
        assertThat(Simulated.inUse(ports)).isZero();
        assertThat(ports.usage().get(0).lostRaces()).isEqualTo(2);
    }

    @Test
    void a_port_is_held_back_when_metrics_throw_at_the_close() throws Exception {
        LocalPorts ports = Simulated.ports(2)
                .timeWait(Duration.ofMinutes(1))
                .metrics(new LocalPortMetrics() {
                    @Override
                    public void closed(InetSocketAddress destination, boolean waits) {
                        throw new NoClassDefFoundError("counter");
                    }
                })
                .build();
        assertThrowing(Simulated.connect(ports, new Object())::release);
        assertThrowing(Simulated.connect(ports, new Object())::releaseAtOnce);
        assertThat(ports.usage()).containsExactly(new DestinationUsage(REMOTE, 0, 1, 1, 0, 0));
    }

    @Test
    void a_connect_that_finds_no_port_counts_once() throws Exception {
        LocalPorts ports = Simulated.ports(1).build();
        Lease lease = Simulated.connect(ports, new Object());
        assertThatThrownBy(() -> Simulated.connect(ports, new Object())).isInstanceOf(PortsExhaustedException.class);
        assertThat(ports.usage()).containsExactly(new DestinationUsage(REMOTE, 1, 0, 0, 0, 1));
        lease.release();
    }

    @Test
    void where_ports_are_not_shared_the_exception_says_how_many_ports_connections_to_others_have() throws Exception {
        LocalPorts ports = Simulated.ports(2).sharing(PortSharing.EXCLUSIVE).build();
        Lease one = Simulated.connect(ports, new Object());
        Lease other = Simulated.connect(ports, new Object());
        try (ConnectAttempt attempt = ports.attempt(new InetSocketAddress("192.0.2.2", 443))) {
            assertThatThrownBy(attempt::next)
                    .hasMessage("no local port left for /192.0.2.2:443: 0 in use, 0 in TIME_WAIT, 2 passed over");
        }
        one.release();
        other.release();
        assertThat(Simulated.inUse(ports)).isZero();
    }

    @Test
    void a_connect_that_runs_out_of_attempts_counts_too() throws Exception {
        LocalPorts ports = Simulated.ports(5).attempts(2).build();
        try (ConnectAttempt attempt = ports.attempt(REMOTE)) {
            attempt.next();
            attempt.bindFailed(new BindException());
            attempt.next();
            var last = new BindException();
            attempt.bindFailed(last);
            assertThatThrownBy(attempt::next)
                    .isInstanceOf(PortsExhaustedException.class)
                    .cause()
                    .isSameAs(last);
        }
        assertThat(ports.usage()).containsExactly(new DestinationUsage(REMOTE, 0, 0, 3, 2, 1));
    }

    @Test
    void another_attempt_tries_what_was_lost_before_when_nothing_else_is_left_and_the_same_one_does_not()
            throws Exception {
        LocalPorts ports = Simulated.ports(3).build();
        for (int i = 0; i < 2; i++) {
            try (ConnectAttempt attempt = ports.attempt(REMOTE)) {
                int[] tried = IntStream.range(0, 3).map(tries -> lose(attempt)).toArray();
                assertThat(tried).containsExactlyInAnyOrder(20_000, 20_001, 20_002);
                assertThatThrownBy(attempt::next).isInstanceOf(PortsExhaustedException.class);
            }
        }
    }

    private static int lose(ConnectAttempt attempt) {
        try {
            int port = Objects.requireNonNull(attempt.next()).getPort();
            attempt.bindFailed(new BindException());
            return port;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_refused_connect_is_the_callers_and_its_port_free() throws Exception {
        LocalPorts ports = Simulated.ports(1).build();
        var refused = new ConnectException("refused");
        try (ConnectAttempt attempt = ports.attempt(REMOTE)) {
            attempt.next();
            assertThatThrownBy(() -> attempt.connectFailed(refused)).isSameAs(refused);
        }
        assertThat(ports.usage()).containsExactly(new DestinationUsage(REMOTE, 0, 0, 1, 0, 0));
    }

    @Test
    void to_report_what_did_not_happen_is_refused_and_changes_nothing() throws Exception {
        LocalPorts ports = Simulated.ports(2).build();
        ConnectAttempt attempt = ports.attempt(REMOTE);
        assertRefused(() -> attempt.bindFailed(new BindException()));
        assertRefused(() -> attempt.connectFailed(new BindException()));
        assertRefused(() -> attempt.connected(new Object()));
        attempt.next();
        assertRefused(attempt::next);
        Lease lease = attempt.connected(new Object());
        assertRefused(() -> attempt.connected(new Object()));
        attempt.close();
        attempt.close();
        assertRefused(attempt::next);
        assertThat(Simulated.inUse(ports)).isEqualTo(1);
        lease.release();
        lease.release();
        assertThat(ports.usage()).containsExactly(new DestinationUsage(REMOTE, 0, 0, 2, 0, 0));
    }

    @Test
    void a_watched_attempt_that_is_dropped_gives_its_port_back() throws Exception {
        LocalPorts ports = Simulated.ports(1).timeWait(Duration.ZERO).build();
        ports.attempt(REMOTE).watched().next();
        Patience.until(
                () -> { // the collector has found it
                    System.gc();
                    return Simulated.inUse(ports) == 0;
                });
        Simulated.connect(ports, new Object()).release();
    }

    @Test
    void a_watched_attempt_ends_like_any_other() throws Exception {
        LocalPorts ports = Simulated.ports(2).timeWait(Duration.ZERO).build();
        for (int i = 0; i < 3; i++) {
            try (ConnectAttempt attempt = ports.attempt(REMOTE).watched()) {
                attempt.next();
            }
            try (ConnectAttempt attempt = ports.attempt(REMOTE).watched()) {
                attempt.next();
                attempt.bindFailed(new BindException());
                attempt.next();
                attempt.connected(this).release();
            }
            assertThat(Simulated.inUse(ports)).isZero();
        }
    }
}
