package dev.berth.client.mariadb;

import dev.berth.client.jdbc.DriverPorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.util.ConfigurableSocketFactory;

/**
 * Lets MariaDB's JDBC driver choose its local ports, by two parameters of its URL.
 *
 * <pre>{@code
 * jdbc:mariadb://db.example/orders?socketFactory=dev.berth.client.mariadb.MariaDbSocketFactory
 *     &localPorts=ports=20000-29999
 * }</pre>
 *
 * <p>What {@code localPorts} may say is in {@link DriverPorts}. The driver's {@code connectTimeout} (30 s) holds, over all
 * attempts; so does {@code localSocketAddress}, which then takes the choice away: say {@code sources} instead. TLS goes over
 * these sockets, and the connection that {@link java.sql.Statement#cancel} makes to kill a query uses them too: leave a port
 * for that. An exhaustion is a {@link java.sql.SQLException} with {@link dev.berth.client.PortsExhaustedException} among its
 * causes.
 *
 * <p>Tried with Connector/J 3.5, which hands parameters it does not know to such a factory.
 */
public final class MariaDbSocketFactory extends ConfigurableSocketFactory {
    private @Nullable SocketFactory sockets;

    @Override
    public void setConfiguration(Configuration configuration, String host) {
        String text = configuration.nonMappedOptions().getProperty(DriverPorts.CONNECTION_PROPERTY);
        sockets = DriverPorts.of(text).socketFactory();
    }

    private SocketFactory sockets() {
        SocketFactory configured = sockets;
        return configured == null ? DriverPorts.of(null).socketFactory() : configured;
    }

    @Override
    public Socket createSocket() throws IOException {
        return sockets().createSocket();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return sockets().createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return sockets().createSocket(host, port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return sockets().createSocket(host, port, localHost, localPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        return sockets().createSocket(host, port, localHost, localPort);
    }
}
