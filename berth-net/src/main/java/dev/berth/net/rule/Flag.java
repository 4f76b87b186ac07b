package dev.berth.net.rule;

/** A socket option as far as it is known: most options of a socket that is there cannot be read from outside. */
public enum Flag {
    SET,
    CLEAR,
    UNKNOWN;

    public static Flag of(boolean set) {
        return set ? SET : CLEAR;
    }

    /** Set only where both are: what is unknown matters unless the other is clear (Kleene's strong logic). */
    Flag and(Flag other) {
        return this == CLEAR || other == CLEAR ? CLEAR : this == SET ? other : this;
    }

    /** Clear only where both are: what is unknown matters unless the other is set. */
    Flag or(Flag other) {
        return this == SET || other == SET ? SET : this == CLEAR ? other : this;
    }

    Flag not() {
        return switch (this) {
            case SET -> CLEAR;
            case CLEAR -> SET;
            case UNKNOWN -> UNKNOWN;
        };
    }
}
