package dev.berth.diagnosis;

import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.Settings;
import dev.berth.platform.Settings.Family;
import dev.berth.platform.WindowsSetting;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keeping ports from automatic choice on Linux ({@code ip_local_reserved_ports}), along with what is reserved already; see
 * {@link WindowsReservation} for Windows.
 */
public final class Reservation {
    public static final String SETTING = "net.ipv4.ip_local_reserved_ports";

    private Reservation() {}

    /** Now, and for the next start as well. */
    public static List<Fix> of(PortSet ports, Settings settings) {
        return of(ports, Protocol.TCP, settings);
    }

    /** The same for that protocol; Linux reserves a port for both. */
    public static List<Fix> of(PortSet ports, Protocol protocol, Settings settings) {
        if (settings.ofWindows()) {
            return List.of(WindowsReservation.of(ports, protocol));
        }
        return List.of(now(ports, settings), lasting(ports, settings));
    }

    public static Fix now(PortSet ports, Settings settings) {
        return fix(
                "reserve-port",
                "reserve %s until the next restart: automatic choice passes over %s now keeps it"
                        .formatted(name(ports), ports.size() == 1 ? "it, whoever holds it" : "them, whoever holds one"),
                false,
                ports,
                settings);
    }

    public static Fix lasting(PortSet ports, Settings settings) {
        return fix(
                "reserve-port-persistent",
                "reserve %s now and over restarts; what is reserved already stays so".formatted(name(ports)),
                true,
                ports,
                settings);
    }

    private static Fix fix(String id, String summary, boolean persistent, PortSet ports, Settings settings) {
        return unknown(settings)
                ? new Fix(
                        id,
                        "add %s to the reserved ports: the list in force could not be read, and a write replaces it whole"
                                .formatted(name(ports)),
                        null,
                        Fix.Risk.LOW,
                        persistent)
                : Fix.of(id, summary, Fix.Risk.LOW, persistent, List.of(new Aim.Reserve(ports)));
    }

    /** Whether the list in force, of TCP, could not be read. */
    public static boolean unknown(Settings settings) {
        return unknown(settings, Protocol.TCP);
    }

    /** Whether the list in force could not be read; Linux has one for both protocols. */
    public static boolean unknown(Settings settings, Protocol protocol) {
        Stream<String> lists = settings.ofWindows()
                ? Stream.of(Family.values()).map(family -> WindowsSetting.excludedPorts(protocol, family))
                : Stream.of(SETTING);
        return lists.map(list -> settings.tunables().get(list))
                .anyMatch(reserved -> reserved != null && reserved.running() == null);
    }

    private static String name(PortSet ports) {
        return (ports.size() == 1 ? "port " : "ports ") + ports.inShort();
    }
}
