package dev.berth.diagnosis.explain;

import dev.berth.net.Protocol;
import org.jspecify.annotations.Nullable;

/** The sentences of {@link PossibleCauses#meaning}. */
final class Meanings {
    private Meanings() {}

    static String of(Incident incident, @Nullable LoggedSystem system) {
        if (incident.refusedByProduct()) {
            return "A table of the product's own refused it, and no system was asked: the product itself has given away what "
                    + "was wanted, or still believes so.";
        }
        return switch (incident.operation()) {
            case BIND, LISTEN -> ofBind(incident, system);
            case CONNECT -> ofConnect(incident, system);
            case UNKNOWN ->
                "The lines do not tell whether a server wanted the port or a client wanted to connect. If a server did: "
                        + ofBind(incident, system)
                        + " If a client did: " + ofConnect(incident, system);
        };
    }

    private static String ofBind(Incident incident, @Nullable LoggedSystem system) {
        return switch (incident.refusal()) {
            case ADDRESS_IN_USE ->
                incident.anyPortWanted() ? noPortLeft() : held(system) + JdkOnWindows.sentence(incident, system);
            case ADDRESS_NOT_AVAILABLE ->
                "The local address is not one of the host that refused it, so nothing can be bound to it there, on any port.";
            case ACCESS_DENIED -> denied(incident, system);
            case NO_BUFFER_SPACE -> outOfBuffers(system, "the system was to choose a port and had none left");
            case null ->
                "The product could not have the port, and does not say how the system refused it."
                        + JdkOnWindows.sentence(incident, system);
        };
    }

    private static String noPortLeft() {
        return "No port was asked for by number: the system was to choose one and had none left. So there is no port whose "
                + "holder could be looked for.";
    }

    private static String held(@Nullable LoggedSystem system) {
        String held = "Something had the port already.";
        return switch (system) {
            case WINDOWS ->
                held + " That need not be a listener, and is never a TIME_WAIT, over which Windows lets servers bind.";
            case LINUX ->
                held
                        + " That need not be a listener: a connection that was given the port as its own end is in the way too, "
                        + "open or in TIME_WAIT, and a server's SO_REUSEADDR helps only where that socket had set it as well.";
            case BSD ->
                held
                        + " That need not be a listener. (Berth knows the rules of Linux and Windows, not those of this system.)";
            case null ->
                held
                        + " That need not be a listener: a connection that was given the port as its own end is in the way too.";
        };
    }

    private static String denied(Incident incident, @Nullable LoggedSystem system) {
        String windows =
                "Windows refuses a bind like this (10013) where the port lies in an excluded range, and where another "
                        + "socket has it for itself alone; it does not mean that the program should run as administrator.";
        String elsewhere =
                "The system forbids this program the port: a privileged one, or one that a policy keeps. Nobody need "
                        + "have it.";
        return switch (system) {
            case WINDOWS ->
                windows
                        + ("nginx".equals(incident.product())
                                ? " nginx prints it for a plain conflict too, as when http.sys has the port."
                                : "");
            case LINUX, BSD -> elsewhere;
            case null -> elsewhere + " On Windows: " + windows;
        };
    }

    private static String outOfBuffers(@Nullable LoggedSystem system, String noPort) {
        String windows = "Windows says so (10055) where " + noPort + ".";
        String elsewhere =
                "The system had no memory for the socket. Ports that run out show as other errors than this.";
        return switch (system) {
            case WINDOWS -> windows;
            case LINUX, BSD -> elsewhere;
            case null -> windows + " Elsewhere it is no matter of ports.";
        };
    }

    private static String ofConnect(Incident incident, @Nullable LoggedSystem system) {
        String ports = incident.protocol() == Protocol.UDP
                ? "No local port was left."
                : "No local port was left for the destination.";
        return switch (incident.refusal()) {
            case ADDRESS_IN_USE -> connectInUse(incident, system);
            case ADDRESS_NOT_AVAILABLE ->
                switch (system) {
                    case WINDOWS ->
                        "Windows says so (10049) of a connect whose destination is invalid, or whose client had asked for a local "
                                + "address that is not its host's. It is not for want of a port.";
                    case LINUX, BSD ->
                        ports + " Or the client had asked for a local address or port that could not serve there.";
                    case null ->
                        ports
                                + " Or the client had asked for a local address or port that could not serve there; on Windows, or "
                                + "the destination is invalid.";
                };
            case ACCESS_DENIED -> "The client's own system forbids the connection. It is not for want of a port.";
            case NO_BUFFER_SPACE ->
                outOfBuffers(
                        system,
                        "no local port is left to connect from, for this destination or for a socket that was bound before");
            case null ->
                "The connect failed, and the line does not say how the system refused it; here it is looked at whether a local "
                        + "port was left. That nobody answers is another question.";
        };
    }

    private static String connectInUse(Incident incident, @Nullable LoggedSystem system) {
        String linux = incident.wantedPort() == null
                ? "the client binds its socket before it connects, and the port that it chose was taken, or the system had none left that nobody has; a connect "
                        + "alone fails with EADDRNOTAVAIL instead"
                : "the client wanted that local port, and another socket has it";
        String windows =
                "no local port is left for the destination, or the one that was chosen had been connected there just before";
        return switch (system) {
            case LINUX -> "On Linux that is no connect but a bind that failed: " + linux + ".";
            case WINDOWS -> "On Windows that means: " + windows + ".";
            case BSD ->
                "The client's own end was refused: it binds its socket before it connects, or no local port was left.";
            case null -> "On Linux: " + linux + ". On Windows: " + windows + ".";
        };
    }
}
