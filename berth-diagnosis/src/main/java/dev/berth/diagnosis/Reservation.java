package dev.berth.diagnosis;

import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.Settings;
import dev.berth.platform.Tunable;
import java.util.List;

/**
 * Keeping ports from automatic choice on Linux ({@code ip_local_reserved_ports}). A write replaces the whole list, so
 * every command names what is reserved already, running and in files, along with the new ports.
 */
public final class Reservation {
    public static final String SETTING = "net.ipv4.ip_local_reserved_ports";

    private static final String FILE = "/etc/sysctl.d/zz-reserved-ports.conf"; // sorts last: the last assignment wins
    private static final int ONE_WRITE = 4_000; // sysctl(8) silently stores only the first page (4,096 bytes)

    private Reservation() {}

    /** Now, and for the next start as well. */
    public static List<Fix> of(PortSet ports, Settings settings) {
        return List.of(now(ports, settings), lasting(ports, settings));
    }

    public static Fix now(PortSet ports, Settings settings) {
        if (unknown(settings)) {
            return unreadable("reserve-port", ports, false);
        }
        String list = merged(ports, settings);
        String command = list.length() < ONE_WRITE
                ? "sysctl -w " + SETTING + "=" + list
                : "echo '" + list + "' > /proc/sys/net/ipv4/ip_local_reserved_ports";
        return new Fix(
                "reserve-port",
                "reserve %s until the next restart: automatic choice passes over it, whoever holds it now keeps it"
                        .formatted(name(ports)),
                command,
                Fix.Risk.LOW,
                false);
    }

    public static Fix lasting(PortSet ports, Settings settings) {
        if (unknown(settings)) {
            return unreadable("reserve-port-persistent", ports, true);
        }
        return new Fix(
                "reserve-port-persistent",
                "keep %s reserved over restarts: the file lists every reservation, as the last one read replaces the others"
                        .formatted(name(ports)),
                "echo '" + SETTING + " = " + merged(ports, settings) + "' > " + FILE,
                Fix.Risk.LOW,
                true);
    }

    /** Whether the list in force could not be read. */
    public static boolean unknown(Settings settings) {
        Tunable reserved = settings.tunables().get(SETTING);
        return reserved != null && reserved.running() == null;
    }

    private static Fix unreadable(String id, PortSet ports, boolean persistent) {
        return new Fix(
                id,
                "add %s to the reserved ports: the list in force could not be read, and a write replaces it whole"
                        .formatted(name(ports)),
                null,
                Fix.Risk.LOW,
                persistent);
    }

    private static String name(PortSet ports) {
        return (ports.size() == 1 ? "port " : "ports ") + ports;
    }

    private static String merged(PortSet ports, Settings settings) {
        PortPolicy policy = settings.policy(Protocol.TCP);
        PortSet all = policy.reserved().plus(ports);
        PortSet inFiles = policy.persistent().reserved();
        if (inFiles != null) {
            all = all.plus(inFiles);
        }
        String running = settings.running(SETTING);
        boolean keepsZero = running != null && running.matches("0([,-].*)?"); // no port, yet part of the list
        return (keepsZero ? "0," : "") + all;
    }
}
