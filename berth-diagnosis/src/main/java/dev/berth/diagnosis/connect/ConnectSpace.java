package dev.berth.diagnosis.connect;

import dev.berth.diagnosis.doctor.Destination;
import dev.berth.diagnosis.doctor.Exhaustion;
import dev.berth.net.IpAddress;
import dev.berth.net.TcpState;
import dev.berth.net.rule.ConnectPrediction;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The local ports for connections from one source address to the destination asked about.
 *
 * @param source null where it is not known
 * @param states the connections on ports of automatic choice, by state; states without one are left out
 * @param inUse their local ports
 * @param recyclable how many of those, in TIME_WAIT, a new connection may take over
 * @param capacity an upper bound of how many connections there can be, or null where the dynamic range is unknown
 * @param left how many more there can be now, an upper bound as well; null where capacity is. On Windows both are lower bounds:
 *     as if no two connections shared a port
 * @param leftIfShared on Windows, how many are left where connections to other destinations share their ports; else null
 * @param foretold what the rule says of the next connect; null where {@code capacity} is
 * @param preferredHalfUsedPercent of the ports that Linux tries first, those with the parity of the low end; null where
 *     capacity is
 * @param nextExpiryMillis until the next TIME_WAIT ends that cannot be taken over before; null where there is none or no
 *     timer is shown
 * @param expiringSoon how many of those end within 10 seconds
 * @param processes who holds the connections, with most first; TIME_WAIT has no owner and is not counted
 */
public record ConnectSpace(
        @Nullable IpAddress source,
        Map<TcpState, Integer> states,
        int inUse,
        int recyclable,
        @Nullable Integer capacity,
        @Nullable Integer left,
        @Nullable Integer leftIfShared,
        @Nullable ConnectPrediction foretold,
        @Nullable Double preferredHalfUsedPercent,
        @Nullable Integer nextExpiryMillis,
        int expiringSoon,
        List<Destination.Share> processes) {
    public ConnectSpace {
        states = Map.copyOf(states);
        processes = List.copyOf(processes);
    }

    /** Connections in that state. */
    public int count(TcpState state) {
        return states.getOrDefault(state, 0);
    }

    /** Whether most of the ports are those of connections that the peers have closed, and this side has not. */
    boolean isLeaking() {
        return count(TcpState.CLOSE_WAIT) * 2 > inUse;
    }

    /** Whether a port is left, and so few that the next ones to connect may find none. */
    public boolean isNearlyUsedUp() {
        return left != null && capacity != null && left > 0 && Exhaustion.exhausted(left, capacity);
    }

    /** Whether, on Windows, only ports are left that connections to other destinations have. */
    boolean isLeftToSharing() {
        return left != null && leftIfShared != null && left == 0 && leftIfShared > 0;
    }

    /** What no table shows, whether connections share ports, decides only where some port is left to be shared. */
    private ConnectVerdict onWindows() {
        if (left == null || leftIfShared == null) {
            return ConnectVerdict.UNKNOWN;
        }
        return left > 0
                ? ConnectVerdict.CONNECTABLE
                : isLeftToSharing() ? ConnectVerdict.UNKNOWN : ConnectVerdict.EXHAUSTED;
    }

    /** What it means for the next connect. */
    ConnectVerdict verdict() {
        return switch (foretold) {
            case null -> onWindows();
            case ConnectPrediction.Depends _ -> ConnectVerdict.UNKNOWN;
            case ConnectPrediction.Refused _ -> ConnectVerdict.EXHAUSTED;
            case ConnectPrediction.Allowed _ ->
                preferredHalfUsedPercent != null && Exhaustion.pastCliff(preferredHalfUsedPercent)
                        ? ConnectVerdict.PAST_CLIFF
                        : ConnectVerdict.CONNECTABLE;
        };
    }
}
