package dev.berth.diagnosis;

import dev.berth.net.PortSet;
import org.jspecify.annotations.Nullable;

/**
 * A way out.
 *
 * @param id stable, such as {@code reserve-port}
 * @param summary one line: what it does and what it costs
 * @param command what to type, or null where it is not one command
 * @param risk what it can break
 * @param persistent whether it lasts over a restart
 * @param reserves the ports for whose sake its command replaces the list of reserved ports; empty where it does not
 */
public record Fix(
        String id, String summary, @Nullable String command, Risk risk, boolean persistent, PortSet reserves) {
    /** One that leaves the reserved ports alone. */
    public Fix(String id, String summary, @Nullable String command, Risk risk, boolean persistent) {
        this(id, summary, command, risk, persistent, PortSet.EMPTY);
    }

    /** What it wants of the settings; empty where it changes none. */
    public java.util.List<Aim> aims() {
        return java.util.List.of();
    }

    /** Every id there is. */
    public static final java.util.List<String> IDS = java.util.List.of("reserve-port");

    /** The same, said and typed in another way. */
    Fix with(String otherSummary, @Nullable String otherCommand) {
        return new Fix(id, otherSummary, otherCommand, risk, persistent, reserves);
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
