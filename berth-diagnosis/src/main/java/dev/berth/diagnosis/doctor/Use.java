package dev.berth.diagnosis.doctor;

import org.jspecify.annotations.Nullable;

/**
 * How full a tuple space is.
 *
 * @param inUse four-tuples on ports of the dynamic range, in any state
 * @param timeWait how many of them are in TIME_WAIT
 * @param recyclable how many of those a new connection may take over now
 * @param inVain how many more of them the settings would let it take over, though that is inferred not to work
 * @param capacity an upper bound of how many there can be, or null where the dynamic range is unknown; on Windows the least
 *     there can be, as if no two connections shared a port
 * @param preferredHalfUsedPercent how much is used of the ports that Linux tries first, those with the parity of the low end,
 *     less what may be taken over; null where capacity is, and on Windows, which has no such preference
 */
public record Use(
        int inUse,
        int timeWait,
        int recyclable,
        int inVain,
        @Nullable Integer capacity,
        @Nullable Double preferredHalfUsedPercent) {
    /** Whether {@link #capacity} is the least there can be, as on Windows, and not the most. */
    boolean capacityIsLeast() {
        return capacity != null && preferredHalfUsedPercent == null;
    }

    /** How many more connections there can be now: a bound as {@link #capacity} is. */
    public @Nullable Integer left() {
        return capacity == null ? null : Math.clamp(capacity - inUse + recyclable, 0, capacity);
    }

    /** {@link #inUse} of {@link #capacity}, 0 to 100, whatever may be taken over; null where capacity is. */
    public @Nullable Double usedPercent() {
        return capacity == null ? null : percent(inUse, capacity);
    }

    /** 100 at most: a port that got an owner while it was being read would otherwise count twice. */
    static double percent(int used, int capacity) {
        return used >= capacity ? 100.0 : 100.0 * used / capacity;
    }
}
