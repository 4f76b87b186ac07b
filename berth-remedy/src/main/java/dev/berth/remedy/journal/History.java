package dev.berth.remedy.journal;

import dev.berth.remedy.journal.Change.Made;
import dev.berth.remedy.journal.Change.Progress;
import dev.berth.remedy.journal.Change.State;
import dev.berth.remedy.log.Actor;
import dev.berth.remedy.plan.SettingRules;
import dev.berth.remedy.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the lines of the journal come to. For one thread. */
final class History {
    private final TreeMap<Integer, Told> told = new TreeMap<>();

    /** One change, as far as it has been told. */
    private static final class Told {
        private final Event.Begun begun;
        private final List<Made> steps = new ArrayList<>();
        private final Map<Integer, Journal.Attempt> attempts = new HashMap<>();
        private State state = State.UNFINISHED;
        private boolean applied;
        private @Nullable UndoReason undoing;
        private @Nullable Instant confirmBy;
        private @Nullable Instant endedAt;
        private @Nullable String detail;

        private Told(Event.Begun begun) {
            this.begun = begun;
            this.confirmBy = begun.confirmBy();
            begun.steps().forEach(step -> steps.add(new Made(step, Progress.PLANNED, null)));
        }

        private void set(int step, Progress progress, @Nullable String text) {
            steps.set(step, new Made(steps.get(step).step(), progress, text));
        }

        private void end(State how, Instant at) {
            state = how;
            endedAt = at;
            undoing = null;
        }

        private Change change() {
            return new Change(
                    begun.id(),
                    begun.at(),
                    begun.actor(),
                    begun.command(),
                    begun.startId(),
                    begun.netns(),
                    steps,
                    state,
                    confirmBy,
                    endedAt,
                    detail);
        }
    }

    /** The number of the next change. */
    int next() {
        return told.isEmpty() ? 1 : told.lastKey() + 1;
    }

    /** Oldest first. */
    List<Change> changes() {
        return told.values().stream().map(Told::change).toList();
    }

    /** @throws IllegalArgumentException where there is none with this number */
    Change change(int id) {
        return of(id).change();
    }

    @Nullable
    UndoReason undoing(int id) {
        return of(id).undoing;
    }

    Journal.@Nullable Attempt attempt(int id, int step) {
        return of(id).attempts.get(step);
    }

    private Told of(int id) {
        Told change = told.get(id);
        if (change == null) {
            throw new IllegalArgumentException("change " + id + " was never begun");
        }
        return change;
    }

    private Told of(int id, int step) {
        Told change = of(id);
        if (step < 0 || step >= change.steps.size()) {
            throw new IllegalArgumentException("change " + id + " has no step " + step);
        }
        return change;
    }

    /** @throws IllegalArgumentException where it cannot follow what was told before */
    void add(Event event) {
        switch (event) {
            case Event.Begun begun -> {
                if (begun.id() < next()) {
                    throw new IllegalArgumentException("change " + begun.id() + " does not come after the one before");
                }
                told.put(begun.id(), new Told(begun));
            }
            case Event.Doing(int id, Instant _, int step) -> of(id, step).set(step, Progress.DOING, null);
            case Event.Done(int id, Instant _, int step) -> of(id, step).set(step, Progress.DONE, null);
            case Event.Failed(int id, Instant _, int step, String outcome, var why) -> {
                Told change = of(id, step);
                String text = why == null ? outcome : why;
                boolean tried = change.steps.get(step).progress() != Progress.PLANNED;
                change.set(step, tried ? Progress.FAILED : Progress.PLANNED, text);
                var failed = change.steps.get(step).step();
                change.detail = failed.setting() + " (" + failed.place().label() + "): " + text;
            }
            case Event.Applied(int id, Instant at) -> {
                Told change = of(id);
                change.applied = true;
                change.end(change.confirmBy == null ? State.APPLIED : State.UNCONFIRMED, at);
                if (change.confirmBy != null) { // the time is for looking at what was made
                    change.confirmBy = at.plus(Duration.between(change.begun.at(), change.confirmBy));
                }
            }
            case Event.Confirmed(int id, Instant _, Actor _) -> of(id).state = State.APPLIED;
            case Event.Undoing(int id, Instant _, var reason, var actor) -> undoing(of(id), reason, actor);
            case Event.UndoingStep(int id, Instant _, int step, var attempt) -> {
                Told change = of(id, step);
                requireFit(change.steps.get(step).step(), attempt);
                change.attempts.put(step, attempt);
                change.set(step, Progress.UNDOING, null);
            }
            case Event.UndoneStep(int id, Instant _, int step, boolean left, var why) -> {
                Told change = of(id, step);
                change.attempts.remove(step);
                change.set(step, left ? Progress.LEFT : Progress.UNDONE, why);
            }
            case Event.Undone(int id, Instant at, boolean partly, var why) -> {
                Told change = of(id);
                change.detail = why == null ? change.detail : why;
                change.end(partly ? State.PARTLY_UNDONE : change.applied ? State.ROLLED_BACK : State.UNDONE, at);
            }
        }
    }

    /** What an attempt was to set is set by whoever goes on with it. */
    private static void requireFit(Step step, Journal.Attempt attempt) {
        if (!SettingRules.couldBe(step.setting(), step.place(), attempt.target())) {
            throw new IllegalArgumentException("step to be set to nothing that " + step.setting() + " can be");
        }
    }

    private static void undoing(Told change, UndoReason reason, Actor actor) {
        change.state = State.UNFINISHED;
        change.undoing = reason;
        change.detail = switch (reason) {
            case FAILURE -> change.detail; // which step failed
            case INTERRUPTED -> "Berth was ended before it had finished";
            case NOT_CONFIRMED -> "nobody confirmed it in time";
            case ASKED -> "taken back by " + (actor.sudoUser() == null ? actor.user() : actor.sudoUser());
        };
    }
}
