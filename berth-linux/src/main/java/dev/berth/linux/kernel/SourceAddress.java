package dev.berth.linux.kernel;

import dev.berth.net.IpAddress;
import java.util.Optional;

/**
 * Which address the routes choose: what a UDP socket has once it is connected, for which no packet is sent. It borrows a
 * dynamic UDP port for that moment. See udp(7).
 */
final class SourceAddress {
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x8_0000;
    private static final int DISCARD = 9; // a port there must be; nothing is sent to it

    private SourceAddress() {}

    /** Empty where there is no route, or no port to borrow. */
    static Optional<IpAddress> towards(LibC libc, IpAddress destination) {
        int socket = -1;
        try {
            socket = libc.socket(SocketAddress.family(destination), SOCK_DGRAM_CLOEXEC, 0);
            NativeBuffer address = SocketAddress.of(destination, DISCARD);
            libc.connect(socket, address, address.capacity());
            var name = new NativeBuffer(SocketAddress.SIZE);
            libc.getsockname(socket, name);
            return Optional.of(SocketAddress.address(name));
        } catch (NativeCallException e) {
            return Optional.empty();
        } finally {
            if (socket >= 0) {
                libc.close(socket);
            }
        }
    }
}
