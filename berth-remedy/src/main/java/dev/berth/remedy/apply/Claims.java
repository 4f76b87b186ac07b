package dev.berth.remedy.apply;

import dev.berth.net.PortSet;
import dev.berth.platform.HostTuning.Place;
import dev.berth.platform.ReservedList;
import dev.berth.platform.WindowsSetting;
import dev.berth.remedy.journal.Change;
import dev.berth.remedy.journal.Change.Made;
import dev.berth.remedy.journal.Change.Progress;
import dev.berth.remedy.journal.Change.State;
import dev.berth.remedy.plan.Plan;
import dev.berth.remedy.plan.SettingValue;
import dev.berth.remedy.plan.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What other changes want of the setting of one step. A later change in force comes first: of a value, because it was made on
 * top of this one; of a list, for the ports that it asked for as well. Whoever wants something of the file wants it running too.
 */
final class Claims {
    private final Step step;
    private final List<Claim> later = new ArrayList<>();
    private final List<Claim> others = new ArrayList<>();
    private final List<Claim> ended = new ArrayList<>();

    /** A step of another change on the same setting. */
    private record Claim(int id, Step step, boolean inForce, PortSet ports) {}

    Claims(List<Change> all, Change change, Step step, String startId) {
        this.step = step;
        for (Change other : all) {
            for (Made made : other.steps()) {
                if (concerns(other, made, change, startId)) {
                    sort(other, made, change);
                }
            }
        }
    }

    /** A service that was stopped and started again leaves nothing to others. */
    private boolean concerns(Change other, Made made, Change change, String startId) {
        Step its = made.step();
        boolean file = its.place() == Place.PERSISTENT;
        return its.setting().equals(step.setting())
                && !WindowsSetting.isService(step.setting())
                && made.progress() != Progress.PLANNED
                && (step.place() == its.place() || step.place() == Place.RUNNING)
                && (step.place() == Place.PERSISTENT || other.isOfNamespaceOf(change)) // of files there is one set
                && (file || !other.isBefore(startId));
    }

    private void sort(Change other, Made made, Change change) {
        boolean here = made.step().place() == step.place();
        boolean left = stillThere(made.progress());
        boolean asked = inForce(other) && other.id() != change.id() && !left && made.progress() != Progress.UNDONE;
        boolean owed = left && (other.state() == State.PARTLY_UNDONE || other.state() == State.UNFINISHED);
        PortSet ports = asked ? asked(made.step()) : owed ? own(made.step()) : PortSet.EMPTY;
        var claim = new Claim(other.id(), made.step(), asked, ports);
        if (asked && here) {
            others.add(claim);
        }
        if (other.id() > change.id() && (asked || owed)) {
            later.add(claim);
        }
        if (here && !asked) {
            ended.add(claim);
        }
    }

    /** Whether it was to be taken back, and was not. */
    private static boolean stillThere(Progress progress) {
        return progress == Progress.LEFT || progress == Progress.OWED || progress == Progress.UNDOING;
    }

    private static boolean inForce(Change change) {
        return switch (change.state()) {
            case UNFINISHED, UNCONFIRMED, APPLIED -> true;
            case UNDONE, ROLLED_BACK, PARTLY_UNDONE -> false;
        };
    }

    /** What a step was asked for. */
    private static PortSet asked(Step step) {
        return step.asked().isEmpty() ? SettingValue.changed(step.setting(), step.from(), step.to()) : step.asked();
    }

    /** What a step changed of that; it is all that is the step's to take back. */
    static PortSet own(Step step) {
        return asked(step).intersect(SettingValue.changed(step.setting(), step.from(), step.to()));
    }

    /** Whether a step of a change was left as it was because of a certain later one. */
    static boolean isHeldUp(List<Change> all, Change change, int later) {
        return change.state() == State.PARTLY_UNDONE
                && change.steps().stream()
                        .filter(made -> made.progress() == Progress.LEFT)
                        .anyMatch(made -> new Claims(all, change, made.step(), "").areOf(later));
    }

    private boolean areOf(int id) {
        boolean list = SettingValue.isList(step.setting());
        return later.stream()
                .anyMatch(claim -> claim.id() == id && (!list || claim.ports().intersects(own(step))));
    }

    /** Whether a plan sets what a change has set, so that the change could not be taken back first. */
    static boolean overlap(Change change, Step its, Plan plan, Step planned) {
        return its.setting().equals(planned.setting())
                && !WindowsSetting.isService(its.setting())
                && (its.place() == planned.place() || its.place() == Place.RUNNING)
                && (its.place() == Place.PERSISTENT || change.netns().mayBe(plan.netns()))
                && (!SettingValue.isList(its.setting()) || own(its).intersects(asked(planned)));
    }

    /** Whether a later change in force has set it in this very place. */
    boolean laterHere() {
        return later.stream().anyMatch(claim -> claim.inForce() && claim.step().place() == step.place());
    }

    /** The ports that later changes want. */
    PortSet ports() {
        return later.stream().map(Claim::ports).reduce(PortSet.EMPTY, PortSet::plus);
    }

    /**
     * The latest later change that stands in the way of a value; null where there is none. One that was not taken back whole
     * does so only while its value is there: rolling it back would not help with anybody else's.
     */
    @Nullable
    Integer latest(@Nullable String now) {
        return later.reversed().stream()
                .filter(claim -> claim.inForce()
                        || SettingValue.same(step.setting(), claim.step().to(), now))
                .map(Claim::id)
                .findFirst()
                .orElse(null);
    }

    /** The latest that wants any of the ports. */
    int latestOf(PortSet held) {
        return later.stream()
                .filter(claim -> claim.ports().intersects(held))
                .mapToInt(Claim::id)
                .max()
                .orElseThrow();
    }

    /**
     * Whether a list in Berth's file has come to hold only what the change that began it found elsewhere and carried along:
     * then the file need not say it any more.
     */
    boolean onlyCarried(ReservedList list) {
        if (!others.isEmpty()) {
            return false;
        }
        Step first = ended.stream()
                .map(Claim::step)
                .filter(its -> its.from() == null)
                .reduce((_, last) -> last)
                .orElse(null);
        ReservedList began = first == null ? null : SettingValue.readable(first.to());
        if (first == null || began == null) {
            return false;
        }
        var carried = new ReservedList(began.ports().minus(asked(first)), began.zero());
        return list.minus(carried).equals(ReservedList.EMPTY);
    }
}
