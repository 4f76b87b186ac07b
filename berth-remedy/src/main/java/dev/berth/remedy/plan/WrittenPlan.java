package dev.berth.remedy.plan;

import dev.berth.diagnosis.Aim;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.platform.HostTuning.Place;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.SequencedSet;
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
        return Planning.outline(aims(written.steps()), terrain, new PlanOptions(persist, force));
    }

    private static List<Aim> aims(List<Step> steps) {
        PortSet reserve = PortSet.EMPTY;
        PortSet release = PortSet.EMPTY;
        SequencedSet<Aim> values = new LinkedHashSet<>();
        for (Step step : steps) {
            String to = step.to();
            if (SettingValue.isList(step.setting())) {
                PortSet listed = Objects.requireNonNull(SettingValue.readable(to), "it has been read")
                        .ports();
                reserve = reserve.plus(step.asked().intersect(listed));
                release = release.plus(step.asked().minus(listed));
            } else {
                values.add(aim(step.setting(), Objects.requireNonNull(to, "only a list may go")));
            }
        }
        var aims = new ArrayList<Aim>();
        if (!reserve.isEmpty()) {
            aims.add(new Aim.Reserve(reserve));
        }
        if (!release.isEmpty()) {
            aims.add(new Aim.Release(release));
        }
        aims.addAll(values);
        return aims;
    }

    private static Aim aim(String setting, String to) {
        PortRange range = setting.equals(Aim.Draw.SETTING) ? SettingRules.range(to) : null;
        return range == null ? new Aim.Assign(setting, to) : new Aim.Draw(range);
    }

    /** Where two plans differ, completing "because"; null where they change the same to the same. */
    public static @Nullable String difference(Plan written, Plan fresh) {
        for (Step step : fresh.steps()) {
            Step its = find(step, written);
            if (its == null || !SettingValue.same(step.setting(), its.to(), step.to())) {
                return "%s is to become %s here, and the plan %s"
                        .formatted(
                                step.name(),
                                SettingValue.shown(step.to()),
                                its == null ? "leaves it as it is" : "has " + SettingValue.shown(its.to()));
            }
        }
        return written.steps().stream()
                .filter(step -> find(step, fresh) == null)
                .findFirst()
                .map(step -> "%s is to stay as it is here, and the plan has %s"
                        .formatted(step.name(), SettingValue.shown(step.to())))
                .orElse(null);
    }

    private static @Nullable Step find(Step like, Plan plan) {
        return plan.steps().stream()
                .filter(step -> step.place() == like.place() && step.setting().equals(like.setting()))
                .findFirst()
                .orElse(null);
    }
}
