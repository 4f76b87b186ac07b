package dev.berth.remedy.journal;

import dev.berth.platform.NetworkNamespace;
import dev.berth.remedy.log.Actor;
import dev.berth.remedy.plan.Step;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One line of the journal. Steps are counted from 0. docs/journal.md describes them. */
sealed interface Event {
    /** The change it is about. */
    int id();

    Instant at();

    record Begun(
            int id,
            Instant at,
            Actor actor,
            String command,
            String startId,
            NetworkNamespace netns,
            @Nullable Instant confirmBy,
            List<Step> steps)
            implements Event {}

    record Doing(int id, Instant at, int step) implements Event {}

    record Done(int id, Instant at, int step) implements Event {}

    record Failed(
            int id,
            Instant at,
            int step,
            String outcome,
            @Nullable String detail) implements Event {}

    /** Every step is done. */
    record Applied(int id, Instant at, @Nullable Instant confirmBy) implements Event {}

    record Confirmed(int id, Instant at, Actor actor) implements Event {}

    record Undoing(int id, Instant at, UndoReason reason, Actor actor) implements Event {}

    record UndoingStep(int id, Instant at, int step, Journal.Attempt attempt) implements Event {}

    /** @param left whether it was not taken back, or not all of it */
    record UndoneStep(
            int id,
            Instant at,
            int step,
            boolean left,
            @Nullable String detail) implements Event {}

    /** It was to be taken back, and could not be yet. */
    record Owed(int id, Instant at, int step, String detail) implements Event {}

    /** @param detail why the change came to nothing, where no step and no reason tells */
    record Undone(
            int id, Instant at, boolean partly, @Nullable String detail) implements Event {}
}
