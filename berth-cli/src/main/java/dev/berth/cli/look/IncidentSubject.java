package dev.berth.cli.look;

import dev.berth.diagnosis.explain.Incident;
import dev.berth.diagnosis.explain.LoggedEndpoint;
import dev.berth.diagnosis.explain.LoggedSystem;
import dev.berth.diagnosis.explain.Refusal;
import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.net.Protocol;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a host is asked because of an incident. Incidents with the same subject are answered by one look. */
sealed interface IncidentSubject {
    /** The port that a server wanted. */
    record Port(int port, Protocol protocol, @Nullable IpAddress address, boolean guessed) implements IncidentSubject {}

    /** Any port, as the system chooses it for a bind. */
    record AnyPort(Protocol protocol, @Nullable IpAddress address) implements IncidentSubject {}

    /**
     * Where a client wanted to connect.
     *
     * @param localPort the one that it chose itself; null where the system does
     */
    record Destination(
            Endpoint to,
            @Nullable IpAddress source,
            @Nullable Integer localPort) implements IncidentSubject {}

    /** The destination with the fewest ports left, of those that the lines allow: any address or port where that is null. */
    record FullestDestination(
            @Nullable IpAddress address, @Nullable Integer port) implements IncidentSubject {}

    /** Nothing that a host could tell. */
    record Nothing(String why) implements IncidentSubject {}

    /** What to ask a host of that system, on which the incident was. */
    static IncidentSubject of(Incident incident, LoggedSystem system) {
        return switch (incident.operation()) {
            case BIND, LISTEN -> ofServer(incident);
            case CONNECT -> incident.refusedByProduct() ? ownTable() : ofClient(incident, system);
            case UNKNOWN -> ofEither(incident, system);
        };
    }

    private static IncidentSubject ofServer(Incident incident) {
        Integer port = incident.wantedPort();
        Protocol protocol = protocol(incident);
        if (port != null) {
            return new Port(port, protocol, localAddress(incident), false);
        }
        boolean anyPort = incident.anyPortWanted() || incident.refusal() == Refusal.NO_BUFFER_SPACE;
        if (anyPort) {
            return new AnyPort(protocol, localAddress(incident));
        }
        LoggedEndpoint remote = incident.remote();
        if (remote != null && remote.port() != null) {
            return new Nothing(
                    "port " + remote.port() + " was wanted on the other machine, where the program had connected to");
        }
        return incident.usualPorts().isEmpty()
                ? new Nothing("the lines carry no port")
                : new Port(incident.usualPorts().getFirst(), protocol, localAddress(incident), true);
    }

    private static Nothing ownTable() {
        return new Nothing("the product's own table refused it, and no host knows that table");
    }

    private static IncidentSubject ofClient(Incident incident, LoggedSystem system) {
        Integer chosen = incident.wantedPort();
        boolean bindFailed = incident.refusal() == Refusal.ADDRESS_IN_USE && system != LoggedSystem.WINDOWS;
        if (protocol(incident) == Protocol.UDP || bindFailed && chosen == null) {
            return new AnyPort(protocol(incident), localAddress(incident));
        }
        LoggedEndpoint remote = incident.remote();
        if (remote == null) {
            return bindFailed && chosen != null
                    ? new Port(chosen, Protocol.TCP, localAddress(incident), false)
                    : new FullestDestination(null, null);
        }
        IpAddress address = address(remote);
        Integer port = remote.port();
        if (Integer.valueOf(0).equals(port) || address != null && address.isAny()) {
            return new Nothing(remote + " is no destination");
        }
        if (address == null && remote.host() != null) {
            return new Nothing("the destination is a name, " + remote.host()
                    + ", which may mean another address here; berth why ADDRESS:PORT --as client asks for an address");
        }
        return address == null || port == null
                ? new FullestDestination(address, port)
                : new Destination(new Endpoint(address, port), source(incident, address), bindFailed ? chosen : null);
    }

    /** Where the lines do not tell the call: their ends do, or the error, where servers hardly meet it. */
    private static IncidentSubject ofEither(Incident incident, LoggedSystem system) {
        if (incident.remote() != null) {
            return ofClient(incident, system);
        }
        LoggedEndpoint local = incident.local();
        if (local != null && local.port() != null) {
            return local.port() == 0 ? new AnyPort(protocol(incident), localAddress(incident)) : ofServer(incident);
        }
        boolean inUse = incident.refusal() == Refusal.ADDRESS_IN_USE;
        boolean clientsError = incident.refusal() == Refusal.NO_BUFFER_SPACE
                || incident.refusal() == Refusal.ADDRESS_NOT_AVAILABLE
                || inUse
                        && system == LoggedSystem.WINDOWS
                        && incident.usualPorts().isEmpty();
        if (clientsError) {
            return ofClient(incident, system);
        }
        return incident.usualPorts().isEmpty()
                ? new Nothing("the lines carry neither a port nor a destination")
                : ofServer(incident);
    }

    private static Protocol protocol(Incident incident) {
        return incident.protocol() == null ? Protocol.TCP : incident.protocol();
    }

    /** The address to ask about; null for every one. A link-local one means nothing without its interface. */
    private static @Nullable IpAddress localAddress(Incident incident) {
        IpAddress address = incident.local() == null ? null : address(incident.local());
        return address == null || address.equals(IpAddress.ANY_V6) || isLinkLocal(address) ? null : address;
    }

    private static @Nullable IpAddress source(Incident incident, IpAddress destination) {
        IpAddress address = localAddress(incident);
        return address == null || address.isAny() || address.isV4() != destination.isV4() ? null : address;
    }

    private static boolean isLinkLocal(IpAddress address) {
        return !address.isV4() && address.high() >>> 54 == 0xfe80 >>> 6;
    }

    /** Names are not looked up, but what every host calls itself is known. */
    private static @Nullable IpAddress address(LoggedEndpoint end) {
        if (end.address() != null || end.host() == null) {
            return end.address();
        }
        return switch (end.host().toLowerCase(Locale.ROOT)) {
            case "localhost", "localhost.localdomain", "localhost4" -> IpAddress.parse("127.0.0.1");
            case "ip6-localhost", "ip6-loopback", "localhost6" -> IpAddress.parse("::1");
            default -> null;
        };
    }
}
