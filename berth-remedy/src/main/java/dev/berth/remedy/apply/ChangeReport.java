package dev.berth.remedy.apply;

import dev.berth.platform.Gap;
import dev.berth.remedy.journal.Change;
import dev.berth.remedy.plan.Plan;
import dev.berth.remedy.plan.PlanRefusedException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of asking for a change.
 *
 * @param recovered what was put in order before
 * @param pending changes of before that are not ended, and may yet be taken back
 * @param journal where every step was written down
 * @param gaps what could not be seen of the host
 */
public record ChangeReport(
        Plan plan, List<Recovered> recovered, List<Change> pending, End end, Path journal, List<Gap> gaps) {
    public ChangeReport {
        recovered = List.copyOf(recovered);
        pending = List.copyOf(pending);
        gaps = List.copyOf(gaps);
    }

    /** When a change is undone unless it is confirmed, and how long that was from its end. */
    public record Deadline(Instant at, Duration left) {}

    /** The ways it ends. */
    public sealed interface End {
        /** The word for it in documents. */
        default String label() {
            return switch (this) {
                case Nothing() -> "nothing";
                case Planned() -> "planned";
                case Outdated(var _) -> "stale";
                case Refused(var _), Held(var _) -> "failed";
                case Tried(Applied.Done _, var _) -> "applied";
                case Tried(Applied.Stale _, var _) -> "stale";
                case Tried(Applied.Failed failed, var _) -> failed.undoing().complete() ? "failed" : "partlyUndone";
            };
        }

        /** The host is as it is wanted already. */
        record Nothing() implements End {}

        /** Only the plan was asked for. */
        record Planned() implements End {}

        /** The plan was made before, and does not hold any more: nothing was begun. */
        record Outdated(NotChanged told) implements End {}

        /** A step cannot be made here: nothing was begun. */
        record Refused(PlanRefusedException reason) implements End {}

        /** The port that was to be freed first is still held: nothing was begun. */
        record Held(NotChanged told) implements End {}

        /**
         * It was carried out, or tried.
         *
         * @param deadline by when it is to be confirmed; null where it lasts anyway
         */
        record Tried(Applied applied, @Nullable Deadline deadline) implements End {}
    }
}
