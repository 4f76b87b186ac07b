package dev.berth.diagnosis.explain;

import dev.berth.net.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * One end of a connection as far as a line tells it.
 *
 * @param host its name as written; null where there is none
 * @param address null where the line has none, or a word for any, such as {@code *}
 * @param port 0 to 65535, 0 where the system was asked to choose; null where the line has none
 */
public record LoggedEndpoint(
        @Nullable String host,
        @Nullable IpAddress address,
        @Nullable Integer port) {
    public LoggedEndpoint {
        if (port != null && (port < 0 || port > 65_535)) {
            throw new IllegalArgumentException("port " + port + ": want 0 to 65535");
        }
    }

    /** Of a port alone. */
    public static LoggedEndpoint ofPort(int port) {
        return new LoggedEndpoint(null, null, port);
    }

    boolean agreesWith(LoggedEndpoint other) {
        return (port == null || other.port == null || port.equals(other.port))
                && (address == null || other.address == null || address.equals(other.address));
    }

    /** This one, with what only the other tells. */
    LoggedEndpoint and(@Nullable LoggedEndpoint other) {
        return other == null
                ? this
                : new LoggedEndpoint(
                        host != null ? host : other.host,
                        address != null ? address : other.address,
                        port != null ? port : other.port);
    }

    /** {@code 127.0.0.1:80}, {@code [::1]:80}, {@code localhost:80}, {@code *:80} for any address; without a port the first part. */
    @Override
    public String toString() {
        String where = address == null ? host == null ? "*" : host : address.toString();
        if (port == null) {
            return where;
        }
        return (where.contains(":") ? "[" + where + "]" : where) + ":" + port;
    }
}
