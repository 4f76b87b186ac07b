package dev.berth.client.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.client.DestinationUsage;
import dev.berth.client.FullBacklog;
import dev.berth.client.PortsExhaustedException;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;

/** What a driver gains by its socket factory, on a real server. Each test has ports of its own: {@link #ports}. */
public abstract class DriverContract {
    private final int firstPort;

    /** @param firstPort of 100 that no other test uses */
    protected DriverContract(int firstPort) {
        this.firstPort = firstPort;
    }

    /** The server's port, on 127.0.0.1. */
    protected abstract int port();

    /** A URL that names the socket factory and hands it {@code localPorts}, or nothing if that is empty. */
    protected abstract String url(int port, String localPorts);

    /** A parameter for one second, to be added to a URL. */
    protected abstract String connectTimeoutOfOneSecond();

    /** Asks the server where the connection comes from. */
    protected abstract int clientPort(Connection connection) throws SQLException;

    /** Whether the driver, once it has said goodbye, waits a moment for the server to close first. */
    protected boolean readsTheServersClose() {
        return false;
    }

    /** So many ports, so far from the first. */
    protected final String ports(int offset, int count) {
        return "ports=" + (firstPort + offset) + "-" + (firstPort + offset + count - 1);
    }

    protected final Connection connect(String localPorts) throws SQLException {
        return DriverManager.getConnection(url(port(), localPorts));
    }

    @Test
    void connections_come_from_the_ports_in_the_url_one_each() throws Exception {
        Set<Integer> seen = new HashSet<>();
        try (var first = connect(ports(0, 3));
                var second = connect(ports(0, 3));
                var third = connect(ports(0, 3))) {
            for (Connection connection : new Connection[] {first, second, third}) {
                seen.add(clientPort(connection));
            }
        }
        assertThat(seen).containsExactlyInAnyOrder(firstPort, firstPort + 1, firstPort + 2);
    }

    @Test
    void the_source_address_in_the_url_is_used() throws Exception {
        String text = ports(10, 2) + ";sources=127.0.0.7,127.0.0.8";
        try (var connection = connect(text)) {
            assertThat(clientPort(connection)).isBetween(firstPort + 10, firstPort + 11);
            assertThat(usage(text).free()).isEqualTo(3); // two ports at each of two addresses
        }
    }

    @Test
    void when_no_port_is_left_the_cause_says_so() throws Exception {
        try (var only = connect(ports(20, 1))) {
            assertThat(clientPort(only)).isEqualTo(firstPort + 20);
            PortsExhaustedException exhausted = exhaustion(ports(20, 1));
            assertThat(exhausted.inUse()).hasValue(1);
            assertThat(exhausted.destination().getPort()).isEqualTo(port());
        }
    }

    @Test
    void a_closed_connection_has_its_port_no_more() throws Exception {
        connect(ports(21, 1)).close();
        DestinationUsage after = usage(ports(21, 1));
        assertThat(after.inUse()).isZero();
        if (readsTheServersClose()) { // then there is no TIME_WAIT here, if the server was quick enough
            assertThat(after.waiting() + after.free()).isEqualTo(1);
        } else {
            assertThat(after.waiting()).isEqualTo(1);
            assertThat(exhaustion(ports(21, 1)).earliestFree()).isPresent();
        }
    }

    @Test
    void ports_serve_again_at_once_with_reuseTimeWait() throws Exception {
        String text =
                ports(30, 5) + ";reuseTimeWait"; // five, as the server may not have closed its side of the last one
        for (int i = 0; i < 8; i++) {
            try (var connection = connect(text)) {
                assertThat(clientPort(connection)).isBetween(firstPort + 30, firstPort + 34);
            }
        }
        assertThat(usage(text).waiting()).isZero();
    }

    @Test
    void the_timeout_of_the_driver_ends_a_connect_and_gives_the_port_back() throws Exception {
        try (var full = new FullBacklog()) {
            String url = url(full.address().getPort(), ports(22, 1)) + connectTimeoutOfOneSecond();
            assertThatThrownBy(() -> DriverManager.getConnection(url))
                    .isInstanceOf(SQLException.class)
                    .hasRootCauseInstanceOf(SocketTimeoutException.class);
        }
        assertThat(usage(ports(22, 1)).inUse()).isZero();
    }

    @Test
    void a_text_that_says_nothing_known_is_refused_with_its_reason() {
        Throwable refused = catchThrowableOfType(SQLException.class, () -> connect("prots=23000"));
        assertThat(Throwables.getRootCause(refused)).hasMessageStartingWith("local ports: 'prots=23000': want ports, ");
    }

    @Test
    void without_a_text_the_system_property_counts() throws Exception {
        System.setProperty(DriverPorts.SYSTEM_PROPERTY, ports(23, 1));
        try (var connection = connect("")) {
            assertThat(clientPort(connection)).isEqualTo(firstPort + 23);
        } finally {
            System.clearProperty(DriverPorts.SYSTEM_PROPERTY);
        }
    }

    /** Of the only destination. */
    protected static DestinationUsage usage(String localPorts) {
        return DriverPorts.of(localPorts).usage().get(0);
    }

    private PortsExhaustedException exhaustion(String localPorts) {
        Throwable failed = catchThrowableOfType(SQLException.class, () -> connect(localPorts));
        return (PortsExhaustedException) Throwables.getRootCause(failed);
    }
}
