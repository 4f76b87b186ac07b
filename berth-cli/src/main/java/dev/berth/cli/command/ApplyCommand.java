package dev.berth.cli.command;

import dev.berth.platform.HostTuning;
import dev.berth.platform.NetworkNamespace;
import dev.berth.remedy.apply.Applied;
import dev.berth.remedy.apply.Applying;
import dev.berth.remedy.apply.NotChanged;
import dev.berth.remedy.apply.Readings;
import dev.berth.remedy.plan.Plan;
import dev.berth.remedy.plan.PlanFile;
import dev.berth.remedy.plan.PlanRefusedException;
import dev.berth.remedy.plan.Terrain;
import dev.berth.remedy.plan.WrittenPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

final class ApplyCommand implements Changing {
    static CommandSpec spec() {
        return new CommandSpec(
                "apply",
                "carry out a plan that `berth plan` wrote, where the host still is as it found it",
                "FILE|-",
                1,
                1,
                List.of(),
                ChangeOptions.with(ChangeOptions.FORCE),
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
            throws UsageException, NotDoneException, PlanRefusedException {
        checkNamespace(file, terrain, arguments);
        Plan written = file.plan();
        var notes = new ArrayList<String>();
        if (!file.host().equals(host)) {
            notes.add("The plan was made on another host: " + file.host() + ".");
        }
        if (isDone(written, terrain.tuning())) {
            return new Plan(terrain.netns(), List.of(), notes);
        }
        Applied.Stale stale = Applying.stale(written, terrain.tuning());
        if (stale != null) {
            NotChanged told = Objects.requireNonNull(NotChanged.of(stale));
            throw planAgain(written, told.what(), told.why());
        }
        Plan fresh = WrittenPlan.afresh(written, terrain, arguments.has(ChangeOptions.FORCE.name()));
        String difference = WrittenPlan.difference(written, fresh);
        if (difference != null) {
            throw planAgain(written, "nothing was changed: Berth would plan something else here now", difference);
        }
        notes.addAll(fresh.notes());
        written.notes().stream()
                .filter(note -> !fresh.notes().contains(note))
                .forEach(note -> notes.add("The plan says: " + note));
        return new Plan(terrain.netns(), fresh.steps(), notes);
    }

    private static boolean isDone(Plan written, HostTuning tuning) {
        return written.ends().stream().allMatch(step -> Readings.holds(step, tuning));
    }

    private static StalePlanException planAgain(Plan written, String what, String why) {
        return new StalePlanException(
                written, new NotChanged(what, why, "plan again, as who applies it: berth plan COMMAND… -o FILE"));
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
}
