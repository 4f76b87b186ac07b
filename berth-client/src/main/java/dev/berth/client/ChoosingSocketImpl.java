package dev.berth.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketOption;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A socket over another one, which is made anew for each local port that is tried: a failed connect closes it. Options
 * that were set before go over to each.
 */
final class ChoosingSocketImpl extends SocketImpl {
    private final LocalPorts ports;
    private final OptionsToCome options = new OptionsToCome();
    private final ReentrantLock lock = new ReentrantLock(); // of options, and to write what is volatile
    private volatile Socket socket = new Socket();
    private volatile boolean closed;
    private @Nullable Lease lease;
    private boolean boundByCaller;
    private volatile boolean peerClosedFirst;
    private volatile boolean shutDownHere;

    ChoosingSocketImpl(LocalPorts ports) {
        this.ports = ports;
    }

    @Override
    protected void create(boolean stream) {
        // the first one is there
    }

    @Override
    protected void bind(InetAddress host, int local) throws IOException {
        socket.bind(new InetSocketAddress(host, local));
        boundByCaller = true;
        localport = socket.getLocalPort();
    }

    @Override
    protected void connect(String host, int remotePort) throws IOException {
        connect(new InetSocketAddress(host, remotePort), 0);
    }

    @Override
    protected void connect(InetAddress remoteAddress, int remotePort) throws IOException {
        connect(new InetSocketAddress(remoteAddress, remotePort), 0);
    }

    @Override
    protected void connect(SocketAddress remote, int timeoutMillis) throws IOException {
        int timeout = timeoutMillis == 0 ? ports.timeoutMillis() : timeoutMillis;
        try {
            if (boundByCaller) {
                socket.connect(remote, timeout);
            } else {
                choose(remote, Deadline.in(timeout));
            }
        } catch (IOException | RuntimeException e) {
            close(); // as the JDK's own does
            throw e;
        }
        address = socket.getInetAddress();
        port = socket.getPort();
        localport = socket.getLocalPort();
    }

    private void choose(SocketAddress remote, Deadline deadline) throws IOException {
        try (ConnectAttempt attempt = ports.attempt(remote)) {
            for (boolean connected = false; !connected; ) {
                InetSocketAddress local = attempt.next();
                if (attempt.reuseAddress()) {
                    socket.setReuseAddress(true);
                }
                connected = bind(attempt, local) && connect(attempt, deadline);
            }
            keep(attempt.connected(this));
        }
    }

    private boolean bind(ConnectAttempt attempt, @Nullable InetSocketAddress local) throws IOException {
        try {
            if (local != null) {
                socket.bind(local);
            }
            return true;
        } catch (IOException e) { // the socket is not bound, and may be again
            attempt.bindFailed(e);
            return false;
        }
    }

    private boolean connect(ConnectAttempt attempt, Deadline deadline) throws IOException {
        try {
            socket.connect(attempt.remote(), deadline.millisLeft());
        } catch (IOException e) {
            attempt.connectFailed(e);
            replaceSocket();
            return false;
        }
        if (socket.getLocalPort() == socket.getPort()
                && socket.getLocalAddress().equals(socket.getInetAddress())) {
            socket.setSoLinger(true, 0);
            socket.close();
            throw new ConnectException("nobody listens at " + attempt.remote() + ": the connection had reached itself");
        }
        return true;
    }

    private void replaceSocket() throws IOException {
        var next = new Socket();
        boolean used = false;
        lock.lock();
        try {
            if (closed) {
                throw closed();
            }
            options.setAll(next);
            socket = next;
            used = true;
        } finally {
            lock.unlock();
            if (!used) {
                next.close();
            }
        }
    }

    private void keep(Lease newLease) throws SocketException {
        lock.lock();
        try {
            if (!closed) {
                lease = newLease;
                return;
            }
        } finally {
            lock.unlock();
        }
        newLease.release();
        throw closed();
    }

    private static SocketException closed() {
        return new SocketException("Socket closed");
    }

    @Override
    protected InputStream getInputStream() throws IOException {
        return new InnerInput(socket.getInputStream(), this);
    }

    @Override
    protected OutputStream getOutputStream() throws IOException {
        return new InnerOutput(socket.getOutputStream(), this);
    }

    /** The end of what the peer sends was read. */
    void sawEnd() {
        if (!shutDownHere) {
            peerClosedFirst = true;
        }
    }

    /**
     * What to throw for a failure of the inner socket. An interrupted virtual thread has closed that one, and nobody told the outer
     * one; which closes too when the failure tells it of the interrupt.
     */
    IOException outwards(SocketException failure) {
        boolean byInterrupt = Thread.currentThread().isInterrupted() && socket.isClosed() && !closed;
        return byInterrupt
                ? (IOException) new InterruptedIOException(failure.getMessage()).initCause(failure)
                : failure;
    }

    @Override
    protected int available() throws IOException {
        return socket.getInputStream().available();
    }

    @Override
    protected void shutdownInput() throws IOException {
        shutDownHere = true;
        socket.shutdownInput();
    }

    @Override
    protected void shutdownOutput() throws IOException {
        shutDownHere = true;
        socket.shutdownOutput();
    }

    @Override
    protected void close() throws IOException {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        try {
            socket.close(); // may wait for SO_LINGER
        } finally {
            release();
        }
    }

    private void release() {
        if (lease == null) {
            return;
        }
        boolean reset = options.resetsAtClose() && !shutDownHere; // what was shut down may be in TIME_WAIT already
        if (peerClosedFirst || reset) {
            lease.releaseAtOnce();
        } else {
            lease.release();
        }
    }

    @Override
    protected boolean supportsUrgentData() {
        return true;
    }

    @Override
    protected void sendUrgentData(int data) throws IOException {
        socket.sendUrgentData(data);
    }

    @Override
    public void setOption(int option, Object value) throws SocketException {
        lock.lock();
        try {
            options.set(socket, option, value);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Object getOption(int option) throws SocketException {
        return OptionsToCome.get(socket, option);
    }

    @Override
    protected <T> void setOption(SocketOption<T> option, T value) throws IOException {
        lock.lock();
        try {
            options.set(socket, option, value);
        } finally {
            lock.unlock();
        }
    }

    @Override
    protected <T> T getOption(SocketOption<T> option) throws IOException {
        return socket.getOption(option);
    }

    @Override
    protected Set<SocketOption<?>> supportedOptions() {
        return socket.supportedOptions();
    }

    @Override
    protected void listen(int backlog) throws SocketException {
        throw new SocketException("a client's socket does not listen");
    }

    @Override
    protected void accept(SocketImpl accepted) throws SocketException {
        throw new SocketException("a client's socket does not accept");
    }
}
