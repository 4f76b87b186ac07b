package dev.berth.remedy.policy;

import org.jspecify.annotations.Nullable;

/**
 * One thing that a policy asks of a host, and how the host stands to it.
 *
 * @param about the service's name, or the destination; null where the aspect says all
 * @param from what is so now; null where it is not known, or is no value
 * @param to what the policy wants; null where it is no value
 * @param text one line without a full stop
 * @param why why no change of settings makes it so, a line without a full stop; null where the text says all
 * @param next what to do about it by hand; null where nothing is to be done, or {@code berth ensure} does it
 */
public record Item(
        Aspect aspect,
        @Nullable String about,
        State state,
        @Nullable String from,
        @Nullable String to,
        String text,
        @Nullable String why,
        @Nullable String next) {
    /** What is looked at. */
    public enum Aspect {
        /** Automatic choice passes over a service's ports. */
        RESERVED_NOW("reserved-now"),
        /** It will after the next start. */
        RESERVED_AT_START("reserved-at-start"),
        /** The service has its ports, or could bind them. */
        BINDABLE("bindable"),
        RANGE_NOW("range-now"),
        RANGE_AT_START("range-at-start"),
        REUSE_NOW("reuse-now"),
        REUSE_AT_START("reuse-at-start"),
        /** The ports that connections to a destination take are there. */
        CAPACITY("capacity");

        private final String label;

        Aspect(String label) {
            this.label = label;
        }

        /** The word for it in documents. */
        public String label() {
            return label;
        }
    }

    /** The same, found to be beyond what can be set here. */
    Item cannot(String because, String way) {
        return new Item(aspect, about, State.CANNOT, from, to, text, because, way);
    }

    /** How the host stands to it. */
    public enum State {
        OK("ok"),
        /** It is otherwise, and a change of settings makes it so. */
        DRIFT("drift"),
        /** It is otherwise, and changes once somebody lets go of a port. */
        PENDING("pending"),
        /** It is otherwise, and nothing that Berth could set here changes that. */
        CANNOT("cannot");

        private final String label;

        State(String label) {
            this.label = label;
        }

        /** The word for it in documents. */
        public String label() {
            return label;
        }
    }
}
