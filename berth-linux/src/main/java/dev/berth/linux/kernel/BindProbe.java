package dev.berth.linux.kernel;

import dev.berth.net.Protocol;
import dev.berth.platform.BindOutcome;
import dev.berth.platform.BindRequest;
import dev.berth.platform.SystemError;

/** Tries one bind(2) and lets go at once; nothing ever listens. See ip(7) and ipv6(7). */
final class BindProbe {
    private static final int SOCK_STREAM = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x8_0000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_REUSEADDR = 2;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_V6ONLY = 26;

    private BindProbe() {}

    static BindOutcome attempt(LibC libc, BindRequest request) {
        int socket = -1;
        try {
            boolean v4 = request.address().isV4();
            int type = request.protocol() == Protocol.TCP ? SOCK_STREAM : SOCK_DGRAM;
            socket = libc.socket(SocketAddress.family(request.address()), type | SOCK_CLOEXEC, 0);
            if (!v4) {
                libc.setsockopt(socket, IPPROTO_IPV6, IPV6_V6ONLY, 0); // net.ipv6.bindv6only may say otherwise
            }
            if (request.reuseAddress()) {
                libc.setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, 1);
            }
            NativeBuffer address = SocketAddress.of(request.address(), request.port());
            libc.bind(socket, address, address.capacity());
            return new BindOutcome.Bound();
        } catch (NativeCallException e) {
            return outcome(e);
        } finally {
            if (socket >= 0) {
                libc.close(socket);
            }
        }
    }

    /** Only bind(2) can refuse a port; where a call before it fails, nothing was asked of the port. */
    static BindOutcome outcome(NativeCallException failure) {
        int errno = failure.errno();
        return failure.call().equals("bind")
                ? new BindOutcome.Refused(new SystemError(Errno.name(errno), errno))
                : new BindOutcome.NotTried(failure.call() + " failed: " + Errno.name(errno) + " (" + errno + ")");
    }
}
