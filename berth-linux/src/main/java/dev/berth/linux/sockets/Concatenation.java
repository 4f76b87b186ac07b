package dev.berth.linux.sockets;

import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import dev.berth.platform.HostReadException;
import dev.berth.platform.SocketCursor;

/** One cursor after another, for the kernel that lets sock_diag show one protocol and not the other. */
final class Concatenation implements SocketCursor {
    private final SocketCursor second;
    private SocketCursor current;

    Concatenation(SocketCursor first, SocketCursor second) {
        this.current = first;
        this.second = second;
    }

    @Override
    public boolean next() throws HostReadException {
        if (current.next()) {
            return true;
        }
        current = second;
        return current.next();
    }

    @Override
    public Protocol protocol() {
        return current.protocol();
    }

    @Override
    public TcpState state() {
        return current.state();
    }

    @Override
    public long localHigh() {
        return current.localHigh();
    }

    @Override
    public long localLow() {
        return current.localLow();
    }

    @Override
    public int localPort() {
        return current.localPort();
    }

    @Override
    public long remoteHigh() {
        return current.remoteHigh();
    }

    @Override
    public long remoteLow() {
        return current.remoteLow();
    }

    @Override
    public int remotePort() {
        return current.remotePort();
    }

    @Override
    public long inode() {
        return current.inode();
    }

    @Override
    public long cookie() {
        return current.cookie();
    }

    @Override
    public long cgroup() {
        return current.cgroup();
    }

    @Override
    public int uid() {
        return current.uid();
    }

    @Override
    public int expiresInMillis() {
        return current.expiresInMillis();
    }

    @Override
    public long silentMillis() {
        return current.silentMillis();
    }

    @Override
    public long receiveQueue() {
        return current.receiveQueue();
    }

    @Override
    public long sendQueue() {
        return current.sendQueue();
    }

    @Override
    public int device() {
        return current.device();
    }

    @Override
    public boolean v6Only() {
        return current.v6Only();
    }
}
