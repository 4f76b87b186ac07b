package dev.berth.diagnosis.forecast;

import org.jspecify.annotations.Nullable;

/**
 * In how many seconds something happens, or may happen.
 *
 * @param low at the earliest
 * @param expected at the rate as it was counted; null where at that rate it does not happen
 * @param high at the latest; null where at the lowest rate that fits the count it does not happen, or where the rate cannot be
 *     kept up
 */
public record Span(
        double low, @Nullable Double expected, @Nullable Double high) {
    /** It has happened. */
    public static final Span NOW = new Span(0, 0.0, 0.0);

    /** The same without an upper end: what makes it happen becomes slower on the way, nobody knows by how much. */
    Span notBefore() {
        return new Span(low, expected, null);
    }
}
