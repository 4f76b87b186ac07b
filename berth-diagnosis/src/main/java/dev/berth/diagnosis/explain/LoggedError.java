package dev.berth.diagnosis.explain;

import org.jspecify.annotations.Nullable;

/**
 * The error of a system as a line tells it.
 *
 * @param number as printed, positive; null where the line has only its name or its text
 * @param system the kind of system it is of; null where the line does not tell
 */
public record LoggedError(
        Refusal refusal, @Nullable Integer number, @Nullable LoggedSystem system) {
    /** As the system's header spells it: {@code EADDRINUSE}, on Windows {@code WSAEADDRINUSE}. */
    public String name() {
        return system == LoggedSystem.WINDOWS ? "WSA" + refusal.posixName() : refusal.posixName();
    }

    /** This one, with what only the other tells of the same refusal. */
    LoggedError and(@Nullable LoggedError other) {
        return other == null || other.refusal != refusal
                ? this
                : new LoggedError(
                        refusal, number != null ? number : other.number, system != null ? system : other.system);
    }
}
