package dev.berth.remedy.apply;

import dev.berth.platform.ActOutcome;
import dev.berth.platform.HostTuning;
import dev.berth.platform.HostTuning.Place;
import dev.berth.platform.HostTuning.Reading;
import dev.berth.remedy.apply.Tunings.Whereabouts;
import dev.berth.remedy.apply.Undone.End;
import dev.berth.remedy.journal.Change;
import dev.berth.remedy.journal.Change.Made;
import dev.berth.remedy.journal.Change.Progress;
import dev.berth.remedy.journal.Change.State;
import dev.berth.remedy.journal.Journal;
import dev.berth.remedy.journal.UndoReason;
import dev.berth.remedy.plan.Step;
import java.io.IOException;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Takes changes back. */
public final class Undoing {
    private final Journal journal;
    private final Tunings tunings;
    private final boolean written;

    public Undoing(Journal journal, Tunings tunings) {
        this(journal, tunings, true);
    }

    private Undoing(Journal journal, Tunings tunings, boolean written) {
        this.journal = journal;
        this.tunings = tunings;
        this.written = written;
    }

    /** One that goes on where the journal cannot be written: leaving a change half made would be worse. */
    static Undoing unwritten(Journal journal, Tunings tunings) {
        return new Undoing(journal, tunings, false);
    }

    /** Takes back the steps of a change because somebody asked for it, the last one first, each as it is found by then. */
    public Undone undo(Change change) throws IOException {
        return undo(change, UndoReason.ASKED);
    }

    /** The same for another reason. Steps that were left the last time are tried again. */
    public Undone undo(Change change, UndoReason reason) throws IOException {
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
                        case UNDONE -> made.detail() == null ? new End.Back() : new End.Nothing(made.detail());
                        case DOING, DONE, FAILED, UNDOING, LEFT -> takeBack(id, i, made.step());
                    }));
        }
        if (!ended) {
            note(() -> journal.undone(id, null));
        }
        return new Undone(id, taken);
    }

    /** The same, and nothing that is said of it reaches the disk for sure. */
    Undone bestEffort(Change change) {
        try {
            return undo(change, UndoReason.FAILURE);
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
            if (written) {
                throw e;
            }
        }
    }

    private End takeBack(int id, int index, Step step) throws IOException {
        End end = switch (whereabouts(journal.change(id), step.place())) {
            case Whereabouts.Found(HostTuning tuning) -> takeBack(id, index, step, tuning);
            case Whereabouts.Gone() -> new End.Nothing("its namespace is no more");
            case Whereabouts.Hidden(String why) -> new End.Left("its network namespace was not found: " + why);
        };
        note(() -> journal.undoneStep(id, index, end instanceof End.Left, detail(end)));
        return end;
    }

    private Whereabouts whereabouts(Change change, Place place) {
        Whereabouts own = tunings.of(change);
        HostTuning files = own instanceof Whereabouts.Found || place != Place.PERSISTENT ? null : tunings.ofFiles();
        return files == null ? own : new Whereabouts.Found(files);
    }

    private static @Nullable String detail(End end) {
        return switch (end) {
            case End.Back() -> null;
            case End.Nothing(String why) -> why;
            case End.Left(String why) -> why;
        };
    }

    private End takeBack(int id, int index, Step step, HostTuning tuning) throws IOException {
        Reading reading = tuning.read(step.setting(), step.place());
        if (reading instanceof Reading.Unknown(String why)) {
            return new End.Left("it cannot be read: " + why);
        }
        String now = reading instanceof Reading.Value(String text) ? text : null;
        String startId = tuning.startId();
        Progress progress = journal.change(id).steps().get(index).progress();
        boolean killed =
                step.place() == Place.PERSISTENT && (progress == Progress.DOING || progress == Progress.UNDOING);
        var way = new WayBack(journal.changes(), journal.change(id), index, startId);
        return switch (way.from(now, journal.attempt(id, index))) {
            case WayBack.Way.None(End end) -> {
                if (killed) {
                    tuning.write(step.setting(), step.place(), now); // clears what a killed write left beside its file
                }
                yield end;
            }
            case WayBack.Way.Set(var target, End then) -> {
                note(() -> journal.undoingStep(id, index, new Journal.Attempt(startId, now, target)));
                yield set(step, target, tuning, then);
            }
        };
    }

    private static End set(Step step, @Nullable String target, HostTuning tuning, End then) {
        ActOutcome outcome = tuning.write(step.setting(), step.place(), target);
        Reading after = tuning.read(step.setting(), step.place());
        if (Readings.at(after, step.setting(), target)) {
            return then;
        }
        String why = outcome instanceof ActOutcome.Done ? "" : ": " + outcome.detail();
        return new End.Left(
                "it could not be set to %s%s; it is %s".formatted(Readings.words(target), why, Readings.words(after)));
    }
}
