package dev.berth.remedy.apply;

import dev.berth.platform.HostTuning;
import dev.berth.remedy.apply.Tunings.Whereabouts;
import dev.berth.remedy.journal.Change;
import dev.berth.remedy.journal.Change.Made;
import dev.berth.remedy.journal.Change.Progress;
import dev.berth.remedy.journal.Change.State;
import dev.berth.remedy.journal.Journal;
import dev.berth.remedy.journal.UndoReason;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
            Recovered one = isOpen(change) ? settled(change) : null;
            if (one != null) {
                all.add(one);
            }
        }
        return all;
    }

    private static boolean isOpen(Change change) {
        return change.state() == State.UNFINISHED || change.state() == State.UNCONFIRMED;
    }

    private @Nullable Recovered settled(Change change) throws IOException {
        if (tunings.of(change) instanceof Whereabouts.Hidden) {
            return null;
        }
        if (change.state() == State.UNFINISHED) {
            UndoReason undoing = journal.undoing(change.id());
            if (undoing != null) {
                return undone(change, undoing, Recovered.Why.INTERRUPTED_UNDOING);
            }
            if (!inForce(change)) {
                return undone(change, UndoReason.INTERRUPTED, Recovered.Why.INTERRUPTED);
            }
            journal.applied(change.id());
        }
        if (change.state() == State.UNFINISHED && past(change) || overdue(journal.change(change.id()))) {
            return undone(change, UndoReason.NOT_CONFIRMED, Recovered.Why.NOT_CONFIRMED);
        }
        return change.state() == State.UNFINISHED ? new Recovered(change, Recovered.Why.INTERRUPTED, null) : null;
    }

    private Recovered undone(Change change, UndoReason reason, Recovered.Why why) throws IOException {
        return new Recovered(change, why, new Undoing(journal, tunings).undo(change, reason));
    }

    private boolean overdue(Change change) {
        return change.state() == State.UNCONFIRMED && past(change);
    }

    private boolean past(Change change) {
        return change.confirmBy() != null && !clock.instant().isBefore(change.confirmBy());
    }

    /** Whether every step was proved, and still holds: one whose journal could not be written may have been undone. */
    private boolean inForce(Change change) {
        return tunings.of(change) instanceof Whereabouts.Found(HostTuning tuning)
                && change.steps().stream().allMatch(made -> holds(made, tuning));
    }

    private static boolean holds(Made made, HostTuning tuning) {
        var step = made.step();
        return made.progress() == Progress.DONE
                && Readings.at(tuning.read(step.setting(), step.place()), step.setting(), step.to());
    }
}
