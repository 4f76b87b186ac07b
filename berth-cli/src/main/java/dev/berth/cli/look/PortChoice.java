package dev.berth.cli.look;

import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.doctor.Destination;
import dev.berth.diagnosis.doctor.Exhaustion;
import dev.berth.net.PortRange;
import dev.berth.net.Protocol;
import dev.berth.platform.Gap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the system has a port to choose for a bind of port 0, which it shares with nobody.
 *
 * @param dynamic the range it draws from; null where it could not be read
 * @param drawable how many ports of it are neither reserved nor excluded
 * @param taken how many of those have a socket in the way
 * @param processes who holds those sockets, with most first; TIME_WAIT has no owner and is not counted
 */
public record PortChoice(
        Protocol protocol,
        @Nullable PortRange dynamic,
        int drawable,
        int taken,
        List<Destination.Share> processes,
        List<Fix> fixes,
        List<Gap> gaps) {
    public PortChoice {
        processes = List.copyOf(processes);
        fixes = List.copyOf(fixes);
        gaps = List.copyOf(gaps);
    }

    /** The same, with what helps. */
    PortChoice with(List<Fix> ways) {
        return new PortChoice(protocol, dynamic, drawable, taken, processes, ways, gaps);
    }

    /** How many ports are left; sockets come and go while they are read. */
    public int left() {
        return drawable - taken;
    }

    /** Whether none is left, or so few that it comes to the same; null where the range is not known. */
    public @Nullable Boolean usedUp() {
        return dynamic == null ? null : Exhaustion.exhausted(left(), drawable);
    }

    /** {@code no-port-left}, {@code ports-left} or {@code unknown}. */
    public String verdict() {
        Boolean usedUp = usedUp();
        return usedUp == null ? "unknown" : usedUp ? "no-port-left" : "ports-left";
    }
}
