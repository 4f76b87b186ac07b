package dev.berth.diagnosis.explain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A line of a log.
 *
 * @param number from 1
 * @param text without its end
 * @param at when it was written; null where neither it nor a line shortly above tells
 */
public record LogLine(long number, String text, @Nullable Instant at) {}
