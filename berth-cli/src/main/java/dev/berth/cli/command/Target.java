package dev.berth.cli.command;

import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.net.PortRange;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants to connect to, as it was typed: {@code 10.0.0.5:443}, {@code [::1]:443} or {@code db.example:5432}.
 *
 * @param address null for a name
 */
record Target(String host, @Nullable IpAddress address, int port) {
    private static final String NAME = "[A-Za-z0-9_]([A-Za-z0-9_.-]{0,252}[A-Za-z0-9_.])?";

    /** Whether the word is more than a port, rightly or wrongly written. */
    static boolean looksLikeOne(String text) {
        return text.indexOf(':') >= 0;
    }

    /** @throws IllegalArgumentException with the reason in plain words */
    static Target parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon <= 0) {
            throw new IllegalArgumentException("a client is asked about as HOST:PORT, like 10.0.0.5:443");
        }
        int port = port(text.substring(colon + 1));
        String host = text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (!bracketed && host.indexOf(':') >= 0) {
            throw new IllegalArgumentException("an IPv6 address is put in brackets, like [::1]:443");
        }
        if (!bracketed && !isNumeric(host)) {
            if (!host.matches(NAME)) {
                throw new IllegalArgumentException("'" + host + "' is neither an address nor a name");
            }
            return new Target(host, null, port);
        }
        IpAddress address = IpAddress.parse(bracketed ? host.substring(1, host.length() - 1) : host);
        if (bracketed && host.indexOf(':') < 0) {
            throw new IllegalArgumentException("brackets are for IPv6 addresses");
        }
        if (address.isAny()) {
            throw new IllegalArgumentException(address + " is what servers bind; nobody is connected to it");
        }
        return new Target(host, address, port);
    }

    private static int port(String text) {
        PortRange range;
        try {
            range = PortRange.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a port is one number from 1 to 65535", e);
        }
        if (!text.equals(Integer.toString(range.first()))) { // no range, and no 080
            throw new IllegalArgumentException("a port is one number from 1 to 65535");
        }
        return range.first();
    }

    private static boolean isNumeric(String host) {
        return host.matches("[0-9.]+");
    }

    Endpoint at(IpAddress where) {
        return new Endpoint(where, port);
    }
}
