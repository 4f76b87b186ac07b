package dev.berth.diagnosis.explain;

import dev.berth.net.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * What one line tells. What it does not carry is null.
 *
 * @param pattern what recognised it; the same line again has the same
 * @param joins which lines it belongs to; what does not stand alone is no incident by itself
 * @param form how the line stands among those around it
 * @param at where in the line what tells it stands, from 0: near enough to show it
 */
record Clue(
        String pattern,
        Joins joins,
        LineForm form,
        int at,
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
