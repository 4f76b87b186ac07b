package dev.berth.client.jdbc;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Lets PostgreSQL's JDBC driver choose its local ports, by two parameters of its URL.
 *
 * <pre>{@code
 * jdbc:postgresql://db.example/orders?socketFactory=dev.berth.client.jdbc.PostgresSocketFactory
 *     &socketFactoryArg=ports=20000-29999
 * }</pre>
 *
 * <p>or by {@code setSocketFactory} and {@code setSocketFactoryArg} of its data sources. What the argument may say is in
 * {@link DriverPorts}. The driver uses it for its connections, for TLS over them ({@code sslmode}) and for the short
 * connection that {@link java.sql.Statement#cancel} makes: leave a port for that. Its own {@code connectTimeout} (10 s) and
 * {@code loginTimeout} hold, over all attempts. An exhaustion is a {@link java.sql.SQLException} with {@link
 * dev.berth.client.PortsExhaustedException} as its cause.
 *
 * <p>Tried with pgjdbc 42.7, which looks for a constructor with one text.
 */
public final class PostgresSocketFactory extends SocketFactory {
    private final SocketFactory sockets;

    /** @param argument {@code socketFactoryArg}; null, if there is none, for what {@link DriverPorts} has then */
    public PostgresSocketFactory(@Nullable String argument) {
        sockets = DriverPorts.of(argument).socketFactory();
    }

    @Override
    public Socket createSocket() throws IOException {
        return sockets.createSocket();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return sockets.createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return sockets.createSocket(host, port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return sockets.createSocket(host, port, localHost, localPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        return sockets.createSocket(host, port, localHost, localPort);
    }
}
