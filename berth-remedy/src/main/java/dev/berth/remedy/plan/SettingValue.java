package dev.berth.remedy.plan;

import dev.berth.diagnosis.Reservation;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the values of a setting are compared and taken back. Null is no value. */
public final class SettingValue {
    private SettingValue() {}

    /** Whether the value is a list of ports, to which many may have added. */
    public static boolean isList(String setting) {
        return setting.equals(Reservation.SETTING);
    }

    /** Whether both say the same, however they are written. */
    public static boolean same(String setting, @Nullable String one, @Nullable String other) {
        if (one == null || other == null || !isList(setting)) {
            return Objects.equals(one, other);
        }
        return ReservedList.parse(one).equals(ReservedList.parse(other));
    }

    /**
     * What takes a step back where its setting has the value {@code now}: of a list only what the step itself added or took
     * away, so that what others have added since stays.
     *
     * @return the value to set, within which null is no value at all; empty where the value is no longer the step's, and so
     *     not its to take back
     */
    public static Optional<Undone> takenBack(Step step, @Nullable String now) {
        if (same(step.setting(), now, step.to())) {
            return Optional.of(new Undone(step.from()));
        }
        if (!isList(step.setting()) || now == null) {
            return Optional.empty();
        }
        ReservedList from = list(step.from());
        ReservedList to = list(step.to());
        return Optional.of(
                new Undone(list(now).minus(to.minus(from)).plus(from.minus(to)).toString()));
    }

    /** The value that takes a step back. */
    public record Undone(@Nullable String text) {}

    private static ReservedList list(@Nullable String text) {
        return text == null ? ReservedList.EMPTY : ReservedList.parse(text);
    }
}
