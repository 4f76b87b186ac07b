package dev.berth.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;

/**
 * Chooses the local port of each outgoing connection: knows which ports are free towards which destination, remembers
 * TIME_WAIT, and stays out of the way of servers and of the system's own choice.
 *
 * <pre>{@code
 * LocalPorts ports = LocalPorts.builder().range(10000, 29999).build();   // or LocalPorts.create()
 * Socket socket = ports.connect(new InetSocketAddress("10.1.2.3", 443));
 * }</pre>
 *
 * <p>First ask whether the connections could not be kept: keep-alive and a pool need no port at all for the next call. One
 * instance serves a whole program; two with the same ports only get in each other's way. Thread-safe, for virtual threads
 * too: no lock is held while a thread waits. No thread of its own; it needs no closing.
 *
 * <p>What each system gives:
 *
 * <ul>
 *   <li>Linux: one local port serves every destination at once ({@link PortSharing#SHARED}), so there are as many
 *       connections to <em>each</em> destination as there are ports. A port bound by hand is lost to the automatic choice
 *       of every program while it is held, and a reservation does not stop a bind by hand: so the default ports lie outside
 *       the dynamic range ({@link LocalPortsBuilder#outsideDynamicRange}).
 *   <li>Windows: no port is chosen unless a range is given. Java binds exclusively there, so a port carries one connection,
 *       and gives up the sharing of {@code SO_REUSE_UNICASTPORT}. An excluded port reads as one in use, and costs an attempt.
 *   <li>Other systems: as on Windows, and nothing of it was tried.
 *   <li>Everywhere: Java can set neither {@code IP_BIND_ADDRESS_NO_PORT} nor {@code IP_LOCAL_PORT_RANGE}. To bind a source
 *       address and port 0, as {@link Socket#bind} and {@code HttpClient.Builder.localAddress} do, takes a port for all
 *       destinations on Linux: with source addresses give ports, or let Netty's epoll transport set the option.
 *   <li>A SOCKS proxy of the system ({@code socksProxyHost}) is used by sockets, and not by channels; but a destination has to be
 *       resolved here, so names that only the proxy can resolve are refused. Ports are then counted for the destination, although
 *       the proxy is the other end: when one is taken there, the connect just fails.
 * </ul>
 */
public final class LocalPorts {
    private final Chooser chooser;
    private final boolean reuseAddress;
    private final int timeoutMillis;
    private final String description;

    LocalPorts(Chooser chooser, boolean reuseAddress, Duration connectTimeout, String description) {
        this.chooser = chooser;
        this.reuseAddress = reuseAddress;
        this.timeoutMillis = (int) connectTimeout.plusNanos(999_999).toMillis(); // up: 0 would mean none
        this.description = description;
    }

    /** As {@link LocalPortsBuilder} says what is not set: {@code builder().build()}. */
    public static LocalPorts create() {
        return builder().build();
    }

    /** Says how ports are chosen, step by step; what is not said has a default. */
    public static LocalPortsBuilder builder() {
        return new LocalPortsBuilder();
    }

    /**
     * A connected socket. Its port is free again when the socket is closed and TIME_WAIT is over; at once when the peer
     * closed first and that was read, or when it was reset by {@code SO_LINGER} 0.
     *
     * @throws PortsExhaustedException when no local port is left towards {@code remote}
     * @throws NoLocalAddressException when no address of this host can be its local end
     * @throws UnknownHostException when {@code remote} is not resolved
     * @throws IOException as {@link Socket#connect} throws it: refused, timed out, unreachable, interrupted
     */
    public Socket connect(SocketAddress remote) throws IOException {
        checked(remote);
        Socket socket = socket();
        try {
            socket.connect(remote);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
        return socket;
    }

    /**
     * A connected channel in blocking mode, of the default provider. A channel tells nobody when it is closed, so its port is
     * held back from when a later connect notices, and is never known to be free at once. Before a connect fails for want
     * of a port all open channels are asked; when that found nothing among more than 8,192, it is not done again for twice
     * the time it took (10 ns each), and a connect in that time may miss a port that was closed just now.
     *
     * @throws IOException as {@link #connect}
     */
    public SocketChannel connectChannel(SocketAddress remote) throws IOException {
        return new Channels(this).connect(remote);
    }

    /**
     * A socket that is not connected; it chooses its port, and with that its address, when it connects, unless it was bound before.
     * Where ports are shared it sets {@code SO_REUSEADDR} then, whatever {@link Socket#setReuseAddress} said.
     */
    public Socket socket() throws IOException {
        return new ChoosingSocket(this);
    }

    /**
     * Makes sockets that choose their ports, for all clients that take a {@link SocketFactory}. A caller who names a local
     * port, or binds an address, has chosen himself: nothing is counted. An address with port 0 is bound by the system, on Linux
     * to a port that every destination then lacks; give {@link LocalPortsBuilder#sources(java.net.InetAddress...)} instead.
     * No address, or {@code 0.0.0.0}, with port 0 is no wish: the port is chosen as ever.
     */
    public SocketFactory socketFactory() {
        return new ChoosingSocketFactory(this);
    }

    /**
     * Makes TLS sockets by {@code tls} over sockets that choose their ports, for clients that take nothing else, connected
     * at once or later: {@code HttpsURLConnection.setSSLSocketFactory} for one. ({@code HttpURLConnection} for plain {@code
     * http} takes no factory: the system chooses its ports.)
     */
    public SSLSocketFactory sslSocketFactory(SSLSocketFactory tls) {
        return new LayeredSocketFactory(socketFactory(), Objects.requireNonNull(tls, "tls"));
    }

    /**
     * Begins a connection for somebody who connects by himself: see {@link ConnectAttempt}.
     *
     * @throws IOException as {@link #connect}, when it can be told at once
     */
    public ConnectAttempt attempt(SocketAddress remote) throws IOException {
        return chooser.begin(checked(remote));
    }

    private static InetSocketAddress checked(SocketAddress remote) throws IOException {
        Objects.requireNonNull(remote, "remote");
        if (!(remote instanceof InetSocketAddress address)) {
            throw new IllegalArgumentException("want an InetSocketAddress, not " + remote);
        }
        if (address.isUnresolved()) {
            throw new UnknownHostException(address.getHostString());
        }
        if (address.getPort() == 0) { // "not available" on some systems, which would mean a lost race
            throw new ConnectException("nobody listens at " + address + ": port 0 is none");
        }
        return address;
    }

    /**
     * Whether every attempt wants {@code SO_REUSEADDR}: for clients that have it as a setting of theirs, not of each
     * connection. See {@link ConnectAttempt#reuseAddress}.
     */
    public boolean reuseAddress() {
        return reuseAddress;
    }

    /** What each destination that is known has of the ports, now. Empty where no table chooses. */
    public List<DestinationUsage> usage() {
        return chooser.usage();
    }

    /** How long a connect may take, in milliseconds; 0: as long as the system lets it. */
    int timeoutMillis() {
        return timeoutMillis;
    }

    /** How the ports are chosen, for a log. */
    @Override
    public String toString() {
        return description;
    }
}
