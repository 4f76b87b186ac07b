package dev.berth.client.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import com.mysql.cj.jdbc.MysqlDataSource;
import dev.berth.client.jdbc.MariaDbServerContract;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** MySQL's driver, on MariaDB's server. */
class MySqlSocketFactoryTest extends MariaDbServerContract {
    MySqlSocketFactoryTest() {
        super(23_200, "mysql", MySqlSocketFactory.class);
    }

    @Test
    void a_data_source_takes_it_too() throws SQLException {
        var source = new MysqlDataSource();
        source.setUrl("jdbc:mysql://127.0.0.1:" + port() + "/?localPorts=" + ports(40, 1));
        source.setUser("berth");
        source.setSocketFactory(MySqlSocketFactory.class.getName());
        try (var connection = source.getConnection()) {
            assertThat(clientPort(connection)).isEqualTo(23_240);
        }
    }
}
