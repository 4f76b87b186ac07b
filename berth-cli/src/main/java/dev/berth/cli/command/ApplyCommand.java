package dev.berth.cli.command;

import dev.berth.platform.HostTuning;
import dev.berth.platform.HostTuning.Reading;
import dev.berth.platform.NetworkNamespace;
import dev.berth.remedy.apply.Applied;
import dev.berth.remedy.apply.NotChanged;
import dev.berth.remedy.plan.Plan;
import dev.berth.remedy.plan.PlanFile;
import dev.berth.remedy.plan.SettingValue;
import dev.berth.remedy.plan.Step;
import dev.berth.remedy.plan.Terrain;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

final class ApplyCommand implements Changing {
    static CommandSpec spec() {
        return new CommandSpec(
                "apply",
                "carry out a plan that `berth plan` wrote, where the host still is as it found it",
                "FILE|-",
                1,
                1,
                List.of(),
                ChangeOptions.CARRYING_OUT,
                List.of(
                        new CommandSpec.Example("berth apply wide.plan", "show it, ask, do it"),
                        new CommandSpec.Example(
                                "berth apply wide.plan --yes --confirm-within 60s",
                                "undo it in 60 s unless `berth confirm` comes")),
                ChangeOptions.EXITS);
    }

    @Override
    public ChangeRun.Planner planner(Arguments arguments, Console console) throws UsageException {
        PlanFile file = PlanInput.of(arguments, console);
        return terrain -> here(file, terrain, arguments, console.host().facts().hostName());
    }

    private static Plan here(PlanFile file, Terrain terrain, Arguments arguments, String host)
            throws UsageException, NotDoneException {
        checkNamespace(file, terrain, arguments);
        var steps = file.plan().steps();
        HostTuning tuning = terrain.tuning();
        boolean done = true;
        for (Step step : steps) {
            done &= is(step, step.to(), tuning.read(step.setting(), step.place()));
        }
        if (!done) {
            for (Step step : steps) {
                Reading now = tuning.read(step.setting(), step.place());
                if (!is(step, step.from(), now)) {
                    throw stale(step, now);
                }
            }
        }
        var notes = new ArrayList<>(file.plan().notes());
        if (!file.host().equals(host)) {
            notes.add("The plan was made on another host: " + file.host() + ".");
        }
        return new Plan(terrain.netns(), done ? List.of() : steps, notes);
    }

    private static void checkNamespace(PlanFile file, Terrain terrain, Arguments arguments) throws UsageException {
        NetworkNamespace netns = file.plan().netns();
        String wanted = netns.name();
        boolean foreign = terrain.isForeign();
        if (file.foreign() != foreign || foreign && !isMeant(netns, terrain.netns())) {
            throw new UsageException(
                    "the plan " + arguments.operands().getFirst() + " is for another network namespace",
                    "it was made for " + (file.foreign() ? netns : "the host's own") + ", and "
                            + (foreign ? terrain.netns() : "the host's own") + " was asked for",
                    !file.foreign()
                            ? "leave --netns out"
                            : wanted == null ? "plan again, with --netns as here" : "berth apply --netns " + wanted);
        }
    }

    /** One with a name is meant by its name, also on another host or made anew; any other is that very one. */
    private static boolean isMeant(NetworkNamespace wanted, NetworkNamespace here) {
        return wanted.name() == null ? here.mayBe(wanted) : wanted.name().equals(here.name());
    }

    private static boolean is(Step step, @Nullable String text, Reading now) {
        return switch (now) {
            case Reading.Value(String value) -> SettingValue.same(step.setting(), value, text);
            case Reading.Unset() -> text == null;
            case Reading.Unknown _ -> false;
        };
    }

    private static NotDoneException stale(Step step, Reading now) {
        NotChanged told = Objects.requireNonNull(NotChanged.of(new Applied.Stale(step, now)));
        return new NotDoneException(
                ExitCode.PROBLEM, told.what(), told.why(), "plan again: berth plan COMMAND… -o FILE");
    }
}
