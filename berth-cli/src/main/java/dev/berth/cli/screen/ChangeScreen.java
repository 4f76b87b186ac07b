package dev.berth.cli.screen;

import dev.berth.diagnosis.Fix;
import dev.berth.platform.HostTuning.Place;
import dev.berth.remedy.apply.Applied;
import dev.berth.remedy.apply.ChangeReport;
import dev.berth.remedy.apply.Recovered;
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
    public static void plan(Page page, Plan plan, String idle, List<Change> pending) {
        if (plan.steps().isEmpty()) {
            page.line(idle);
        } else {
            page.line(page.ink().bold("Plan"));
            for (Step step : plan.steps()) {
                step(page, step);
            }
        }
        for (String note : plan.notes()) {
            page.prose(2, ValueDiff.inProse(note));
        }
        for (Change change : pending) {
            pending(page, change);
        }
    }

    private static void step(Page page, Step step) {
        String diff = step.setting() + "  " + ValueDiff.of(step.setting(), step.from(), step.to());
        labelled(page, page.ink().cyan(place(step.place())), place(step.place()), diff);
        page.prose(INDENT, ValueDiff.inProse(step.why()) + risk(step.risk()));
    }

    private static String risk(Fix.Risk risk) {
        return risk == Fix.Risk.NONE ? " (no risk)" : " (" + risk.label() + " risk)";
    }

    /** The word for a place where people read it. */
    static String place(Place place) {
        return switch (place) {
            case RUNNING -> "running";
            case PERSISTENT -> "next start";
        };
    }

    private static void labelled(Page page, String painted, String label, String prose) {
        page.prose("  " + painted, 2 + label.length(), INDENT, prose);
    }

    /** A change that is not ended, and what may become of it. */
    static void pending(Page page, Change change) {
        Instant by = change.confirmBy();
        String command = "(" + text(change.command()) + ")";
        page.prose(
                2,
                change.state() == Change.State.UNCONFIRMED && by != null
                        ? "Change " + change.id() + " " + command + " will be undone at " + Moments.toSecond(by)
                                + " unless it is confirmed: berth confirm " + change.id()
                        : "Change " + change.id() + " " + command
                                + " is not finished: another Berth is at it, or was killed, and then the next change puts it in order.");
    }

    /** The word for a state where people read it. */
    public static String state(Change.State state) {
        return switch (state) {
            case UNFINISHED -> "not finished";
            case UNCONFIRMED -> "to be confirmed";
            case APPLIED -> "in force";
            case UNDONE -> "failed, undone";
            case ROLLED_BACK -> "taken back";
            case PARTLY_UNDONE -> "undone in part";
        };
    }

    /** What taking a change back would set. */
    public static void rollback(Page page, @Nullable Change change) {
        if (change == null) {
            page.line("Nothing to take back: no change of Berth's is in force.");
            return;
        }
        page.prose(0, "Change " + change.id() + " (" + text(change.command()) + ") is " + state(change.state()) + ".");
        for (Change.Made made : change.steps().reversed()) {
            if (made.progress() != Change.Progress.PLANNED && made.progress() != Change.Progress.UNDONE) {
                Step step = made.step();
                labelled(
                        page,
                        page.ink().cyan(place(step.place())),
                        place(step.place()),
                        step.setting() + "  " + ValueDiff.of(step.setting(), step.to(), step.from()));
            }
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
            case INTERRUPTED_UNDOING -> name + " was interrupted while it was taken back," + end;
            case NOT_CONFIRMED -> name + " was not confirmed in time" + end;
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
        for (Step step : report.plan().steps()) {
            labelled(
                    page,
                    page.ink().cyan(place(step.place())),
                    place(step.place()),
                    step.setting() + " = " + ValueDiff.value(step.setting(), step.to()));
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

    /** How a change was taken back, step by step. */
    public static void undone(Page page, Undone undone) {
        page.blank().line(page.ink().bold(undone.complete() ? "Undone" : "Undone in part"));
        for (Undone.Taken taken : undone.steps()) {
            Step step = taken.step();
            String label = place(step.place());
            labelled(
                    page,
                    page.ink().cyan(label),
                    label,
                    switch (taken.end()) {
                        case Undone.End.Back() ->
                            step.setting() + "  " + ValueDiff.of(step.setting(), step.to(), step.from());
                        case Undone.End.Nothing(String why) -> step.setting() + ": nothing to undo, " + text(why);
                        case Undone.End.Left(String why) -> step.setting() + ": left as it is, " + text(why);
                    });
        }
    }

    private static void left(Page page, Undone undone) {
        for (Undone.Taken taken : undone.steps()) {
            if (taken.end() instanceof Undone.End.Left(String why)) {
                page.prose(2, taken.step().setting() + " was left as it is: " + text(why));
            }
        }
    }

    private static String text(String foreign) {
        return Escaped.text(foreign);
    }
}
