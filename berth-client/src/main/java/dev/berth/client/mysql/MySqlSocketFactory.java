package dev.berth.client.mysql;

import com.mysql.cj.conf.PropertySet;
import com.mysql.cj.conf.RuntimeProperty;
import com.mysql.cj.protocol.StandardSocketFactory;
import dev.berth.client.jdbc.DriverPorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;

/**
 * Lets MySQL's JDBC driver choose its local ports, by two parameters of its URL.
 *
 * <pre>{@code
 * jdbc:mysql://db.example/orders?socketFactory=dev.berth.client.mysql.MySqlSocketFactory
 *     &localPorts=ports=20000-29999
 * }</pre>
 *
 * <p>What {@code localPorts} may say is in {@link DriverPorts}. The driver's {@code connectTimeout} holds, over all attempts;
 * so does {@code localSocketAddress}, which then takes the choice away: say {@code sources} instead. TLS goes over these
 * sockets, and the connection that {@link java.sql.Statement#cancel} makes to kill a query uses them too: leave a port for
 * that. An exhaustion is a {@link java.sql.SQLException} with {@link dev.berth.client.PortsExhaustedException} among its
 * causes.
 *
 * <p>Tried with Connector/J 9.7, which hands parameters it does not know to the factory (since 8.0.10).
 */
public final class MySqlSocketFactory extends StandardSocketFactory {
    @Override
    protected Socket createSocket(PropertySet properties) {
        RuntimeProperty<String> text = properties.getStringProperty(DriverPorts.CONNECTION_PROPERTY);
        try {
            return DriverPorts.of(text == null ? null : text.getValue()).socket();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
