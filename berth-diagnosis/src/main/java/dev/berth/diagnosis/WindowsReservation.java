package dev.berth.diagnosis;

import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeping ports from automatic choice on Windows: an administered exclusion, in force at once and over restarts. It is refused
 * for a port that a socket holds, or that another exclusion has.
 */
public final class WindowsReservation {
    private WindowsReservation() {}

    /** Of ports that nobody holds. */
    public static Fix of(PortSet ports, Protocol protocol) {
        return fix(
                "exclude " + name(ports)
                        + " from automatic choice, now and over restarts; a bind by number still works",
                "",
                Fix.Risk.LOW,
                ports,
                protocol);
    }

    /**
     * Of a port that is held, which Windows does not exclude: first it is let go.
     *
     * @param service the service that has it, or null where that is none, or nobody knows
     */
    public static Fix ofHeld(PortRange port, Protocol protocol, @Nullable String service) {
        PortSet ports = PortSet.of(port);
        return service != null
                ? fix(
                        ("stop the service %s, exclude %s and start it again: Windows excludes no port that is held, even for who "
                                        + "holds it")
                                .formatted(service, name(ports)),
                        " --restart-services",
                        Fix.Risk.MEDIUM,
                        ports,
                        protocol)
                : onceLetGo(ports, protocol);
    }

    /** Of ports that services are configured for, in a dynamic range that stays as it is. */
    public static Fix ofServices(PortSet ports, Protocol protocol) {
        return fix(
                "exclude %s; a service that holds one is stopped meanwhile, and started again".formatted(name(ports)),
                " --restart-services",
                Fix.Risk.MEDIUM,
                ports,
                protocol);
    }

    /** Of ports that are held, and by no service that could be stopped for it. */
    public static Fix onceLetGo(PortSet ports, Protocol protocol) {
        return fix(
                "once %s let go, and before a server starts: exclude %s, which Windows does to no port that is held"
                        .formatted(ports.size() == 1 ? "it is" : "they are", name(ports)),
                "",
                Fix.Risk.LOW,
                ports,
                protocol);
    }

    /** Of ports in a block of WinNAT, which gives its blocks back while it is stopped. */
    public static Fix fromWinNat(PortSet ports, Protocol protocol) {
        return fix(
                "stop WinNAT, exclude %s and start WinNAT again: WSL2, containers and Hyper-V have no network meanwhile"
                        .formatted(name(ports)),
                " --restart-winnat",
                Fix.Risk.HIGH,
                ports,
                protocol);
    }

    private static Fix fix(String summary, String option, Fix.Risk risk, PortSet ports, Protocol protocol) {
        List<Aim> aims = List.of(new Aim.Reserve(ports, protocol));
        return new Fix("reserve-port", summary, AimCommand.of("reserve-port", aims, false) + option, risk, true, aims);
    }

    private static String name(PortSet ports) {
        return (ports.size() == 1 ? "port " : "ports ") + ports.inShort();
    }
}
