package dev.berth.diagnosis.suggest;

import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.FixScope;
import dev.berth.diagnosis.Reservation;
import dev.berth.net.IpAddress;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.Gap;
import dev.berth.platform.Settings;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ports for a server to listen on: the answer to {@code berth suggest}.
 *
 * @param address the address they would be bound to: {@code ::} for the dual-stack wildcard
 * @param objection what speaks against {@code near} itself, or null
 * @param dynamic the range that automatic choice draws from; where the families differ, one that {@code near} is in
 * @param ports the nearest to {@code near} first; none where there is no port to suggest
 * @param fixes what must be done before they are safe; nothing for ports outside the dynamic range
 */
public record Suggestions(
        Protocol protocol,
        IpAddress address,
        int near,
        @Nullable Objection objection,
        PortRange dynamic,
        List<Suggestion> ports,
        List<Fix> fixes,
        List<Gap> gaps) {
    /**
     * One port.
     *
     * @param inDynamicRange whether a client may be given it as long as it is not reserved
     * @param bindable true where binds proved it, one without an option and one with what careful servers of the system
     *     set (SO_REUSEADDR, on Windows SO_EXCLUSIVEADDRUSE); null where none was tried
     */
    public record Suggestion(
            int port, boolean inDynamicRange, @Nullable Boolean bindable) {}

    public Suggestions {
        ports = List.copyOf(ports);
        fixes = List.copyOf(fixes);
        gaps = List.copyOf(gaps);
    }

    /** What keeps these ports from automatic choice; nothing where they are outside its range. */
    public static List<Fix> reservation(List<Suggestion> ports, Protocol protocol, Settings settings) {
        var inside = new BitSet();
        ports.stream().filter(Suggestion::inDynamicRange).forEach(one -> inside.set(one.port()));
        return inside.isEmpty()
                ? List.of()
                : FixScope.aimed(Reservation.of(PortSet.of(inside), protocol, settings), settings);
    }
}
