package dev.berth.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One connection in the making, for those who connect by themselves: it names a local endpoint, is told how that went, and
 * names another one while that makes sense. {@link LocalPorts#connect} and the adapters do it like this:
 *
 * <pre>{@code
 * try (ConnectAttempt attempt = ports.attempt(remote)) {
 *     while (true) {
 *         InetSocketAddress local = attempt.next();          // or PortsExhaustedException
 *         var socket = new Socket();                          // a new one: a failed connect closes it
 *         if (attempt.reuseAddress()) socket.setReuseAddress(true);
 *         try {
 *             if (local != null) socket.bind(local);
 *         } catch (IOException e) {
 *             socket.close();
 *             attempt.bindFailed(e);                          // throws unless another port may help
 *             continue;
 *         }
 *         try {
 *             socket.connect(attempt.remote());
 *         } catch (IOException e) {
 *             socket.close();
 *             attempt.connectFailed(e);                       // throws unless another port may help
 *             continue;
 *         }
 *         if (socket.getLocalSocketAddress().equals(socket.getRemoteSocketAddress())) {
 *             socket.close();                             // it had reached itself
 *             throw new ConnectException("nobody listens at " + attempt.remote());
 *         }
 *         Lease lease = attempt.connected(socket);            // to be released when the socket is closed
 *         return socket;
 *     }
 * }                                                           // whatever happens, no port stays marked as used
 * }</pre>
 *
 * <p>For one thread at a time.
 */
public abstract sealed class ConnectAttempt implements AutoCloseable
        permits TupleAttempt, SelectorAttempt, SystemAttempt {
    private final InetSocketAddress remote;
    private final boolean reuseAddress;

    ConnectAttempt(InetSocketAddress remote, boolean reuseAddress) {
        this.remote = remote;
        this.reuseAddress = reuseAddress;
    }

    /** Where the connection goes; its address is resolved. */
    public final InetSocketAddress remote() {
        return remote;
    }

    /** Whether {@code SO_REUSEADDR} has to be set before bind, or before connect where nothing is bound. */
    public final boolean reuseAddress() {
        return reuseAddress;
    }

    /**
     * Watches this attempt: its port comes back also when it is dropped, and collected as garbage, without {@link #close}.
     * For those whom a library may forget to tell how a connect ended. To be called before {@link #next}.
     */
    public ConnectAttempt watched() {
        return this;
    }

    /**
     * The local endpoint to bind before connect, or null: bind nothing, the system chooses. Its port is in use from now
     * on, until the attempt or the lease ends.
     *
     * @throws PortsExhaustedException when none is left
     * @throws NoLocalAddressException when no source address has the family of the destination
     */
    public abstract @Nullable InetSocketAddress next() throws IOException;

    /**
     * The bind failed. Returns if another local endpoint may do: that port is taken.
     *
     * @throws IOException if not: {@code reason} itself, or a {@link NoLocalAddressException} that has it as its cause
     */
    public abstract void bindFailed(IOException reason) throws IOException;

    /**
     * The connect failed. Returns if another local endpoint may do: that four-tuple is taken. A refused, forbidden,
     * reset, timed-out or interrupted connect is the caller's affair.
     *
     * @throws IOException if not: {@code reason} itself, or a {@link NoLocalAddressException} that has it as its cause
     */
    public abstract void connectFailed(IOException reason) throws IOException;

    /**
     * The connection is made; its port is in use until the lease is released, or {@code connection} is collected as
     * garbage, since the JDK closes sockets that are lost. It does not close channels that are lost: the port of one is
     * tried again, and that is a lost race for as long as the system keeps the connection.
     *
     * @param connection what stands for it: as long as it can be reached the connection is open
     */
    public abstract Lease connected(Object connection);

    /** Gives back what was not connected. */
    @Override
    public abstract void close();
}
