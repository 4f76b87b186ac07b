package dev.berth.diagnosis;

import dev.berth.net.Endpoint;
import dev.berth.net.FourTuple;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.Settings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What to do about findings: safest first, with Berth's own commands where it has them and the system's elsewhere. */
public final class Advice {
    public static final Fix REUSE_CONNECTIONS = new Fix(
            "reuse-connections",
            "keep connections to this destination open and use them again: keep-alive, a pool, HTTP/2",
            null,
            Fix.Risk.LOW,
            true);
    public static final Fix MORE_ENDPOINTS = new Fix(
            "add-endpoints",
            "spread the connections over more source addresses, or more addresses or ports of the destination",
            null,
            Fix.Risk.LOW,
            true);

    private Advice() {}

    /** The ways out of {@code finding}; never empty for one that was found under {@code settings}. */
    public static List<Fix> fixes(Finding finding, Settings settings) {
        return FixScope.aimed(everyFix(finding, settings), settings);
    }

    private static List<Fix> everyFix(Finding finding, Settings settings) {
        return switch (finding) {
            case Finding.ListenerInDynamicRange(int port, var _, var _) ->
                Reservation.of(PortSet.of(PortRange.of(port)), settings);
            case Finding.ReservationNotPersistent(PortSet ports) -> List.of(Reservation.lasting(ports, settings));
            case Finding.PersistentNotActive(String setting, String persistent, String source, var _) ->
                List.of(activate(setting, persistent, source, settings));
            case Finding.RangeEndsSameParity(PortRange range) -> List.of(evenOut(range));
            case Finding.CloseWaitLeak(var process, var _, var _) -> closeTheirConnections(process);
            case Finding.TupleSpacePastCliff cliff -> List.of(REUSE_CONNECTIONS, noParity(), MORE_ENDPOINTS);
            case Finding.TupleSpaceExhausted exhausted -> List.of(REUSE_CONNECTIONS, MORE_ENDPOINTS);
            case Finding.BoundOnlyHolder(Endpoint local, var process) -> end(local, process, settings);
            case Finding.SelfConnect(Endpoint endpoint, var process) -> breakUp(endpoint, process, settings);
        };
    }

    private static Fix activate(String setting, String persistent, String source, Settings settings) {
        if (setting.equals(Reservation.SETTING)) {
            return Reservation.now(PortSet.parse(persistent), settings);
        }
        return new Fix(
                "activate-setting",
                "put the value of " + source + " in force, or correct the file if the running value is the one wanted",
                "sysctl -w '" + setting + "=" + persistent.replace("'", "'\\''") + "'",
                Fix.Risk.MEDIUM,
                false);
    }

    private static Fix evenOut(PortRange range) {
        boolean canShrink = range.size() > 1;
        return new Fix(
                "even-out-range",
                "give up the last port, so that both halves have the same size",
                canShrink
                        ? "sysctl -w 'net.ipv4.ip_local_port_range=%d %d'".formatted(range.first(), range.last() - 1)
                        : null,
                Fix.Risk.LOW,
                false);
    }

    public static Fix noParity() {
        return new Fix(
                "drop-parity-preference",
                "set IP_LOCAL_PORT_RANGE to the whole range on the client's sockets: connects then try every port alike "
                        + "(Linux 6.8 or newer)",
                null,
                Fix.Risk.LOW,
                true);
    }

    private static List<Fix> closeTheirConnections(@Nullable ProcessInfo process) {
        var fixes = new ArrayList<Fix>();
        fixes.add(new Fix(
                "close-connections",
                "correct the program: it must close a connection when reading from it ends; no setting of the system does "
                        + "it instead",
                null,
                Fix.Risk.NONE,
                true));
        if (process != null) {
            fixes.addAll(EndHolder.restart(process));
        }
        return fixes;
    }

    private static List<Fix> end(Endpoint local, @Nullable ProcessInfo process, Settings settings) {
        var fixes = new ArrayList<Fix>();
        fixes.add(new Fix(
                "release-port",
                "let the program close the socket, or choose the port only when it connects (IP_BIND_ADDRESS_NO_PORT)",
                null,
                Fix.Risk.NONE,
                true));
        if (process != null) {
            fixes.addAll(EndHolder.stop(line(local, settings), process));
        }
        return fixes;
    }

    private static FreeLine line(Endpoint local, Settings settings) {
        return new FreeLine(local.port(), Protocol.TCP, local.address(), settings.foreign());
    }

    private static List<Fix> breakUp(Endpoint endpoint, @Nullable ProcessInfo process, Settings settings) {
        var fixes = new ArrayList<Fix>();
        fixes.addAll(Reservation.of(PortSet.of(PortRange.of(endpoint.port())), settings));
        fixes.add(EndHolder.destroy(line(endpoint, settings), new FourTuple(endpoint, endpoint)));
        if (process != null) {
            fixes.addAll(EndHolder.stop(line(endpoint, settings), process));
        }
        return fixes;
    }
}
