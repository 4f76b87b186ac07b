package dev.berth.diagnosis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A way out.
 *
 * @param id stable, such as {@code reserve-port}
 * @param summary one line: what it does and what it costs
 * @param command what to type, or null where it is not one command
 * @param risk what it can break
 * @param persistent whether it lasts over a restart
 * @param aims what it wants of the settings, where its command changes them; else empty
 */
public record Fix(String id, String summary, @Nullable String command, Risk risk, boolean persistent, List<Aim> aims) {
    /** The ids of those that change settings; {@code berth fix} knows them where nothing calls for them, too. */
    public static final List<String> OF_SETTINGS = List.of(
            "activate-setting",
            "even-out-range",
            "raise-conntrack-limit",
            "raise-dynamic-range",
            "raise-range-start",
            "raise-time-wait-limit",
            "remove-setting",
            "reserve-port",
            "reserve-port-persistent",
            "restore-default",
            "reuse-time-wait",
            "shorten-conntrack-time-wait",
            "widen-range");

    public Fix {
        aims = List.copyOf(aims);
        if (!aims.isEmpty() && !OF_SETTINGS.contains(id)) {
            throw new IllegalArgumentException(id + " changes settings, and is not listed among those that do");
        }
    }

    /** One that leaves the settings alone. */
    public Fix(String id, String summary, @Nullable String command, Risk risk, boolean persistent) {
        this(id, summary, command, risk, persistent, List.of());
    }

    /** One that changes settings, by the command of Berth's that does. */
    static Fix of(String id, String summary, Risk risk, boolean persistent, List<Aim> aims) {
        return new Fix(id, summary, AimCommand.of(id, aims, persistent), risk, persistent, aims);
    }

    /** One that changes settings until the next restart. */
    public static Fix until(String id, String summary, Risk risk, Aim... aims) {
        return of(id, summary, risk, false, List.of(aims));
    }

    /** One that changes settings which last by themselves, as those of Windows do. */
    public static Fix lasting(String id, String summary, Risk risk, Aim... aims) {
        return new Fix(id, summary, AimCommand.onWindows(id, List.of(aims)), risk, true, List.of(aims));
    }

    /** The same, typed in another way. */
    Fix typed(@Nullable String otherCommand) {
        return new Fix(id, summary, otherCommand, risk, persistent, aims);
    }

    /** The same, said so, where nothing can be typed from here. */
    Fix untyped(String otherSummary) {
        return new Fix(id, otherSummary, null, risk, persistent);
    }

    /** What a fix can break. */
    public enum Risk {
        NONE("none"),
        LOW("low"),
        MEDIUM("medium"),
        HIGH("high");

        private final String label;

        Risk(String label) {
            this.label = label;
        }

        /** The word for it in JSON. */
        public String label() {
            return label;
        }
    }
}
