package dev.berth.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.client.host.HostPorts;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import java.net.BindException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A host that changes while ports are chosen. */
class ExclusionsTest {
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1);
    private final Host host = new Host();

    private static final class Host implements HostPorts {
        private Optional<PortRange> dynamicRange = Optional.empty();
        private PortSet reserved = PortSet.EMPTY;
        private PortSet listening = PortSet.EMPTY;
        private int listed;

        @Override
        public Optional<PortRange> dynamicRange() {
            return dynamicRange;
        }

        @Override
        public Optional<PortSet> reserved() {
            return Optional.of(reserved);
        }

        @Override
        public PortSet listening() {
            listed++;
            return listening;
        }
    }

    private LocalPortsBuilder builder() {
        LocalPortsBuilder builder = Simulated.ports(10);
        builder.host = host;
        builder.clock = clock::get;
        return builder;
    }

    private static int free(LocalPorts ports) throws Exception {
        ports.attempt(Simulated.REMOTE).close();
        return ports.usage().get(0).free();
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    private static PortSet ports(int first, int last) {
        return PortSet.of(new PortRange(first, last));
    }

    private static void loseAtBind(LocalPorts ports) throws Exception {
        try (ConnectAttempt attempt = ports.attempt(Simulated.REMOTE)) {
            attempt.next();
            attempt.bindFailed(new BindException());
        }
    }

    @Test
    void a_listener_that_came_is_noticed_once_a_bind_was_lost_and_one_that_went_once_no_port_was_left()
            throws Exception {
        LocalPorts ports = builder().build();
        host.listening = ports(20_001, 20_009);
        pass(Duration.ofMinutes(1));
        assertThat(free(ports)).isEqualTo(10); // nothing hinted at it
        loseAtBind(ports);
        assertThat(free(ports)).isLessThanOrEqualTo(1);
        host.listening = PortSet.EMPTY;
        pass(Duration.ofMinutes(1));
        assertThat(free(ports)).isEqualTo(1);
        Lease only = Simulated.connect(ports, new Object());
        assertThatThrownBy(() -> Simulated.connect(ports, new Object())).isInstanceOf(PortsExhaustedException.class);
        assertThat(free(ports)).isEqualTo(9);
        only.release();
    }

    @Test
    void listeners_are_listed_once_a_minute_at_most() throws Exception {
        LocalPorts ports = builder().build();
        int listed = host.listed;
        loseAtBind(ports);
        pass(Duration.ofSeconds(59));
        free(ports);
        assertThat(host.listed).isEqualTo(listed);
        pass(Duration.ofSeconds(1));
        free(ports);
        free(ports);
        assertThat(host.listed).isEqualTo(listed + 1);
    }

    @Test
    void reserved_ports_are_passed_over_unless_the_caller_wants_them() throws Exception {
        host.reserved = ports(20_000, 20_002);
        assertThat(free(builder().build())).isEqualTo(7);
        assertThat(free(builder().evenReserved().build())).isEqualTo(10);
    }

    @Test
    void a_connection_stays_in_use_when_its_port_is_excluded_and_the_port_is_not_given_out_again() throws Exception {
        LocalPorts ports = builder().build();
        Lease lease = Simulated.connect(ports, new Object());
        host.reserved = ports(20_000, 20_009);
        pass(Duration.ofMinutes(1));
        assertThat(free(ports)).isZero();
        assertThat(Simulated.inUse(ports)).isEqualTo(1);
        lease.release();
        assertThat(free(ports)).isZero();
        host.reserved = PortSet.EMPTY;
        pass(Duration.ofMinutes(2));
        assertThat(free(ports)).isEqualTo(10);
    }

    @Test
    void a_dynamic_range_that_moves_is_passed_over_where_it_is_now() throws Exception {
        host.dynamicRange = Optional.of(new PortRange(32_768, 60_999));
        LocalPortsBuilder builder = LocalPorts.builder();
        builder.host = host;
        builder.clock = clock::get;
        builder.platform = dev.berth.client.host.Platform.LINUX;
        LocalPorts ports = builder.build();
        int before = free(ports);
        host.dynamicRange = Optional.of(new PortRange(15_000, 60_999));
        pass(Duration.ofMinutes(1));
        assertThat(free(ports)).isLessThan(before);
    }

    @Test
    void a_dynamic_range_that_cannot_be_read_for_once_is_where_it_was()
            throws Exception { // out of file descriptors, say
        host.dynamicRange = Optional.of(new PortRange(32_768, 60_999));
        LocalPortsBuilder builder = LocalPorts.builder();
        builder.host = host;
        builder.clock = clock::get;
        builder.platform = dev.berth.client.host.Platform.LINUX;
        LocalPorts ports = builder.build();
        int before = free(ports);
        host.dynamicRange = Optional.empty();
        pass(Duration.ofMinutes(1));
        assertThat(free(ports)).isEqualTo(before);
    }
}
