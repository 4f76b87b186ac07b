package dev.berth.remedy.plan;

import dev.berth.diagnosis.Aim;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.HostTuning.Place;
import dev.berth.platform.WindowsSetting;
import dev.berth.remedy.plan.PlanOptions.Restart;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A plan that somebody wrote down. What it is after is planned afresh, behind every guard rail; where that comes to other
 * values, the plan is out of date, or never was Berth's.
 */
public final class WrittenPlan {
    private WrittenPlan() {}

    /** What Berth plans here and now for the same aims, with its own words. */
    public static Plan afresh(Plan written, Terrain terrain, boolean force) throws PlanRefusedException {
        boolean persist = written.steps().stream().anyMatch(step -> step.place() == Place.PERSISTENT);
        return Planning.outline(
                aims(written.steps()), terrain, new PlanOptions(persist, force, restarts(written.steps())));
    }

    private static Set<Restart> restarts(List<Step> steps) {
        return steps.stream()
                .filter(step -> WindowsSetting.isService(step.setting()) && WindowsSetting.STOPPED.equals(step.to()))
                .map(step -> WindowsSetting.name(step.setting()).equals(SystemBlock.WINNAT)
                        ? Restart.WINNAT
                        : Restart.SERVICES)
                .collect(Collectors.toSet());
    }

    private static List<Aim> aims(List<Step> steps) {
        SequencedSet<Aim> lists = new LinkedHashSet<>();
        SequencedSet<Aim> values = new LinkedHashSet<>();
        for (Step step : steps) {
            if (SettingValue.isList(step.setting())) {
                PortSet listed = Objects.requireNonNull(SettingValue.readable(step.to()), "it has been read")
                        .ports();
                Protocol protocol = WindowsSetting.protocol(step.setting()); // on Linux it is all the same
                lists.add(new Aim.Reserve(step.asked().intersect(listed), protocol));
                lists.add(new Aim.Release(step.asked().minus(listed), protocol));
            } else if (!WindowsSetting.isService(step.setting()) || isStart(step, steps)) {
                values.add(aim(step.setting(), step.to()));
            }
        }
        lists.addAll(values);
        return List.copyOf(lists);
    }

    /** Whether it starts a service that the plan has not stopped. */
    private static boolean isStart(Step step, List<Step> steps) {
        return WindowsSetting.RUNNING.equals(step.to())
                && steps.stream()
                        .noneMatch(other ->
                                other.setting().equals(step.setting()) && WindowsSetting.STOPPED.equals(other.to()));
    }

    private static Aim aim(String setting, @Nullable String to) {
        if (to == null) {
            return new Aim.Remove(setting);
        }
        if (WindowsSetting.isDynamicPorts(setting)) {
            FamilyRanges ranges = Objects.requireNonNull(FamilyRanges.parse(to), "it has been read");
            return new Aim.Draw(ranges.ipv4(), WindowsSetting.protocol(setting));
        }
        PortRange range = setting.equals(Aim.Draw.SETTING) ? SettingRules.range(to) : null;
        return range == null ? new Aim.Assign(setting, to) : new Aim.Draw(range);
    }

    /** Where two plans differ, completing "because"; null where they change the same to the same. */
    public static @Nullable String difference(Plan written, Plan fresh) {
        for (Step step : fresh.steps()) {
            Step its = counterpart(step, fresh, written);
            if (its == null || !SettingValue.same(step.setting(), its.to(), step.to())) {
                return "%s is to become %s here, and the plan %s"
                        .formatted(
                                step.name(),
                                SettingValue.shown(step.to()),
                                its == null ? "leaves it as it is" : "has " + SettingValue.shown(its.to()));
            }
        }
        return written.steps().stream()
                .filter(step -> counterpart(step, written, fresh) == null)
                .findFirst()
                .map(step -> "%s is to stay as it is here, and the plan has %s"
                        .formatted(step.name(), SettingValue.shown(step.to())))
                .orElse(null);
    }

    /** What the other plan does there in its stead: a service may be stopped, and started later on. */
    private static @Nullable Step counterpart(Step step, Plan of, Plan other) {
        List<Step> there = there(step, other);
        int at = there(step, of).indexOf(step);
        return at < there.size() ? there.get(at) : null;
    }

    private static List<Step> there(Step like, Plan plan) {
        return plan.steps().stream()
                .filter(step -> step.place() == like.place() && step.setting().equals(like.setting()))
                .toList();
    }
}
