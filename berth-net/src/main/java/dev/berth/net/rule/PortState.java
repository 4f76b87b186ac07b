package dev.berth.net.rule;

import java.util.List;

/** One port of one protocol in one network namespace: everything there is that can decide about a bind. */
public record PortState(List<Holding> holdings, Exclusion exclusion) {
    public PortState {
        holdings = List.copyOf(holdings);
    }

    /** A port that the system does not keep for itself. */
    public static PortState of(List<Holding> holdings) {
        return new PortState(holdings, Exclusion.NONE);
    }

    /** Whether the port lies in an excluded range (Windows). */
    public enum Exclusion {
        NONE,
        /** A range that the system or a driver made: nobody binds there. */
        SYSTEM,
        /** A range that an administrator made, with a star in netsh: kept from automatic choice only. */
        ADMINISTERED
    }
}
