package dev.berth.platform;

import dev.berth.net.Endpoint;
import dev.berth.net.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * Exactly one socket of one network namespace, and never a later one at the same place.
 *
 * @param remote null where there is no remote end
 * @param device the index of the device it is bound to; 0 for none
 * @param cookie {@link SocketRow#cookie()}; 0, where the source does not tell it, names no socket for sure
 */
public record SocketId(
        Protocol protocol, Endpoint local, @Nullable Endpoint remote, int device, long cookie) {
    /** The socket that {@code row} is. */
    public static SocketId of(SocketRow row) {
        Endpoint remote = row.remotePort() == 0 ? null : row.remote();
        return new SocketId(row.protocol(), row.local(), remote, row.device(), row.cookie());
    }
}
