package dev.berth.diagnosis.explain;

import dev.berth.net.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * What one line tells. What it does not carry is null.
 *
 * @param pattern what recognised it; the same line again has the same
 * @param joins which lines it belongs to; what does not stand alone is no incident by itself
 * @param flow how the line goes on with those above it
 */
record Clue(
        String pattern,
        Joins joins,
        Flow flow,
        @Nullable Product product,
        Operation operation,
        @Nullable LoggedError error,
        @Nullable LoggedEndpoint local,
        @Nullable LoggedEndpoint remote,
        @Nullable Protocol protocol,
        @Nullable LoggedSystem system,
        boolean refusedByProduct) {

    /** How a line stands to those around it. */
    enum Joins {
        /** It is an incident by itself, and goes together with lines that complete it. */
        ALONE("alone"),
        /** It only completes an incident above it. */
        ABOVE("above"),
        /** It only completes an incident below it. */
        BELOW("below");

        private final String label;

        Joins(String label) {
            this.label = label;
        }

        /** The word for it in pattern files. */
        String label() {
            return label;
        }
    }

    /** How a line goes on with those above it. */
    enum Flow {
        /** It says something of its own. */
        OWN,
        /** An exception on a line of its own: the trace of what the line above tells, or of nothing. */
        EXCEPTION,
        /** It goes on with a stack trace or with an indented text. */
        CONTINUED
    }

    /** One line: {@code bind 0.0.0.0:80 EADDRINUSE 98}, {@code connect -> 10.0.0.9:80 EADDRNOTAVAIL}. */
    @Override
    public String toString() {
        var text = new StringBuilder(operation.label());
        if (local != null) {
            text.append(' ').append(local);
        }
        if (remote != null) {
            text.append(" -> ").append(remote);
        }
        if (protocol == Protocol.UDP) {
            text.append(" udp");
        }
        if (error != null) {
            text.append(' ').append(error.name());
            if (error.number() != null) {
                text.append(' ').append(error.number());
            }
        }
        return text.toString();
    }
}
