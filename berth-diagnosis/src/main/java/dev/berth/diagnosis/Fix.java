package dev.berth.diagnosis;

import org.jspecify.annotations.Nullable;

/**
 * A way out.
 *
 * @param id stable, such as {@code reserve-port}
 * @param summary one line: what it does and what it costs
 * @param command what to type, or null where it is not one command
 * @param risk what it can break
 * @param persistent whether it lasts over a restart
 */
public record Fix(String id, String summary, @Nullable String command, Risk risk, boolean persistent) {
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
