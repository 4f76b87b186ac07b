package dev.berth.remedy.plan;

import dev.berth.diagnosis.Fix;
import dev.berth.platform.HostTuning.Place;
import org.jspecify.annotations.Nullable;

/**
 * One setting, in one place, goes from one value to another. It may be done while the value is {@code from}, is proved by
 * reading {@code to} back, and is undone by the {@link #reverse}.
 *
 * @param setting as the system's own tools spell it
 * @param from null where it has no value there
 * @param to null where it is to have none there
 * @param why one line without a full stop: what it is good for
 */
public record Step(
        String setting,
        Place place,
        @Nullable String from,
        @Nullable String to,
        Fix.Risk risk,
        String why) {
    /** What undoes it. */
    public Step reverse() {
        return new Step(setting, place, to, from, risk, "undo: " + why);
    }
}
