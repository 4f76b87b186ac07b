package dev.berth.remedy.apply;

import dev.berth.platform.HostTuning;
import dev.berth.remedy.apply.Tunings.Whereabouts;
import dev.berth.remedy.journal.Change;
import dev.berth.remedy.journal.Change.Made;
import dev.berth.remedy.journal.Change.Progress;
import dev.berth.remedy.journal.Change.State;
import dev.berth.remedy.journal.Journal;
import dev.berth.remedy.journal.UndoReason;
import dev.berth.remedy.plan.Plan;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Puts in order what a crash, or a confirmation that never came, has left behind. */
public final class Recovery {
    private final Journal journal;
    private final Tunings tunings;
    private final InstantSource clock;

    public Recovery(Journal journal, Tunings tunings, InstantSource clock) {
        this.journal = journal;
        this.tunings = tunings;
        this.clock = clock;
    }

    /**
     * Looks at every change that is not ended, the latest first, and ends it; one whose namespace may be there and cannot be
     * reached is not ended, for whoever can reach it.
     */
    public List<Recovered> run() throws IOException {
        var all = new ArrayList<Recovered>();
        for (Change change : journal.changes().reversed()) {
            if (isOpen(change)) {
                all.addAll(settled(change));
            }
        }
        return all;
    }

    private static boolean isOpen(Change change) {
        return change.state() == State.UNFINISHED || change.state() == State.UNCONFIRMED;
    }

    private List<Recovered> settled(Change change) throws IOException {
        if (tunings.of(change) instanceof Whereabouts.Hidden) {
            return List.of();
        }
        if (change.state() == State.UNFINISHED) {
            UndoReason undoing = journal.undoing(change.id());
            if (undoing != null) {
                return undone(
                        change, undoing, change.isOwed() ? Recovered.Why.OWED : Recovered.Why.INTERRUPTED_UNDOING);
            }
            if (!inForce(change)) {
                return undone(change, UndoReason.INTERRUPTED, Recovered.Why.INTERRUPTED);
            }
            journal.wasApplied(change.id());
        }
        if (journal.change(change.id()).isOverdue(clock.instant())) {
            return undone(change, UndoReason.NOT_CONFIRMED, Recovered.Why.NOT_CONFIRMED);
        }
        return change.state() == State.UNFINISHED
                ? List.of(new Recovered(change, Recovered.Why.INTERRUPTED, null))
                : List.of();
    }

    private List<Recovered> undone(Change change, UndoReason reason, Recovered.Why why) throws IOException {
        var all = new ArrayList<Recovered>();
        for (Undone undone : new Undoing(journal, tunings).undoWithWaiting(change, reason)) {
            boolean same = undone.id() == change.id();
            all.add(new Recovered(
                    same ? change : journal.change(undone.id()), same ? why : Recovered.Why.WAITED, undone));
        }
        return all;
    }

    /** Whether every step was proved, and still holds: one whose journal could not be written may have been undone. */
    private boolean inForce(Change change) {
        return tunings.of(change) instanceof Whereabouts.Found(HostTuning tuning)
                && change.steps().stream().allMatch(made -> made.progress() == Progress.DONE)
                && planned(change).ends().stream().allMatch(step -> Readings.holds(step, tuning));
    }

    private static Plan planned(Change change) {
        return new Plan(change.netns(), change.steps().stream().map(Made::step).toList(), List.of());
    }
}
