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

    /** What a command goes on with that reserves ports first. */
    static final String THEN = " && ";

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
        return new Fix(
                "reserve-port",
                "reserve %s until the next restart: automatic choice passes over %s now keeps it"
                        .formatted(name(ports), ports.size() == 1 ? "it, whoever holds it" : "them, whoever holds one"),
                writeNow(merged(ports, settings)),
                Fix.Risk.LOW,
                false,
                ports);
    }

    public static Fix lasting(PortSet ports, Settings settings) {
        if (unknown(settings)) {
            return unreadable("reserve-port-persistent", ports, true);
        }
        return new Fix(
                "reserve-port-persistent",
                "keep %s reserved over restarts: the file lists every reservation, as the last one read replaces the others"
                        .formatted(name(ports)),
                writeFile(merged(ports, settings)),
                Fix.Risk.LOW,
                true,
                ports);
    }

    /**
     * The ways out of one finding of several, reserving what the others want reserved as well: so all of them lead to the
     * same list, and none undoes another.
     *
     * @param wanted what any finding wants reserved
     */
    public static List<Fix> joined(List<Fix> fixes, PortSet wanted, Settings settings) {
        String list = merged(wanted, settings);
        return fixes.stream()
                .map(fix -> fix.command() == null
                                || fix.reserves().isEmpty()
                                || list.equals(merged(fix.reserves(), settings))
                        ? fix
                        : joined(fix, fix.command(), list))
                .toList();
    }

    private static Fix joined(Fix fix, String command, String list) {
        int then = command.indexOf(THEN);
        return fix.with(
                fix.summary() + "; the command reserves what the other findings ask for as well",
                fix.persistent() ? writeFile(list) : writeNow(list) + (then < 0 ? "" : command.substring(then)));
    }

    private static String writeNow(String list) {
        return list.length() < ONE_WRITE
                ? "sysctl -w " + SETTING + "=" + list
                : "echo '" + list + "' > /proc/sys/net/ipv4/ip_local_reserved_ports";
    }

    private static String writeFile(String list) {
        return "echo '" + SETTING + " = " + list + "' > " + FILE;
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
