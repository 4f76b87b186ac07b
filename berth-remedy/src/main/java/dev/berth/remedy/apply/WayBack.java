package dev.berth.remedy.apply;

import dev.berth.net.PortSet;
import dev.berth.platform.HostTuning.Place;
import dev.berth.platform.ReservedList;
import dev.berth.platform.WindowsSetting;
import dev.berth.remedy.apply.Undone.End;
import dev.berth.remedy.journal.Change;
import dev.berth.remedy.journal.Change.Made;
import dev.berth.remedy.journal.Change.Progress;
import dev.berth.remedy.journal.Journal;
import dev.berth.remedy.plan.FamilyRanges;
import dev.berth.remedy.plan.SettingValue;
import dev.berth.remedy.plan.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which value takes one step of a change back, given the value that is there now. Pure; docs/journal.md has the rules. */
final class WayBack {
    private static final String HAD_NOT = "it had not been done";
    private static final String SET_BACK = "somebody has set it back already";
    private static final String RESTARTED = "the restart has ended it";
    private static final String STARTED_AGAIN =
            "it was stopped and started again, and what it was stopped for goes back without";

    private final Change change;
    private final Made made;
    private final Step step;
    private final String startId;
    private final Claims claims;

    /** @param startId this run of the system */
    WayBack(List<Change> all, Change change, int index, String startId) {
        this.change = change;
        this.made = change.steps().get(index);
        this.step = made.step();
        this.startId = startId;
        this.claims = new Claims(all, change, step, startId);
    }

    /** What to do. */
    sealed interface Way {
        record None(End end) implements Way {}

        /**
         * @param target null for no value
         * @param then how it ends once the target is read back
         */
        record Set(@Nullable String target, End then) implements Way {}
    }

    /** @param attempt the one that was interrupted; null where there was none */
    Way from(@Nullable String now, Journal.@Nullable Attempt attempt) {
        if (attempt != null
                && (step.place() == Place.PERSISTENT || attempt.startId().equals(startId))) {
            if (same(now, attempt.target())) {
                return new Way.None(back(attempt.found(), attempt.target()));
            }
            if (same(now, attempt.found()) || torn(attempt.target(), attempt.found(), now)) {
                return new Way.Set(attempt.target(), back(attempt.found(), attempt.target()));
            }
        }
        if (isStartedAgain()) {
            return new Way.None(new End.Nothing(STARTED_AGAIN));
        }
        if (endedByRestart(now)) {
            return new Way.None(new End.Nothing(RESTARTED));
        }
        return SettingValue.isList(step.setting()) ? ofList(now, lost(attempt)) : ofValue(now);
    }

    private boolean same(@Nullable String one, @Nullable String other) {
        return SettingValue.same(step.setting(), one, other);
    }

    /**
     * What ran is gone with a restart, unless this very change had the restart set it as well. A service of Windows that was
     * stopped may be one that no restart starts.
     */
    private boolean endedByRestart(@Nullable String now) {
        if (step.place() == Place.PERSISTENT || !change.isBefore(startId) || isStopped(now)) {
            return false;
        }
        boolean inFile = change.steps().stream()
                .anyMatch(other -> other.step().place() == Place.PERSISTENT
                        && other.step().setting().equals(step.setting())
                        && other.progress() != Progress.PLANNED);
        return !inFile || (!same(now, step.to()) && !holdsItsPorts(now));
    }

    private boolean holdsItsPorts(@Nullable String now) {
        ReservedList list = SettingValue.readable(now);
        return SettingValue.isList(step.setting())
                && list != null
                && !Claims.own(step).isEmpty()
                && added().minus(list.ports()).isEmpty()
                && !taken().intersects(list.ports());
    }

    private Way ofValue(@Nullable String now) {
        Integer later = claims.latest(now);
        if (later != null) {
            return new Way.None(new End.Left("change " + later + " set it after this one: roll that back first"));
        }
        if (same(now, step.from())) {
            return new Way.None(new End.Nothing(untouched()));
        }
        if (same(now, step.to()) || tornWhenMade(now)) {
            return new Way.Set(step.from(), new End.Back(now, step.from()));
        }
        return new Way.None(new End.Left("it is %s now, which this change did not set; before it was %s"
                .formatted(Readings.words(now), Readings.words(step.from()))));
    }

    private boolean isStopped(@Nullable String now) {
        return WindowsSetting.isService(step.setting())
                && WindowsSetting.STOPPED.equals(step.to())
                && WindowsSetting.STOPPED.equals(now);
    }

    /** A service that this change has stopped and started is left alone, whatever has become of it since. */
    private boolean isStartedAgain() {
        return WindowsSetting.isService(step.setting())
                && isOver(made)
                && change.steps().stream()
                        .anyMatch(other -> other.step().setting().equals(step.setting())
                                && same(other.step().from(), step.to())
                                && isOver(other));
    }

    private static boolean isOver(Made one) {
        return one.progress() == Progress.DONE || STARTED_AGAIN.equals(one.detail());
    }

    private String untouched() {
        if (isBegun()) {
            return HAD_NOT;
        }
        return isBackWithOtherFamily()
                ? "it went back with %s, or somebody has set it back"
                        .formatted(WindowsSetting.ofOtherFamily(step.setting()))
                : SET_BACK;
    }

    /** Whether the same list of the other family was set back before it, which in many a Windows sets back both. */
    private boolean isBackWithOtherFamily() {
        return WindowsSetting.isExcludedPorts(step.setting())
                && change.steps().stream()
                        .anyMatch(other -> other.step().setting().equals(WindowsSetting.ofOtherFamily(step.setting()))
                                && other.progress() == Progress.UNDONE
                                && other.detail() == null);
    }

    /**
     * What may be missing of a list of Windows because its writer was killed: netsh takes a block of ports out whole, and
     * those of it that are to stay are added again.
     */
    private PortSet lost(Journal.@Nullable Attempt attempt) {
        if (!WindowsSetting.isExcludedPorts(step.setting()) || attempt == null && !isBegun()) {
            return PortSet.EMPTY;
        }
        PortSet found = ports(attempt == null ? step.from() : attempt.found());
        PortSet wanted = ports(attempt == null ? step.to() : attempt.target());
        return found.minus(wanted).isEmpty() ? wanted.minus(found) : wanted; // what only grows loses nothing
    }

    /** @param lost ports of it that are missing, and should not be */
    private Way ofList(@Nullable String now, PortSet lost) {
        ReservedList list = SettingValue.readable(now);
        boolean free = !claims.laterHere() && held().isEmpty(); // to set exactly what was there before
        if (free && same(now, step.from())) {
            return new Way.None(new End.Nothing(untouched()));
        }
        if (free && (same(now, step.to()) || tornWhenMade(now))) {
            String before = needNotBeSaid(SettingValue.readable(step.from())) ? null : step.from();
            return new Way.Set(before, new End.Back(now, before));
        }
        if (list == null) {
            return new Way.None(new End.Left("it is " + Readings.words(now) + " now, which is no list of ports"));
        }
        String target = without(list.plus(new ReservedList(lost, false)), now);
        if (!same(now, target)) {
            return new Way.Set(target, back(now, target));
        }
        return new Way.None(
                held().isEmpty() ? new End.Nothing("nothing of it is there any more") : new End.Left(stays()));
    }

    private boolean tornWhenMade(@Nullable String now) {
        return isBegun() && torn(step.to(), step.from(), now);
    }

    private boolean isBegun() {
        return made.progress() == Progress.DOING || made.progress() == Progress.FAILED;
    }

    /** The list with only that taken back which this step asked for, and nobody after it. */
    private @Nullable String without(ReservedList list, @Nullable String now) {
        PortSet claimed = claims.ports();
        var ports = list.ports().minus(added().minus(claimed)).plus(taken().minus(claimed));
        var target = new ReservedList(ports, list.zero());
        boolean nothing = target.equals(ReservedList.EMPTY);
        if (step.place() == Place.PERSISTENT && nothing && now == null || needNotBeSaid(target)) {
            return null;
        }
        return same(target.toString(), step.from()) ? step.from() : target.toString(); // as it was written
    }

    private boolean needNotBeSaid(@Nullable ReservedList list) {
        return step.place() == Place.PERSISTENT && list != null && claims.onlyCarried(list);
    }

    private PortSet added() {
        return Claims.own(step).intersect(ports(step.to()));
    }

    private PortSet taken() {
        return Claims.own(step).minus(ports(step.to()));
    }

    private static PortSet ports(@Nullable String text) {
        ReservedList list = SettingValue.readable(text);
        return list == null ? PortSet.EMPTY : list.ports();
    }

    private PortSet held() {
        return Claims.own(step).intersect(claims.ports());
    }

    private End back(@Nullable String from, @Nullable String to) {
        var back = new End.Back(from, to);
        return held().isEmpty() ? back : new End.Left(stays(), back);
    }

    private String stays() {
        PortSet held = held();
        boolean one = held.size() == 1;
        return "%s %s: change %d asked for %s too, roll that back first"
                .formatted(
                        Readings.words(held.toString()),
                        one ? "stays as it is" : "stay as they are",
                        claims.latestOf(held),
                        one ? "it" : "them");
    }

    /**
     * Whether a long list has been written in part: a write to the kernel takes a page at most. Where the list only grows, each
     * adds to it; else the first one replaces it and the others add to that (research on kernels 6.1 to 6.12,
     * proc_do_large_bitmap in kernel/sysctl.c). A dynamic range of Windows is set for one family, then for the other.
     */
    private boolean torn(@Nullable String whole, @Nullable String found, @Nullable String now) {
        if (whole == null || now == null) {
            return false;
        }
        return WindowsSetting.isDynamicPorts(step.setting())
                ? found != null && FamilyRanges.torn(whole, found, now)
                : step.place() == Place.RUNNING
                        && SettingValue.isList(step.setting())
                        && TornList.is(whole, found, now);
    }
}
