package dev.berth.diagnosis.suggest;

import org.jspecify.annotations.Nullable;

/**
 * Why a port is no good choice for a server, though it may be free.
 *
 * @param service who is known to use it, where that is the reason; else null
 */
public record Objection(Reason reason, @Nullable String service) {
    /** In order of precedence: the first that holds is given. */
    public enum Reason {
        /** Below 1024, or below the first port that needs no privilege. */
        PRIVILEGED("privileged"),
        /** A socket of either protocol is on it, in whatever state. */
        HELD("held"),
        REGISTERED("registered"),
        /** Somebody keeps it from automatic choice, and so has plans for it. */
        RESERVED("reserved"),
        EXCLUDED("excluded"),
        /** In the range that Kubernetes gives to its services. */
        NODE_PORT("node-port"),
        /** Automatic choice may give it to a client, now or after the next start. */
        DYNAMIC("dynamic"),
        /** A NAT rule sends some of its traffic elsewhere before a server sees it. */
        REDIRECTED("redirected"),
        /** The tables speak for it, and still a bind is refused. */
        REFUSED("refused");

        private final String label;

        Reason(String label) {
            this.label = label;
        }

        /** The word for it in JSON. */
        public String label() {
            return label;
        }
    }
}
