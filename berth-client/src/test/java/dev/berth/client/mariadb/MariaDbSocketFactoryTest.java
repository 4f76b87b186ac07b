package dev.berth.client.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.client.jdbc.MariaDbServerContract;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.mariadb.jdbc.MariaDbDataSource;

/** MariaDB's driver and server. */
class MariaDbSocketFactoryTest extends MariaDbServerContract {
    MariaDbSocketFactoryTest() {
        super(23_300, "mariadb", MariaDbSocketFactory.class);
    }

    @Override
    protected boolean readsTheServersClose() {
        return true;
    }

    @Test
    void a_data_source_takes_it_too() throws SQLException {
        var source = new MariaDbDataSource(url(port(), ports(40, 1)));
        try (var connection = source.getConnection()) {
            assertThat(clientPort(connection)).isEqualTo(23_340);
        }
    }
}
