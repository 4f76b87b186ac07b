package dev.berth.remedy.apply;

import dev.berth.remedy.journal.Change;

/**
 * A change that nobody was at any more, put in order.
 *
 * @param change as it was found
 * @param why what had happened to it
 * @param undone how it was taken back; null where all of it had been done, and only that had not been written down
 */
public record Recovered(
        Change change,
        Why why,
        @org.jspecify.annotations.Nullable Undone undone) {
    /** Why it had to be put in order. */
    public enum Why {
        /** Berth was killed, or the power was cut, while it was being made. */
        INTERRUPTED,
        /** The same while it was being taken back. */
        INTERRUPTED_UNDOING,
        /** A step of it could not be taken back before. */
        OWED,
        /** Nobody confirmed it in time. */
        NOT_CONFIRMED,
        /** A part of it had been left because of a later change, which was taken back now. */
        WAITED
    }
}
