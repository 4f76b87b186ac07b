package dev.berth.diagnosis.connect;

import dev.berth.diagnosis.Holder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What would become of a client that binds one local port by number and then connects.
 *
 * @param port the local port
 * @param attempts without SO_REUSEADDR, as most clients are, and with it
 * @param sockets what is on the port
 */
public record LocalPort(int port, List<Attempt> attempts, List<Holder> sockets) {
    /** What it would come to. */
    public enum Outcome {
        SUCCEEDS("succeeds"),
        FAILS("fails"),
        /** On something that no table shows. */
        DEPENDS("depends");

        private final String label;

        Outcome(String label) {
            this.label = label;
        }

        /** The word for it in JSON. */
        public String label() {
            return label;
        }
    }

    /**
     * One way of doing it.
     *
     * @param failingCall {@code bind} or {@code connect}, where it fails or may; else null
     * @param error the name of the error of that call, or null
     * @param clause the rule that decides, or what it depends on; null where nothing is in the way
     */
    public record Attempt(
            boolean reuseAddress,
            Outcome outcome,
            @Nullable String failingCall,
            @Nullable String error,
            @Nullable String clause) {}

    public LocalPort {
        attempts = List.copyOf(attempts);
        sockets = List.copyOf(sockets);
    }
}
