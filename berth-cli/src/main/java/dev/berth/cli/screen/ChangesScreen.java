package dev.berth.cli.screen;

import dev.berth.cli.look.History;
import dev.berth.remedy.journal.Change;
import dev.berth.remedy.log.Acted;
import dev.berth.remedy.plan.Step;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What Berth has done to this host. */
public final class ChangesScreen {
    private static final int INDENT = 14;

    private ChangesScreen() {}

    /** Changes and acts in one list, newest last. */
    public static void list(Page page, History history, Instant now) {
        if (history.changes().isEmpty() && history.acts().isEmpty()) {
            page.line(
                    history.hidden()
                            ? "No change of this host is known here, and not all could be looked at."
                            : "Berth has changed nothing on this host.");
            page.gaps(history.gaps());
            return;
        }
        var grid = new Grid(">NUMBER", "WHEN", "WHO", "STATE", "COMMAND");
        List<Acted> acts = history.acts();
        int act = 0;
        for (Change change : history.changes()) {
            while (act < acts.size() && acts.get(act).at().isBefore(change.at())) {
                act = row(grid, acts, act);
            }
            grid.row(
                    String.valueOf(change.id()),
                    Moments.toSecond(change.at()),
                    who(change.actor().user(), change.actor().sudoUser()),
                    ChangeScreen.state(change, now),
                    Escaped.text(change.command()));
        }
        while (act < acts.size()) {
            act = row(grid, acts, act);
        }
        grid.print(page, 0);
        next(page, history.changes(), now);
        page.gaps(history.gaps());
    }

    /** One line for all that one command did of the same kind. @return the act after them */
    private static int row(Grid grid, List<Acted> acts, int first) {
        Acted one = acts.get(first);
        int end = first + 1;
        while (end < acts.size() && isLike(one, acts.get(end))) {
            end++;
        }
        String subject = end - first == 1 ? one.subject() : Figures.count(end - first) + " times";
        grid.row(
                "-",
                Moments.toSecond(one.at()),
                who(one.user(), one.sudoUser()),
                one.outcome() == null ? "not known" : one.outcome(),
                Escaped.text(one.command() + ": " + one.act() + ", " + subject));
        return end;
    }

    private static boolean isLike(Acted one, Acted other) {
        return one.command().equals(other.command())
                && one.act().equals(other.act())
                && one.user().equals(other.user())
                && String.valueOf(one.outcome()).equals(String.valueOf(other.outcome()));
    }

    private static String who(String user, @Nullable String sudoUser) {
        return Escaped.text(sudoUser == null || sudoUser.equals(user) ? user : user + " (" + sudoUser + ")");
    }

    private static void next(Page page, List<Change> changes, Instant now) {
        for (Change change : changes) {
            switch (change.state()) {
                case UNFINISHED, UNCONFIRMED -> ChangeScreen.pending(page, change, now);
                case PARTLY_UNDONE ->
                    page.prose(
                            2,
                            "Change %d (%s) is undone in part: berth changes %1$d says what is left and why, and berth rollback %1$d tries it again."
                                    .formatted(change.id(), Escaped.text(change.command())));
                case APPLIED, UNDONE, ROLLED_BACK -> {}
            }
        }
    }

    /** Every step of one change. */
    public static void one(Page page, Change change, Instant now) {
        page.prose(0, page.ink().bold("Change " + change.id()) + ": berth " + Escaped.text(change.command()));
        labelled(page, "when", Moments.toSecond(change.at()));
        labelled(page, "who", who(change.actor().user(), change.actor().sudoUser()));
        labelled(
                page,
                "where",
                "network namespace " + Escaped.text(change.netns().toString()));
        String detail = change.detail();
        labelled(page, "state", ChangeScreen.state(change, now) + (detail == null ? "" : ": " + Escaped.text(detail)));
        page.blank().line(page.ink().bold("Steps"));
        for (Change.Made made : change.steps()) {
            Step step = made.step();
            labelled(
                    page,
                    ChangeScreen.place(step),
                    step.setting() + "  " + ValueDiff.of(step.setting(), step.from(), step.to()));
            String more = made.detail();
            page.prose(INDENT, progress(made.progress()) + (more == null ? "" : ": " + Escaped.text(more)));
        }
        switch (change.state()) {
            case UNFINISHED, UNCONFIRMED -> {
                page.blank();
                ChangeScreen.pending(page, change, now);
            }
            case APPLIED, PARTLY_UNDONE -> page.blank().line("To take it back: berth rollback " + change.id());
            case UNDONE, ROLLED_BACK -> {}
        }
    }

    private static void labelled(Page page, String label, String text) {
        page.prose("  " + label, 2 + label.length(), INDENT, text);
    }

    private static String progress(Change.Progress progress) {
        return switch (progress) {
            case PLANNED -> "not begun";
            case DOING -> "begun";
            case DONE -> "done, and read back";
            case FAILED -> "failed";
            case UNDOING -> "being undone";
            case UNDONE -> "undone";
            case LEFT -> "left as it is";
            case OWED -> "not undone yet";
        };
    }
}
