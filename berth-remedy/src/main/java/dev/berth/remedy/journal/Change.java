package dev.berth.remedy.journal;

import dev.berth.platform.NetworkNamespace;
import dev.berth.remedy.log.Actor;
import dev.berth.remedy.plan.Step;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One change, as far as the journal tells it.
 *
 * @param id counts from 1
 * @param command what was typed, without the program's name
 * @param startId {@link dev.berth.platform.HostTuning#startId} when it was made: what runs is gone with a restart
 * @param confirmBy when it is undone unless it is confirmed, counted from when it was made as soon as it is; null where it
 *     lasts anyway
 * @param detail what there is to say of how it ended; null where the state says all
 */
public record Change(
        int id,
        Instant at,
        Actor actor,
        String command,
        String startId,
        NetworkNamespace netns,
        List<Made> steps,
        State state,
        @Nullable Instant confirmBy,
        @Nullable Instant endedAt,
        @Nullable String detail) {
    public Change {
        steps = List.copyOf(steps);
    }

    /** Whether the system has started again since it was made. */
    public boolean isBefore(String start) {
        return !start.isEmpty() && !startId.isEmpty() && !start.equals(startId);
    }

    /** Whether both may have been made in one network namespace; over a restart only the inode number tells. */
    public boolean isOfNamespaceOf(Change other) {
        return isBefore(other.startId) ? netns.inode() == other.netns.inode() : netns.mayBe(other.netns);
    }

    /** How far a change has come. */
    public enum State {
        /** Begun and not ended: another Berth is at it, or was killed. */
        UNFINISHED("unfinished"),
        /** In force until {@code confirmBy}. */
        UNCONFIRMED("unconfirmed"),
        /** Made, and not taken back. */
        APPLIED("applied"),
        /** It failed, or was killed, and what was done of it has been undone. */
        UNDONE("undone"),
        /** Made, and taken back later. */
        ROLLED_BACK("rolledBack"),
        /** Taken back but for steps that had become somebody else's: they are as they were found. */
        PARTLY_UNDONE("partlyUndone");

        private final String label;

        State(String label) {
            this.label = label;
        }

        /** The word for it in documents. */
        public String label() {
            return label;
        }
    }

    /** A step, and how far it has come. */
    public record Made(
            Step step, Progress progress, @Nullable String detail) {}

    /** How far a step has come. */
    public enum Progress {
        PLANNED("planned"),
        /** Begun: it may or may not have been done. */
        DOING("doing"),
        DONE("done"),
        FAILED("failed"),
        UNDOING("undoing"),
        UNDONE("undone"),
        /** Not undone, because its value was no longer the one it had set. */
        LEFT("left");

        private final String label;

        Progress(String label) {
            this.label = label;
        }

        /** The word for it in documents. */
        public String label() {
            return label;
        }
    }
}
