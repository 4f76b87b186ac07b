package dev.berth.remedy.apply;

import dev.berth.remedy.plan.Step;
import java.util.List;
import java.util.stream.Collectors;
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
        return unfinished().isEmpty();
    }

    /** The settings that are not, in words; empty where that is none. */
    String unfinished() {
        return steps.stream()
                .filter(taken -> taken.end() instanceof End.Left || taken.end() instanceof End.Owed)
                .map(taken ->
                        taken.step().setting() + " (" + taken.step().place().label() + ")")
                .collect(Collectors.joining(", "));
    }

    /** How one step was taken back. */
    public record Taken(Step step, End end) {
        /** Whether anything was set for it. */
        boolean isSet() {
            return end instanceof End.Back || end instanceof End.Left(var _, var part) && part != null;
        }
    }

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
         * It was not taken back, or not all of it: the value is no longer the one it had set, or a later change asked for the
         * same and comes first.
         *
         * @param part what was taken back of it all the same; null where nothing was
         */
        record Left(String why, @Nullable Back part) implements End {
            public Left(String why) {
                this(why, null);
            }
        }

        /** It could not be read or set. Every Berth that changes something tries again. */
        record Owed(String why) implements End {}
    }
}
