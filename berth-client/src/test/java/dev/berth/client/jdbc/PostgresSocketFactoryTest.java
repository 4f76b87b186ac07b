package dev.berth.client.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.client.servers.Postgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** PostgreSQL's driver and server. */
class PostgresSocketFactoryTest extends DriverContract {
    private static Postgres server;

    PostgresSocketFactoryTest() {
        super(23_100);
    }

    @BeforeAll
    static void start() throws Exception {
        server = Postgres.shared();
    }

    @Override
    protected int port() {
        return server.port();
    }

    @Override
    protected String url(int port, String localPorts) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=berth&socketFactory="
                + PostgresSocketFactory.class.getName()
                + (localPorts.isEmpty() ? "" : "&socketFactoryArg=" + localPorts);
    }

    @Override
    protected String connectTimeoutOfOneSecond() {
        return "&connectTimeout=1";
    }

    @Override
    protected int clientPort(Connection connection) throws SQLException {
        return Integer.parseInt(answer(connection, "select inet_client_port()"));
    }

    private static String answer(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Test
    void tls_goes_over_the_chosen_port() throws Exception {
        try (var connection = DriverManager.getConnection(url(port(), ports(40, 1)) + "&sslmode=require")) {
            assertThat(clientPort(connection)).isEqualTo(23_140);
            assertThat(answer(connection, "select ssl from pg_stat_ssl where pid = pg_backend_pid()"))
                    .isEqualTo("t");
        }
    }

    @Test
    void a_data_source_takes_it_too() throws Exception {
        var source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {port()});
        source.setDatabaseName("postgres");
        source.setUser("berth");
        source.setSocketFactory(PostgresSocketFactory.class.getName());
        source.setSocketFactoryArg(ports(41, 1) + ";sources=127.0.0.1");
        try (var connection = source.getConnection()) {
            assertThat(clientPort(connection)).isEqualTo(23_141);
        }
    }

    @Test
    void a_cancel_takes_a_second_port_for_a_moment() throws Exception {
        String text = ports(42, 2);
        try (var connection = connect(text);
                var statement = connection.createStatement()) {
            statement.setQueryTimeout(1); // the driver cancels
            assertThatThrownBy(() -> statement.execute("select pg_sleep(60)"))
                    .hasMessageContaining("canceling statement due to user request");
            assertThat(usage(text).inUse()).isEqualTo(1);
        }
    }

    @Test
    void without_a_second_port_a_cancel_does_nothing() throws Exception {
        String text = ports(44, 1);
        try (var connection = connect(text);
                var statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            statement.execute("select pg_sleep(5)");
            assertThat(usage(text).exhaustions()).isEqualTo(1);
        }
    }
}
