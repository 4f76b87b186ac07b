package dev.berth.client;

import java.net.Socket;
import java.net.SocketException;

/** A socket that chooses its local port when it connects. */
final class ChoosingSocket extends Socket {
    ChoosingSocket(LocalPorts ports) throws SocketException {
        super(new ChoosingSocketImpl(ports));
    }
}
