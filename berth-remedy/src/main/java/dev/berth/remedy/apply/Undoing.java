package dev.berth.remedy.apply;

import dev.berth.platform.ActOutcome;
import dev.berth.platform.HostTuning;
import dev.berth.platform.HostTuning.Place;
import dev.berth.platform.HostTuning.Reading;
import dev.berth.platform.WindowsSetting;
import dev.berth.platform.file.UnfinishedFile;
import dev.berth.remedy.apply.Tunings.Whereabouts;
import dev.berth.remedy.apply.Undone.End;
import dev.berth.remedy.journal.Change;
import dev.berth.remedy.journal.Change.Made;
import dev.berth.remedy.journal.Change.Progress;
import dev.berth.remedy.journal.Change.State;
import dev.berth.remedy.journal.Journal;
import dev.berth.remedy.journal.JournalException;
import dev.berth.remedy.journal.UndoReason;
import dev.berth.remedy.plan.PlanRefusedException;
import dev.berth.remedy.plan.Planning;
import dev.berth.remedy.plan.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes changes back. On a {@link Journal#imagined} journal and a {@link Rehearsal} it tells what that would do. */
public final class Undoing {
    private final Journal journal;
    private final Tunings tunings;
    private boolean inTheMiddle;
    private @Nullable IOException unwritten;

    public Undoing(Journal journal, Tunings tunings) {
        this(journal, tunings, false);
    }

    /** @param inTheMiddle whether a part of it has been done: then it goes on where the journal cannot be written */
    private Undoing(Journal journal, Tunings tunings, boolean inTheMiddle) {
        this.journal = journal;
        this.tunings = tunings;
        this.inTheMiddle = inTheMiddle;
    }

    /** One that goes on where the journal cannot be written: leaving a change half made would be worse. */
    static Undoing unwritten(Journal journal, Tunings tunings) {
        return new Undoing(journal, tunings, true);
    }

    /** Takes back the steps of a change because somebody asked for it, the last one first, each as it is found by then. */
    public Undone undo(Change change) throws IOException {
        return undo(change, UndoReason.ASKED);
    }

    /**
     * The same for another reason. Steps that were left the last time are tried again.
     *
     * @throws IOException when the journal could not be written. Before the first effect that is the end of it; afterwards the
     *     steps are taken back all the same, and it tells how that went
     */
    public Undone undo(Change change, UndoReason reason) throws IOException {
        Undone undone;
        inTheMiddle = false;
        try {
            undone = takeBack(change, reason);
        } catch (IOException e) {
            throw journal.undoing(change.id()) == null ? e : told(change.id(), "is not taken back yet", e);
        }
        if (unwritten != null) {
            String left = undone.unfinished();
            throw told(change.id(), "is taken back" + (left.isEmpty() ? "" : " but for " + left), unwritten);
        }
        return undone;
    }

    private static JournalException told(int id, String end, IOException unwritten) {
        return new JournalException(
                JournalException.Kind.INACCESSIBLE,
                "change %d %s, and the journal could not be written on the way".formatted(id, end),
                unwritten instanceof JournalException journalled ? journalled.why() : UnfinishedFile.reason(unwritten),
                "make room or set that right: the next Berth that changes anything looks at this change first");
    }

    private Undone takeBack(Change change, UndoReason reason) throws IOException {
        int id = change.id();
        State state = journal.change(id).state();
        boolean ended = state == State.UNDONE || state == State.ROLLED_BACK;
        if (!ended && journal.undoing(id) == null) {
            note(() -> journal.undoing(id, reason));
        }
        var taken = new ArrayList<Undone.Taken>();
        for (int i = change.steps().size() - 1; i >= 0; i--) {
            Made made = journal.change(id).steps().get(i);
            taken.add(new Undone.Taken(
                    made.step(),
                    switch (made.progress()) {
                        case PLANNED -> new End.Nothing("it had not been done");
                        case UNDONE ->
                            new End.Nothing(made.detail() == null ? "it was taken back before" : made.detail());
                        case DOING, DONE, FAILED, UNDOING, LEFT, OWED -> takeBack(id, i, made.step());
                    }));
        }
        if (!ended && unwritten == null && taken.stream().noneMatch(one -> one.end() instanceof End.Owed)) {
            note(() -> journal.undone(id, null));
        }
        return new Undone(id, taken);
    }

    /**
     * The same, and then what earlier changes have left as it was because of this one, or of one that waited for it; the latest
     * first.
     *
     * @return this one, and those in which something was no longer in the way
     */
    public List<Undone> undoWithWaiting(Change change, UndoReason reason) throws IOException {
        List<Change> chain = waitingFor(change);
        var all = new ArrayList<Undone>();
        all.add(undo(change, reason));
        for (Change earlier : chain.subList(1, chain.size())) {
            if (!isHeldUp(earlier, chain)) {
                all.add(undoAfter(change, earlier, reason));
            }
        }
        return all;
    }

    /** Why this user cannot set what that sets, as far as can be told without setting it; null where nothing is in the way. */
    public @Nullable PlanRefusedException notPermitted(List<Undone> foreseen) {
        for (Undone undone : foreseen) {
            for (Undone.Taken taken : undone.steps()) {
                Step step = taken.step();
                if (taken.isSet()
                        && whereabouts(journal.change(undone.id()), step.place())
                                instanceof Whereabouts.Found(HostTuning tuning)) {
                    PlanRefusedException obstacle = Planning.obstacle(step, tuning);
                    if (obstacle != null && obstacle.kind() == PlanRefusedException.Kind.NOT_PERMITTED) {
                        return obstacle;
                    }
                }
            }
        }
        return null;
    }

    /** The change, then those that wait for it, or for one before them; a change waits for later ones only. */
    private List<Change> waitingFor(Change change) {
        var chain = new ArrayList<>(List.of(change));
        for (Change earlier : journal.changes().reversed()) {
            if (isHeldUp(earlier, chain)) {
                chain.add(earlier);
            }
        }
        return chain;
    }

    private boolean isHeldUp(Change earlier, List<Change> later) {
        return later.stream().anyMatch(one -> Claims.isHeldUp(journal.changes(), earlier, one.id()));
    }

    private Undone undoAfter(Change change, Change earlier, UndoReason reason) throws IOException {
        try {
            return undo(earlier, reason);
        } catch (IOException e) {
            throw told(change.id(), "is taken back, what was left of change " + earlier.id() + " is not yet", e);
        }
    }

    /** The same, and nothing that is said of it reaches the disk for sure. */
    Undone bestEffort(Change change) {
        try {
            return takeBack(change, UndoReason.FAILURE);
        } catch (IOException e) {
            throw new IllegalStateException(e); // note() throws none
        }
    }

    private interface Line {
        void write() throws IOException;
    }

    private void note(Line line) throws IOException {
        try {
            line.write();
        } catch (IOException e) {
            if (!inTheMiddle) {
                throw e;
            }
            unwritten = unwritten == null ? e : unwritten;
        }
    }

    private End takeBack(int id, int index, Step step) throws IOException {
        End end = switch (whereabouts(journal.change(id), step.place())) {
            case Whereabouts.Found(HostTuning tuning) -> takeBack(id, index, step, tuning);
            case Whereabouts.Gone() -> new End.Nothing("its namespace is no more");
            case Whereabouts.Hidden(String why) -> new End.Left("its network namespace was not found: " + why);
        };
        note(() -> write(id, index, end));
        return end;
    }

    private void write(int id, int index, End end) throws IOException {
        switch (end) {
            case End.Back _ -> journal.undoneStep(id, index, false, null);
            case End.Nothing(String why) -> journal.undoneStep(id, index, false, why);
            case End.Left(String why, var _) -> journal.undoneStep(id, index, true, why);
            case End.Owed(String why) -> {
                Made made = journal.change(id).steps().get(index);
                if (made.progress() != Progress.OWED
                        || !why.equals(made.detail())) { // one line, however often it is tried
                    journal.owed(id, index, why);
                }
            }
        }
    }

    private Whereabouts whereabouts(Change change, Place place) {
        Whereabouts own = tunings.of(change);
        HostTuning files = own instanceof Whereabouts.Found || place != Place.PERSISTENT ? null : tunings.ofFiles();
        return files == null ? own : new Whereabouts.Found(files);
    }

    private End takeBack(int id, int index, Step step, HostTuning tuning) throws IOException {
        Reading reading = tuning.read(step.setting(), step.place());
        if (reading instanceof Reading.Unknown(String why)) {
            return new End.Owed("it cannot be read: " + why);
        }
        String now = reading instanceof Reading.Value(String text) ? text : null;
        String startId = tuning.startId();
        Progress progress = journal.change(id).steps().get(index).progress();
        boolean killed = step.place() == Place.PERSISTENT
                && !WindowsSetting.isOne(step.setting()) // which is in no file
                && (progress == Progress.DOING || progress == Progress.UNDOING || progress == Progress.OWED);
        var way = new WayBack(journal.changes(), journal.change(id), index, startId);
        return switch (way.from(now, journal.attempt(id, index))) {
            case WayBack.Way.None(End end) -> {
                if (killed) {
                    tuning.write(step.setting(), step.place(), now); // clears what a killed write left beside its file
                }
                yield end;
            }
            case WayBack.Way.Set(var target, End then) -> {
                var attempt = new Journal.Attempt(startId, now, target);
                if (!attempt.equals(journal.attempt(id, index))) {
                    note(() -> journal.undoingStep(id, index, attempt));
                }
                yield set(step, target, tuning, then);
            }
        };
    }

    private End set(Step step, @Nullable String target, HostTuning tuning, End then) {
        inTheMiddle = true;
        ActOutcome outcome = Readings.written(tuning, step, target);
        Reading after = tuning.read(step.setting(), step.place());
        if (Readings.at(after, step.setting(), target)) {
            return then;
        }
        String why = outcome instanceof ActOutcome.Done ? "" : ": " + outcome.detail();
        return new End.Owed(
                "it could not be set to %s%s; it is %s".formatted(Readings.words(target), why, Readings.words(after)));
    }
}
