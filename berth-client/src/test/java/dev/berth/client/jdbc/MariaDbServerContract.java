package dev.berth.client.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.client.servers.MariaDb;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What MySQL's and MariaDB's drivers have in common. */
public abstract class MariaDbServerContract extends DriverContract {
    private static MariaDb server;

    private final String driver;
    private final Class<?> factory;

    /** @param driver as in the URL */
    protected MariaDbServerContract(int firstPort, String driver, Class<?> factory) {
        super(firstPort);
        this.driver = driver;
        this.factory = factory;
    }

    @BeforeAll
    static void start() throws Exception {
        server = MariaDb.shared();
    }

    @Override
    protected int port() {
        return server.port();
    }

    @Override
    protected String url(int port, String localPorts) {
        return "jdbc:" + driver + "://127.0.0.1:" + port + "/?user=berth&socketFactory=" + factory.getName()
                + (localPorts.isEmpty() ? "" : "&" + DriverPorts.CONNECTION_PROPERTY + "=" + localPorts);
    }

    @Override
    protected String connectTimeoutOfOneSecond() {
        return "&connectTimeout=1000";
    }

    @Override
    protected int clientPort(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "select host from information_schema.processlist where id = connection_id()")) {
            rows.next();
            String host = rows.getString(1);
            return Integer.parseInt(host.substring(host.lastIndexOf(':') + 1));
        }
    }

    @Test
    void tls_goes_over_the_chosen_port() throws Exception {
        try (var connection = DriverManager.getConnection(url(port(), ports(50, 1)) + tls());
                var statement = connection.createStatement();
                var rows = statement.executeQuery("show status like 'Ssl_cipher'")) {
            rows.next();
            assertThat(rows.getString(2)).isNotEmpty();
            assertThat(clientPort(connection)).isBetween(23_000, 23_999);
        }
    }

    private String tls() {
        return driver.equals("mysql") ? "&sslMode=REQUIRED" : "&sslMode=trust";
    }

    @Test
    void a_cancel_takes_a_second_port_for_a_moment() throws Exception {
        String text = ports(51, 2);
        try (var connection = connect(text);
                var statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            assertThatThrownBy(() -> statement.execute("select sleep(60) from information_schema.tables"))
                    .isInstanceOf(SQLTimeoutException.class);
            assertThat(usage(text).inUse()).isEqualTo(1);
        }
    }
}
