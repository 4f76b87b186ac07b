package dev.berth.client;

import java.io.IOException;
import java.io.InputStream;
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
    private final ReentrantLock lock = new ReentrantLock(); // of socket, lease and closed
    private Socket socket = new Socket();
    private @Nullable Lease lease;
    private boolean closed;
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
        if (boundByCaller) {
            socket.connect(remote, timeout);
        } else {
            choose(remote, Deadline.in(timeout));
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
            throw new ConnectException("nobody listens at " + attempt.remote() + ": the connection had reached itself");
        }
        return true;
    }

    private void replaceSocket() throws IOException {
        var next = new Socket();
        lock.lock();
        try {
            if (closed) {
                throw new SocketException("Socket closed");
            }
            socket = next;
        } finally {
            lock.unlock();
        }
        options.setAll(next);
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
        throw new SocketException("Socket closed");
    }

    @Override
    protected InputStream getInputStream() throws IOException {
        return new PeerEndStream(socket.getInputStream(), () -> peerClosedFirst = !shutDownHere);
    }

    @Override
    protected OutputStream getOutputStream() throws IOException {
        return socket.getOutputStream();
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
            socket.close();
        } finally {
            lock.unlock();
        }
        if (lease != null) {
            if (peerClosedFirst || options.resetsAtClose()) {
                lease.releaseAtOnce();
            } else {
                lease.release();
            }
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
        options.set(socket, option, value);
    }

    @Override
    public Object getOption(int option) throws SocketException {
        return OptionsToCome.get(socket, option);
    }

    @Override
    protected <T> void setOption(SocketOption<T> option, T value) throws IOException {
        options.set(socket, option, value);
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
