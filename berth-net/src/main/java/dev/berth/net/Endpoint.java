package dev.berth.net;

/**
 * One end of a connection, or what a socket is bound to.
 *
 * @param port 0 to 65535; 0 where there is none, as at the remote end of a listener
 */
public record Endpoint(IpAddress address, int port) {
    public Endpoint {
        if (port < 0 || port > Ports.LAST) {
            throw new IllegalArgumentException("port %d: want 0 to %d".formatted(port, Ports.LAST));
        }
    }

    /**
     * Reads {@code 10.0.0.1:443} or {@code [::1]:443}.
     *
     * @throws IllegalArgumentException with a message fit for a person
     */
    public static Endpoint parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException(
                    "'%s' is not an endpoint: want ADDRESS:PORT, like 10.0.0.1:443 or [::1]:443".formatted(text));
        }
        String address = text.substring(0, colon);
        boolean bracketed = address.startsWith("[") && address.endsWith("]");
        if (!bracketed && address.indexOf(':') >= 0) {
            throw new IllegalArgumentException("'%s': put an IPv6 address in brackets, like [::1]:443".formatted(text));
        }
        return new Endpoint(
                IpAddress.parse(bracketed ? address.substring(1, address.length() - 1) : address),
                Ports.parse(text.substring(colon + 1), 0));
    }

    /** {@code 10.0.0.1:443} or {@code [::1]:443}. Reads back by {@link #parse}. */
    @Override
    public String toString() {
        return (address.isV4() ? address.toString() : "[" + address + "]") + ":" + port;
    }
}
