package dev.berth.diagnosis.explain;

import org.jspecify.annotations.Nullable;

/** What is known to make a system, or a product, refuse a port. What holds on one kind of system only says so. */
public enum KnownCause {
    LISTENER("listener", "Another socket listens on the port; a UDP socket has it by being bound."),
    CLIENT(
            "client",
            "A connection has the port as its own end: it went out and was given it, or it came in and outlived its listener."),
    TIME_WAIT(
            "time-wait",
            "A connection that is closed already keeps the port in TIME_WAIT, for a minute on Linux; on Windows that is in no "
                    + "server's way."),
    BOUND_ONLY(
            "bound-only",
            "A socket is bound to the port and neither listens nor is connected, so that few tools show it."),
    EXCLUDED(
            "excluded",
            "The system keeps the port from programs though nobody has it: an excluded range on Windows, which does not spare "
                    + "administrators, or a policy on Linux."),
    PRIVILEGED_PORT(
            "privileged-port",
            "The port is one of those that only privileged programs may bind: on Linux below "
                    + "net.ipv4.ip_unprivileged_port_start, which is 1024 unless set."),
    ELSEWHERE("elsewhere", "A rule of the host sends the port's traffic elsewhere, as for a published container."),
    BLOCKED_UNSEEN(
            "blocked-unseen",
            "Something has the port that no table shows, on Windows such as WSL's mirrored networking or a driver's reservation."),
    ADDRESS_NOT_LOCAL(
            "address-not-local",
            "The local address that the program asked for is not one of its host, or IPv6 is off there and it is of IPv6."),
    NO_PORT_LEFT(
            "no-port-left",
            "The system was to choose a port, and its dynamic range has none left that it could give to one socket alone."),
    TUPLE_SPACE_EXHAUSTED(
            "tuple-space-exhausted",
            "No local port is left for the destination: all are in use towards it, TIME_WAIT included, or closed to automatic "
                    + "choice."),
    PAST_CLIFF(
            "past-cliff",
            "Linux tries half of the ports first, and towards the destination they are nearly used up: connects are slow, and "
                    + "fail once the other half is used up too."),
    RECENT_TUPLE(
            "recent-tuple",
            "On Windows, the chosen local port had been connected to the same destination shortly before, and that connection "
                    + "is in TIME_WAIT or still closing."),
    DUPLICATE_TUPLE(
            "duplicate-tuple",
            "The client chose its local port itself, and a connection from it to the destination is there already."),
    BIND_BEFORE_CONNECT(
            "bind-before-connect",
            "The client binds its socket before it connects, and so wants a port that no other socket has, whatever its "
                    + "destination."),
    INVALID_REMOTE("invalid-remote", "The destination cannot be connected to: the address 0.0.0.0 or ::, or port 0."),
    NO_IPV6("no-ipv6", "The destination is an IPv6 address, and the client's host has none to connect from."),
    PRODUCT_TABLE("product-table", "A table of the product's own says that the port is given away."),
    URL_TAKEN("url-taken", "Another program has registered the URL with http.sys."),
    FORBIDDEN(
            "forbidden", "A rule of the client's host forbids the connection: of a firewall, or of a security module."),
    NO_MEMORY("no-memory", "The system had no memory for the socket; outside Windows that is not for want of a port.");

    private final String id;
    private final String meaning;

    KnownCause(String id, String meaning) {
        this.id = id;
        this.meaning = meaning;
    }

    /** Stable; see {@link PossibleCause#id()}. */
    public String id() {
        return id;
    }

    /** Whether it can make a system refuse like that; true where the lines do not tell how. For want of ports Windows refuses in further ways. */
    public boolean gives(@Nullable Refusal refusal) {
        return refusal == null
                || switch (this) {
                    case LISTENER, CLIENT, TIME_WAIT, BOUND_ONLY -> refusal == Refusal.ADDRESS_IN_USE;
                    case BLOCKED_UNSEEN -> refusal == Refusal.ADDRESS_IN_USE || refusal == Refusal.ACCESS_DENIED;
                    case EXCLUDED, PRIVILEGED_PORT, FORBIDDEN -> refusal == Refusal.ACCESS_DENIED;
                    case TUPLE_SPACE_EXHAUSTED,
                            PAST_CLIFF,
                            DUPLICATE_TUPLE,
                            ADDRESS_NOT_LOCAL,
                            NO_IPV6,
                            INVALID_REMOTE -> refusal == Refusal.ADDRESS_NOT_AVAILABLE;
                    case NO_PORT_LEFT, BIND_BEFORE_CONNECT, RECENT_TUPLE, URL_TAKEN ->
                        refusal == Refusal.ADDRESS_IN_USE;
                    case NO_MEMORY -> refusal == Refusal.NO_BUFFER_SPACE;
                    case ELSEWHERE, PRODUCT_TABLE -> false;
                };
    }

    /** It, with whether the host shows it. */
    public PossibleCause confirmed(@Nullable Boolean confirmed) {
        return new PossibleCause(id, meaning, confirmed);
    }
}
