package dev.berth.linux.kernel;

import org.jspecify.annotations.Nullable;

/**
 * What tells a network namespace from every other since the system started: a number that counts up, socket(7)
 * SO_NETNS_COOKIE. Any socket of the namespace tells it.
 */
final class NamespaceCookie {
    private static final int AF_INET = 2;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x8_0000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_NETNS_COOKIE = 71; // since Linux 5.14

    private NamespaceCookie() {}

    /** That of the calling thread's namespace; null where no socket is to be had, or the kernel is older. */
    static @Nullable Long read(LibC libc) {
        int socket = -1;
        try {
            socket = libc.socket(AF_INET, SOCK_DGRAM_CLOEXEC, 0);
            return libc.getsockoptLong(socket, SOL_SOCKET, SO_NETNS_COOKIE);
        } catch (NativeCallException e) {
            return null;
        } finally {
            if (socket >= 0) {
                libc.close(socket);
            }
        }
    }
}
