package dev.berth.linux.kernel;

import dev.berth.net.IpAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** {@code struct sockaddr_in} and {@code struct sockaddr_in6}: ip(7) and ipv6(7). */
final class SocketAddress {
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    /** As large as the larger. */
    static final int SIZE = 28;

    private static final int SOCKADDR_IN_SIZE = 16;
    private static final int ADDRESS = 4; // offsets in each
    private static final int ADDRESS6 = 8;

    private SocketAddress() {}

    static int family(IpAddress address) {
        return address.isV4() ? AF_INET : AF_INET6;
    }

    static NativeBuffer of(IpAddress address, int port) {
        boolean v4 = address.isV4();
        var memory = new NativeBuffer(v4 ? SOCKADDR_IN_SIZE : SIZE);
        ByteBuffer bytes = memory.bytes();
        bytes.putShort((short) family(address)).order(ByteOrder.BIG_ENDIAN).putShort((short) port);
        bytes.put(v4 ? ADDRESS : ADDRESS6, address.toBytes());
        return memory;
    }

    /** The address in what getsockname(2) filled in. */
    static IpAddress address(NativeBuffer filled) {
        boolean v4 = filled.bytes().getShort(0) == AF_INET;
        byte[] address = new byte[v4 ? 4 : 16];
        filled.bytes().get(v4 ? ADDRESS : ADDRESS6, address);
        return IpAddress.of(address);
    }
}
