package dev.berth.cli.screen;

import dev.berth.diagnosis.Fix;
import dev.berth.platform.WindowsSetting;
import dev.berth.remedy.apply.Applied;
import dev.berth.remedy.apply.ChangeReport;
import dev.berth.remedy.apply.Recovered;
import dev.berth.remedy.apply.Unconfirmed;
import dev.berth.remedy.apply.Undone;
import dev.berth.remedy.journal.Change;
import dev.berth.remedy.plan.Plan;
import dev.berth.remedy.plan.Step;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a change would do to the settings of this host, and what it did. */
public final class ChangeScreen {
    /** Where everything is as it was asked for. */
    public static final String IDLE = "Nothing to do: the host is as it is wanted.";

    private static final int INDENT = 14;

    private ChangeScreen() {}

    /**
     * @param idle what to say where there is no step
     * @param pending changes of before that are not ended
     */
    public static void plan(Page page, Plan plan, String idle, List<Change> pending, Instant now) {
        if (plan.steps().isEmpty()) {
            page.line(idle);
        } else {
            page.line(page.ink().bold("Plan"));
            var families = new BothFamilies(plan.steps());
            for (Step step : families.lines()) {
                step(page, families.name(step), step);
            }
        }
        for (String note : plan.notes()) {
            page.prose(2, ValueDiff.inProse(note));
        }
        for (Change change : pending) {
            List<String> kept = Unconfirmed.kept(change, plan);
            if (kept.isEmpty()) {
                pending(page, change, now);
            } else {
                kept(page, change, kept);
            }
        }
    }

    /** A change that will not be undone in time, as others think it will. */
    private static void kept(Page page, Change change, List<String> settings) {
        page.prose(
                2,
                page.ink()
                                .yellow(
                                        "Change %d (%s) is not confirmed, and this sets %s over it: it is then undone only once this one is taken back."
                                                .formatted(
                                                        change.id(),
                                                        text(change.command()),
                                                        text(String.join(", ", settings))))
                        + " To let it last: berth confirm " + change.id());
    }

    private static void step(Page page, String name, Step step) {
        String diff = name + "  " + ValueDiff.of(step.setting(), step.from(), step.to());
        labelled(page, page.ink().cyan(place(step)), place(step), diff);
        page.prose(INDENT, ValueDiff.inProse(step.why()) + risk(step.risk()));
    }

    private static String risk(Fix.Risk risk) {
        return risk == Fix.Risk.NONE ? " (no risk)" : " (" + risk.label() + " risk)";
    }

    /** The word for a place where people read it. What netsh keeps is in force at once as well. */
    static String place(Step step) {
        boolean atOnce =
                WindowsSetting.isExcludedPorts(step.setting()) || WindowsSetting.isDynamicPorts(step.setting());
        return switch (step.place()) {
            case RUNNING -> "running";
            case PERSISTENT -> atOnce ? "for good" : "next start";
        };
    }

    private static void labelled(Page page, String painted, String label, String prose) {
        page.prose("  " + painted, 2 + label.length(), INDENT, prose);
    }

    /** A change that is not ended, and what may become of it. */
    static void pending(Page page, Change change, Instant now) {
        page.prose(2, "Change " + change.id() + " (" + text(change.command()) + ") " + outlook(change, now));
    }

    private static String outlook(Change change, Instant now) {
        Instant by = change.confirmBy();
        if (change.isOverdue(now) && by != null) {
            return "was to be undone at " + Moments.toSecond(by)
                    + " unless confirmed, and is in force still: the next Berth that changes anything undoes it, or now: berth rollback "
                    + change.id();
        }
        if (change.state() == Change.State.UNCONFIRMED && by != null) {
            return "will be undone at " + Moments.toSecond(by) + " unless it is confirmed: berth confirm "
                    + change.id();
        }
        if (change.isOwed()) {
            return "is to be taken back and could not be yet: every Berth that changes anything tries again, or now: berth rollback "
                    + change.id();
        }
        return "is not finished: another Berth is at it, or was killed, and then the next change puts it in order.";
    }

    /** The word for a state where people read it. */
    public static String state(Change change, Instant now) {
        return switch (change.state()) {
            case UNFINISHED -> change.isOwed() ? "to be undone" : "not finished";
            case UNCONFIRMED -> change.isOverdue(now) ? "not confirmed" : "to be confirmed";
            case APPLIED -> "in force";
            case UNDONE -> "failed, undone";
            case ROLLED_BACK -> "taken back";
            case PARTLY_UNDONE -> "undone in part";
        };
    }

    /**
     * What taking a change back would come to.
     *
     * @param foreseen it first, and then the earlier ones of which something would no longer be in the way
     */
    public static void rollback(Page page, @Nullable Change change, List<Undone> foreseen, Instant now) {
        if (change == null) {
            page.line("Nothing to take back: no change of Berth's is in force.");
            return;
        }
        page.prose(0, "Change " + change.id() + " (" + text(change.command()) + ") is " + state(change, now) + ".");
        for (Undone undone : foreseen) {
            if (undone.id() != change.id()) {
                page.prose(0, "With it goes what was left of change " + undone.id() + ":");
            }
            steps(page, undone);
        }
    }

    /** What was found out of order, and is not any more. */
    public static void recovered(Page page, List<Recovered> recovered) {
        for (Recovered one : recovered) {
            page.prose(0, recovered(one));
            Undone undone = one.undone();
            if (undone != null) {
                left(page, undone);
            }
        }
        if (!recovered.isEmpty()) {
            page.blank();
        }
    }

    private static String recovered(Recovered one) {
        Change change = one.change();
        String name = "Change " + change.id() + " (" + text(change.command()) + ")";
        Undone undone = one.undone();
        if (undone == null) {
            return name + " had been made when Berth was interrupted; that is now written down.";
        }
        String end = undone.complete() ? " and is undone now." : " and is undone now as far as possible.";
        return switch (one.why()) {
            case INTERRUPTED -> name + " was interrupted" + end;
            case OWED ->
                name
                        + (undone.complete()
                                ? ", which could not be taken back before, is undone now."
                                : " still cannot be taken back whole.");
            case INTERRUPTED_UNDOING -> name + " was interrupted while it was taken back," + end;
            case NOT_CONFIRMED -> name + " was not confirmed in time" + end;
            case WAITED -> name + " had been undone in part, for that one was in its way," + end;
        };
    }

    /** The result of a change that was not merely planned. */
    public static void report(Page page, ChangeReport report) {
        if (report.end() instanceof ChangeReport.End.Tried(Applied applied, var deadline)) {
            switch (applied) {
                case Applied.Done(int id) -> done(page, report, id, deadline);
                case Applied.Stale _ -> {}
                case Applied.Failed failed -> undone(page, failed.undoing());
            }
        }
    }

    private static void done(Page page, ChangeReport report, int id, ChangeReport.@Nullable Deadline deadline) {
        page.blank().line(page.ink().bold("Done, and read back"));
        var families = new BothFamilies(report.plan().ends());
        for (Step step : families.lines()) {
            labelled(
                    page,
                    page.ink().cyan(place(step)),
                    place(step),
                    families.name(step) + " = " + ValueDiff.value(step.setting(), step.to()));
        }
        page.blank();
        String way = "To take it back: berth rollback " + id;
        if (deadline == null) {
            page.prose(0, page.ink().green("Change " + id + " is made.") + " " + way);
        } else {
            page.prose(
                    0,
                    page.ink()
                            .yellow("Change " + id + " is made, and undone in "
                                    + Figures.count(deadline.left().toSeconds()) + " s ("
                                    + Moments.toSecond(deadline.at()) + ") unless you confirm it: berth confirm "
                                    + id));
        }
    }

    /** How changes were taken back, step by step: one that was asked for, and what had waited for it. */
    public static void undone(Page page, List<Undone> undone) {
        undone(page, undone.getFirst());
        for (Undone earlier : undone.subList(1, undone.size())) {
            page.blank().line(page.ink().bold("And what was left of change " + earlier.id()));
            steps(page, earlier);
        }
    }

    private static void undone(Page page, Undone undone) {
        page.blank().line(page.ink().bold(undone.complete() ? "Undone" : "Undone in part"));
        steps(page, undone);
    }

    private static void steps(Page page, Undone undone) {
        for (Undone.Taken taken : undone.steps()) {
            Step step = taken.step();
            String label = place(step);
            labelled(page, page.ink().cyan(label), label, step.setting() + end(step, taken.end()));
        }
    }

    private static String end(Step step, Undone.End end) {
        return switch (end) {
            case Undone.End.Back back -> "  " + back(step, back);
            case Undone.End.Nothing(String why) -> ": nothing to undo, " + text(why);
            case Undone.End.Left(String why, Undone.End.Back part)
            when part != null -> "  " + back(step, part) + "; " + text(why);
            case Undone.End.Left(String why, var _) -> ": left as it is, " + text(why);
            case Undone.End.Owed(String why) -> ": not undone yet, " + text(why);
        };
    }

    private static String back(Step step, Undone.End.Back back) {
        return ValueDiff.of(step.setting(), back.from(), back.to());
    }

    private static void left(Page page, Undone undone) {
        for (Undone.Taken taken : undone.steps()) {
            if (taken.end() instanceof Undone.End.Left(String why, var _)) {
                page.prose(2, taken.step().setting() + " was left as it is: " + text(why));
            } else if (taken.end() instanceof Undone.End.Owed(String why)) {
                page.prose(2, taken.step().setting() + " is not undone yet: " + text(why));
            }
        }
    }

    private static String text(String foreign) {
        return Escaped.text(foreign);
    }
}
