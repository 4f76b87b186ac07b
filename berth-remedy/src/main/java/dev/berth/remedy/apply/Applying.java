package dev.berth.remedy.apply;

import dev.berth.platform.ActOutcome;
import dev.berth.platform.HostTuning;
import dev.berth.platform.HostTuning.Place;
import dev.berth.platform.HostTuning.Reading;
import dev.berth.platform.WindowsSetting;
import dev.berth.platform.file.UnfinishedFile;
import dev.berth.remedy.journal.Journal;
import dev.berth.remedy.journal.JournalException;
import dev.berth.remedy.journal.UndoReason;
import dev.berth.remedy.plan.Plan;
import dev.berth.remedy.plan.SettingValue;
import dev.berth.remedy.plan.Step;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Carries out a plan. */
public final class Applying {
    private final Journal journal;
    private final HostTuning tuning;

    public Applying(Journal journal, HostTuning tuning) {
        this.journal = journal;
        this.tuning = tuning;
    }

    /** What has to be in place before the first step, once the change has its number. */
    public interface Before {
        void firstStepOf(int change) throws IOException;
    }

    /**
     * Makes every change of the plan, or none.
     *
     * @param plan one with steps: what is as it is wanted already is no change
     * @param command what was typed, for the journal
     * @param confirmWithin how long after its last step it is undone unless it is confirmed; null where it lasts anyway
     * @throws IOException when the journal could not be written: what was done is undone as far as possible, and told
     */
    public Applied apply(Plan plan, String command, @Nullable Duration confirmWithin, Before before)
            throws IOException {
        if (plan.steps().isEmpty()) {
            throw new IllegalArgumentException("a plan without steps");
        }
        Applied stale = stale(plan, tuning);
        if (stale != null) {
            return stale;
        }
        int id = journal.begin(plan, command, tuning.startId(), confirmWithin).id();
        prepare(id, before);
        try {
            return carryOut(plan, id);
        } catch (IOException e) {
            throw unwritten(id, e);
        }
    }

    /** The first step whose value is not the one it goes from; null where all hold. */
    public static Applied.@Nullable Stale stale(Plan plan, HostTuning tuning) {
        record Spot(String setting, Place place) {}
        var reached = new HashMap<Spot, Reading>();
        for (Step step : plan.steps()) {
            var spot = new Spot(step.setting(), step.place());
            Reading now = reached.getOrDefault(spot, tuning.read(step.setting(), step.place()));
            if (!Readings.at(now, step.setting(), step.from())) {
                return new Applied.Stale(step, now);
            }
            reached.put(spot, step.to() == null ? new Reading.Unset() : new Reading.Value(step.to()));
        }
        return null;
    }

    private void prepare(int id, Before before) throws IOException {
        try {
            before.firstStepOf(id);
        } catch (IOException | RuntimeException e) {
            try {
                journal.undone(id, "nothing was done, for its way back could not be prepared: " + e.getMessage());
            } catch (IOException unwritten) {
                e.addSuppressed(unwritten); // the next Berth finds that nothing was done
            }
            throw e;
        }
    }

    private Applied carryOut(Plan plan, int id) throws IOException {
        for (int i = 0; i < plan.steps().size(); i++) {
            Step step = plan.steps().get(i);
            ActOutcome outcome = carryOut(plan, id, i);
            if (!(outcome instanceof ActOutcome.Done)) {
                return failed(id, i, step, outcome);
            }
        }
        for (Step step : restarted(plan)) {
            Reading now = tuning.read(step.setting(), step.place());
            if (!Readings.at(now, step.setting(), step.to())) {
                return failed(id, plan.steps().lastIndexOf(step), step, lost(now));
            }
        }
        journal.applied(id);
        return new Applied.Done(id);
    }

    /** What has to hold once more at the end: a service that starts may take ports, or not stay. */
    private static List<Step> restarted(Plan plan) {
        List<Step> ends = plan.ends();
        return ends.size() == plan.steps().size() ? List.of() : ends;
    }

    /** Whether a step before may have done it: many a Windows has one space of exclusions for both families. */
    private static boolean isDoneWithOtherFamily(Plan plan, int index) {
        Step step = plan.steps().get(index);
        return WindowsSetting.isExcludedPorts(step.setting())
                && plan.steps().subList(0, index).stream()
                        .anyMatch(other -> other.setting().equals(WindowsSetting.ofOtherFamily(step.setting()))
                                && SettingValue.same(step.setting(), other.from(), step.from())
                                && SettingValue.same(step.setting(), other.to(), step.to()));
    }

    private static ActOutcome lost(Reading now) {
        return new ActOutcome.Failed(
                "it was set, and is " + Readings.words(now) + " once everything was started again");
    }

    private Applied failed(int id, int index, Step step, ActOutcome outcome) throws IOException {
        journal.failed(id, index, outcome);
        Undone undone = new Undoing(journal, Tunings.only(tuning)).undo(journal.change(id), UndoReason.FAILURE);
        return new Applied.Failed(id, step, outcome, undone);
    }

    private ActOutcome carryOut(Plan plan, int id, int index) throws IOException {
        Step step = plan.steps().get(index);
        Reading before = tuning.read(step.setting(), step.place());
        if (isDoneWithOtherFamily(plan, index) && Readings.at(before, step.setting(), step.to())) {
            journal.doing(id, index);
            journal.done(id, index);
            return new ActOutcome.Done();
        }
        if (!Readings.at(before, step.setting(), step.from())) {
            return new ActOutcome.Gone("it became " + Readings.words(before) + " in the meantime");
        }
        journal.doing(id, index);
        ActOutcome outcome = Readings.written(tuning, step, step.to());
        if (!(outcome instanceof ActOutcome.Done)) {
            return outcome;
        }
        Reading after = tuning.read(step.setting(), step.place());
        if (!Readings.at(after, step.setting(), step.to())) {
            return new ActOutcome.Failed("it was written, and reads back as " + Readings.words(after));
        }
        journal.done(id, index);
        return outcome;
    }

    private JournalException unwritten(int id, IOException e) {
        Undone undone = Undoing.unwritten(journal, Tunings.only(tuning)).bestEffort(journal.change(id));
        String left = undone.unfinished();
        String why = e instanceof JournalException journalled ? journalled.why() : UnfinishedFile.reason(e);
        return new JournalException(
                JournalException.Kind.INACCESSIBLE,
                left.isEmpty()
                        ? "change " + id
                                + " was not made: the journal could not be written on the way, and every step was undone"
                        : "change " + id + " stopped: the journal could not be written on the way, and not undone is "
                                + left,
                why,
                "make room or set that right, then try again: the next Berth that changes anything looks at this change first");
    }
}
