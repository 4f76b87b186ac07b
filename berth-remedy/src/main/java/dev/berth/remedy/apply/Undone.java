package dev.berth.remedy.apply;

import dev.berth.remedy.plan.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a change was taken back.
 *
 * @param steps in the order in which they were taken back, which is the reverse of that in which they were made
 */
public record Undone(int id, List<Taken> steps) {
    public Undone {
        steps = List.copyOf(steps);
    }

    /** Whether the host is as it was before, as far as this change goes. */
    public boolean complete() {
        return steps.stream().noneMatch(taken -> taken.end() instanceof End.Left);
    }

    /** How one step was taken back. */
    public record Taken(Step step, End end) {}

    /** The ways it ends. */
    public sealed interface End {
        /**
         * It was taken back, and read back.
         *
         * @param from what was there; null where there was no value
         * @param to what is there now
         */
        record Back(@Nullable String from, @Nullable String to) implements End {}

        /** There was nothing to take back: it had not been done yet, a restart has ended it, or its namespace is no more. */
        record Nothing(String why) implements End {}

        /**
         * It was not taken back, or not all of it: the value is no longer the one it had set, a later change asked for the same
         * and comes first, or it could not be written.
         *
         * @param part what was taken back of it all the same; null where nothing was
         */
        record Left(String why, @Nullable Back part) implements End {
            public Left(String why) {
                this(why, null);
            }
        }
    }
}
