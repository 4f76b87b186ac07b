package dev.berth.linux.control;

import dev.berth.linux.kernel.Kernel;
import dev.berth.linux.sockets.Sockets;
import dev.berth.net.PortRange;
import dev.berth.net.Protocol;
import dev.berth.platform.ActOutcome;
import dev.berth.platform.HostReadException;
import dev.berth.platform.SocketCursor;
import dev.berth.platform.SocketDump;
import dev.berth.platform.SocketId;
import dev.berth.platform.SocketQuery;
import dev.berth.platform.SocketQuery.PortOrigin;
import java.util.List;

/**
 * Ends connections, and refuses what would disturb a process and free nothing: destroyed, a TCP listener accepts no more
 * and still holds its port, and a UDP socket that was bound to its port by number loses a message and holds it as well
 * (seen on 6.18).
 */
final class ConnectionEnd {
    private static final long ANY = -1; // INET_DIAG_NOCOOKIE, linux/inet_diag.h: the kernel would not compare

    private final Kernel kernel;

    ConnectionEnd(Kernel kernel) {
        this.kernel = kernel;
    }

    ActOutcome destroy(SocketId socket) {
        if (socket.cookie() == 0 || socket.cookie() == ANY) {
            return new ActOutcome.Failed("its identity is unknown: /proc/net tells no cookies, so another connection"
                    + " could have taken its place unnoticed");
        }
        if (socket.protocol() == Protocol.TCP && socket.remote() == null) {
            return new ActOutcome.Failed("it is not a connection: to destroy a socket that listens, or is only bound,"
                    + " does not free its port; its process must close it");
        }
        try {
            if (socket.protocol() == Protocol.UDP && isBoundByNumber(socket)) {
                return new ActOutcome.Failed("its process asked for this port by number: to destroy such a UDP socket"
                        + " does not free the port; its process must close it");
            }
            return kernel.destroy(socket);
        } catch (HostReadException e) {
            return new ActOutcome.Failed(e.getMessage() + ": " + e.why());
        }
    }

    private boolean isBoundByNumber(SocketId socket) throws HostReadException {
        SocketQuery query = SocketQuery.all(socket.protocol())
                .with(PortRange.of(socket.local().port()))
                .with(PortOrigin.EXPLICIT);
        try (SocketDump dump = Sockets.dump(kernel, query, 1, List.of())) {
            for (SocketCursor part : dump.parts()) {
                while (part.next()) {
                    if (part.cookie() == socket.cookie()) {
                        return true;
                    }
                }
            }
            return false;
        }
    }
}
