package dev.berth.windows.control;

import dev.berth.net.Endpoint;
import dev.berth.net.PortRange;
import dev.berth.net.Protocol;
import dev.berth.platform.ActOutcome;
import dev.berth.platform.HostReadException;
import dev.berth.platform.SocketCursor;
import dev.berth.platform.SocketDump;
import dev.berth.platform.SocketId;
import dev.berth.platform.SocketQuery;
import dev.berth.windows.system.WindowsActs;
import dev.berth.windows.system.WindowsErrorException;
import dev.berth.windows.system.WindowsSystem;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;

/**
 * Ends connections with SetTcpEntry, which knows IPv4 connections by their ends alone. So the table says just before whether
 * it is still the same one, and afterwards whether it is gone, whatever the call answers.
 */
final class ConnectionEnd {
    private static final int MIB_TCP_STATE_DELETE_TCB = 12;
    private static final int MIB_TCPROW_BYTES = 20;
    private static final int ERROR_NETWORK_ACCESS_DENIED = 65;

    /** What SetTcpEntry answers, for one, who is not elevated: its documentation has 5. */
    private static final int ERROR_MR_MID_NOT_FOUND = 317;

    private static final Duration GLANCE = Duration.ofMillis(50);
    private static final int GLANCES = 20;

    private final Sockets sockets;
    private final WindowsSystem system;
    private final WindowsActs acts;

    ConnectionEnd(Sockets sockets, WindowsSystem system, WindowsActs acts) {
        this.sockets = sockets;
        this.system = system;
        this.acts = acts;
    }

    /** Reads the table of this system. */
    interface Sockets {
        SocketDump read(SocketQuery query) throws HostReadException;
    }

    ActOutcome destroy(SocketId socket) {
        Endpoint remote = socket.remote();
        if (socket.protocol() == Protocol.UDP || remote == null) {
            return new ActOutcome.Failed("it is not a connection: a socket that listens, or is only bound, lets go of"
                    + " its port when its process closes it");
        }
        if (socket.cookie() == 0) {
            return new ActOutcome.Failed("its identity is unknown, so another connection could have taken its place");
        }
        if (!socket.local().address().isV4()) {
            return new ActOutcome.NotOnThisSystem(
                    "Windows ends single connections of IPv4 only (SetTcpEntry): its process must close this one");
        }
        try {
            return isThere(socket) ? end(socket, row(socket.local(), remote)) : gone();
        } catch (HostReadException e) {
            return new ActOutcome.Failed(e.getMessage() + ": " + e.why());
        }
    }

    private static ActOutcome gone() {
        return new ActOutcome.Gone("it was closed in the meantime");
    }

    private ActOutcome end(SocketId socket, byte[] row) throws HostReadException {
        int error = 0;
        try {
            acts.deleteTcpEntry(row);
        } catch (WindowsErrorException e) {
            error = e.number();
        }
        boolean denied = error == WindowsErrorException.ACCESS_DENIED
                || error == ERROR_NETWORK_ACCESS_DENIED
                || error == ERROR_MR_MID_NOT_FOUND && !system.version().elevated();
        if (denied) {
            return new ActOutcome.NotPermitted(Services.ELEVATED);
        }
        boolean left = isThere(socket);
        for (int i = 0; i < GLANCES && left && error == 0; i++) {
            if (!slept()) {
                break;
            }
            left = isThere(socket);
        }
        return left
                ? new ActOutcome.Failed(
                        error == 0
                                ? "SetTcpEntry says it is done, and the connection is still there"
                                : "SetTcpEntry failed with error " + error)
                : new ActOutcome.Done();
    }

    private static boolean slept() {
        try {
            Thread.sleep(GLANCE);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean isThere(SocketId socket) throws HostReadException {
        SocketQuery query =
                SocketQuery.all(Protocol.TCP).with(PortRange.of(socket.local().port()));
        try (SocketDump dump = sockets.read(query)) {
            for (SocketCursor part : dump.parts()) {
                while (part.next()) {
                    if (part.cookie() == socket.cookie() && SocketId.of(part).equals(socket)) {
                        return true;
                    }
                }
            }
            return false;
        }
    }

    /** A MIB_TCPROW: five DWORDs, of which addresses and ports hold their bytes in network order. */
    static byte[] row(Endpoint local, Endpoint remote) {
        ByteBuffer row = ByteBuffer.allocate(MIB_TCPROW_BYTES);
        row.order(ByteOrder.LITTLE_ENDIAN).putInt(MIB_TCP_STATE_DELETE_TCB).order(ByteOrder.BIG_ENDIAN);
        for (Endpoint end : new Endpoint[] {local, remote}) {
            row.putInt((int) end.address().low()).putShort((short) end.port()).putShort((short) 0);
        }
        return row.array();
    }
}
