package dev.berth.platform;

import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which ports the system hands out by itself and which it keeps back, for one protocol and address family.
 *
 * @param dynamic the range automatic choice draws from, or null where it could not be read
 * @param reserved ports automatic choice passes over; binding them by number still works
 * @param reservedSources the same ports, each with where it says so
 * @param excluded the exclusions of Windows: the administered ones, which are {@code reserved} too, and those that the system
 *     made, whose ports nobody can bind
 * @param firstUnprivileged the lowest port that needs no privilege to bind, or null where unknown
 * @param persistent what the configuration files would make of it at the next start
 */
public record PortPolicy(
        @Nullable PortRange dynamic,
        PortSet reserved,
        List<SourcedRange> reservedSources,
        List<ExcludedRange> excluded,
        @Nullable Integer firstUnprivileged,
        Persistent persistent) {

    public PortPolicy {
        reservedSources = List.copyOf(reservedSources);
        excluded = List.copyOf(excluded);
    }

    /**
     * What the next start would set. A null value is one that no file sets, so that the system's default applies.
     *
     * @param dynamicSource file and line that set {@code dynamic}
     * @param reservedSource file and line that set {@code reserved}: the last one wins, whole
     */
    public record Persistent(
            @Nullable PortRange dynamic,
            @Nullable String dynamicSource,
            @Nullable PortSet reserved,
            @Nullable String reservedSource) {
        /** No file sets anything. */
        public static final Persistent NOTHING = new Persistent(null, null, null, null);
    }

    /** The ports automatic choice can draw: the dynamic range less the reserved and excluded ports; empty where unknown. */
    public PortSet drawable() {
        return dynamic == null
                ? PortSet.EMPTY
                : PortSet.of(dynamic).minus(reserved).minus(excludedBySystem());
    }

    /** The ports that nobody can bind. */
    public PortSet excludedBySystem() {
        return excluded.stream()
                .filter(range -> !range.administered())
                .map(range -> PortSet.of(range.range()))
                .reduce(PortSet.EMPTY, PortSet::plus);
    }
}
