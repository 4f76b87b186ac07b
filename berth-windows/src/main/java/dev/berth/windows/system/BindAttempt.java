package dev.berth.windows.system;

import dev.berth.net.IpAddress;
import dev.berth.net.Protocol;
import dev.berth.platform.BindOutcome;
import dev.berth.platform.BindRequest;
import dev.berth.platform.SystemError;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Tries one bind and lets go at once; nothing ever listens. Numbers are those of winsock2.h and ws2ipdef.h. */
final class BindAttempt {
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 23;
    private static final int SOCK_STREAM = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int IPPROTO_TCP = 6;
    private static final int IPPROTO_UDP = 17;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_V6ONLY = 27;
    private static final int SOL_SOCKET = 0xffff;
    private static final int SO_REUSEADDR = 4;
    private static final int SO_EXCLUSIVEADDRUSE = ~SO_REUSEADDR;
    private static final int SOCKADDR_IN_SIZE = 16;
    private static final int SOCKADDR_IN6_SIZE = 28;

    private BindAttempt() {}

    static BindOutcome of(BindRequest request) {
        try {
            Winsock.startup();
            boolean v4 = request.address().isV4();
            boolean tcp = request.protocol() == Protocol.TCP;
            long socket = Winsock.socket(
                    v4 ? AF_INET : AF_INET6, tcp ? SOCK_STREAM : SOCK_DGRAM, tcp ? IPPROTO_TCP : IPPROTO_UDP);
            try {
                if (!v4) {
                    Winsock.setsockopt(socket, IPPROTO_IPV6, IPV6_V6ONLY, 0); // it is on unless switched off
                }
                switch (request.option()) {
                    case NONE -> {}
                    case REUSE_ADDRESS -> Winsock.setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, 1);
                    case EXCLUSIVE -> Winsock.setsockopt(socket, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, 1);
                }
                Winsock.bind(socket, socketAddress(request.address(), request.port()));
                return new BindOutcome.Bound();
            } finally {
                Winsock.close(socket);
            }
        } catch (WindowsErrorException e) {
            return outcome(e);
        }
    }

    /** A {@code sockaddr_in} or {@code sockaddr_in6}. */
    static byte[] socketAddress(IpAddress address, int port) {
        boolean v4 = address.isV4();
        var bytes = ByteBuffer.allocate(v4 ? SOCKADDR_IN_SIZE : SOCKADDR_IN6_SIZE);
        bytes.order(ByteOrder.LITTLE_ENDIAN).putShort((short) (v4 ? AF_INET : AF_INET6));
        bytes.order(ByteOrder.BIG_ENDIAN).putShort((short) port);
        if (!v4) {
            bytes.putInt(0); // sin6_flowinfo
        }
        return bytes.put(address.toBytes()).array();
    }

    /** Only bind can refuse a port; where a call before it fails, nothing was asked of the port. */
    static BindOutcome outcome(WindowsErrorException failure) {
        int number = failure.number();
        String name = SocketError.name(number);
        return failure.call().equals("bind")
                ? new BindOutcome.Refused(new SystemError(name, number))
                : new BindOutcome.NotTried(failure.call() + " failed: " + name + " (" + number + ")");
    }
}
