package dev.berth.diagnosis.explain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Incidents that say the same.
 *
 * @param incident the first
 * @param count how many there were, at least 1
 * @param lastLine the last line of any of them
 * @param lastAt when the latest began; null where the lines do not tell
 */
public record IncidentGroup(
        Incident incident,
        long count,
        long lastLine,
        @Nullable Instant lastAt) {}
