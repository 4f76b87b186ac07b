package dev.berth.cli.screen;

import dev.berth.diagnosis.Explanation;
import dev.berth.diagnosis.Holder;
import dev.berth.net.Endpoint;
import dev.berth.platform.ActOutcome;
import dev.berth.remedy.free.Done;
import dev.berth.remedy.free.FreeEnd;
import dev.berth.remedy.free.FreeOptions;
import dev.berth.remedy.free.FreePlan;
import dev.berth.remedy.free.FreeReport;
import dev.berth.remedy.free.FreeWording;
import dev.berth.remedy.free.Step;
import dev.berth.remedy.log.Act;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code berth free} would do, and what it did. */
public final class FreeScreen {
    private static final int INDENT = 12;
    private static final int MOST_NAMED = 5;

    private FreeScreen() {}

    /**
     * @param privilegedBelow the port below which only privileged programs may bind, where that is the reason; or null
     */
    public static void plan(
            Page page, Explanation why, @Nullable Integer privilegedBelow, FreePlan plan, FreeOptions options) {
        page.prose(0, WhyScreen.verdict(page.ink(), why, privilegedBelow));
        List<Holder> held = why.inTheWay();
        if (!held.isEmpty()) {
            page.blank();
            HolderTable.print(page, held);
        }
        int others = why.holders().size() - held.size();
        if (others > 0) {
            page.prose(
                    2,
                    Figures.count(others, "other holder", "other holders") + " of the port "
                            + (others == 1 ? "is" : "are") + " not in the way, and left alone.");
        }
        switch (plan) {
            case FreePlan.Nothing() -> page.prose(2, "Nothing is to be done.");
            case FreePlan.Refused _ -> {}
            case FreePlan.Steps steps -> steps(page, steps, options);
        }
        page.gaps(why.gaps());
    }

    private static void steps(Page page, FreePlan.Steps plan, FreeOptions options) {
        boolean undoable = plan.steps().stream().allMatch(step -> step instanceof Step.Wait);
        page.blank().line(page.ink().bold(undoable ? "Plan" : "Plan; it cannot be undone"));
        int number = 1;
        for (Step step : plan.steps()) {
            page.prose(
                    "  " + number,
                    3,
                    4,
                    (number == 1 ? "" : "then, while it is still held: ") + text(FreeWording.what(step)));
            page.prose("    costs", 9, INDENT, text(FreeWording.cost(step)) + ".");
            page.prose("    why", 7, INDENT, text(FreeWording.whyNotGentler(step, options)) + ".");
            number++;
        }
        for (String note : FreeWording.notes(plan)) {
            page.prose(2, text(note));
        }
    }

    /** @param log where every act was written down */
    public static void report(Page page, Explanation before, FreeReport report, Path log) {
        if (!report.done().isEmpty()) {
            page.blank().line(page.ink().bold("Done"));
        }
        report.done().stream()
                .limit(MOST_NAMED)
                .forEach(done -> page.prose(
                        2, text(FreeWording.what(done.act(), before)) + ": " + text(outcome(done.outcome()))));
        if (report.done().size() > MOST_NAMED) {
            tellMore(
                    page,
                    before,
                    report.done().subList(MOST_NAMED, report.done().size()));
        }
        if (!report.done().isEmpty()) {
            page.prose(2, "written into " + text(log.toString()));
        }
        if (report.end() instanceof FreeEnd.Freed) {
            page.blank();
            boolean proven = report.after() != null && WhyScreen.proven(report.after());
            String time = Figures.hundredths(report.took().toMillis() / 1000.0);
            page.prose(
                    0,
                    page.ink()
                                    .green(before.protocol().label() + " " + before.port()
                                            + " is free: a server can bind "
                                            + new Endpoint(before.address(), before.port())
                                            + (proven ? " now." : ", by the rule."))
                            + " It took " + time + " s and cost " + cost(report.done()) + ".");
        }
    }

    /** What does not go like the rest is named all the same: it is what ended the freeing. */
    private static void tellMore(Page page, Explanation before, List<Done> more) {
        page.prose(2, "+ " + Figures.count(more.size()) + " more (the log has them all)");
        Done last = more.getLast();
        if (!(last.outcome() instanceof ActOutcome.Done || last.outcome() instanceof ActOutcome.Gone)) {
            page.prose(2, text(FreeWording.what(last.act(), before)) + ": " + text(outcome(last.outcome())));
        }
    }

    private static String cost(List<Done> done) {
        var costs = new ArrayList<String>();
        count(costs, done, Act.Destroy.class, "connection", "connections");
        count(costs, done, Act.Stop.class, "service", "services");
        count(costs, done, Act.Signal.class, "signal to a process", "signals to processes");
        return costs.isEmpty() ? "nothing" : String.join(" and ", costs);
    }

    private static void count(List<String> costs, List<Done> done, Class<? extends Act> kind, String one, String many) {
        long number = done.stream()
                .filter(act -> kind.isInstance(act.act()) && act.outcome() instanceof ActOutcome.Done)
                .count();
        if (number > 0) {
            costs.add(Figures.count(number, one, many));
        }
    }

    private static String outcome(ActOutcome outcome) {
        return switch (outcome) {
            case ActOutcome.Done() -> "done";
            case ActOutcome.Gone(String what) -> "not needed, " + what;
            case ActOutcome.NotPermitted(String needs) -> "not permitted, it needs " + needs;
            case ActOutcome.NotOnThisSystem(String why) -> "not possible, " + why;
            case ActOutcome.Failed(String why) -> "failed, " + why;
        };
    }

    private static String text(String foreign) {
        return Escaped.text(foreign);
    }
}
