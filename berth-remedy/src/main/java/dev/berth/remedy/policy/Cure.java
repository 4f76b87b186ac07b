package dev.berth.remedy.policy;

import dev.berth.diagnosis.Aim;
import dev.berth.diagnosis.Reservation;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.HostTuning.Place;
import dev.berth.remedy.plan.Plan;
import dev.berth.remedy.plan.PlanOptions;
import dev.berth.remedy.plan.PlanRefusedException;
import dev.berth.remedy.plan.PlanRefusedException.Kind;
import dev.berth.remedy.plan.Planning;
import dev.berth.remedy.plan.Step;
import dev.berth.remedy.plan.Terrain;
import dev.berth.remedy.policy.Item.State;
import dev.berth.remedy.policy.Policy.TimeWaitReuse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What can be done about a drift. Whoever makes a single change wants all of it or nothing; a host that starts wants whatever
 * protects its servers now, also where the rest cannot be: a file that beats Berth's own, a folder mounted read-only.
 *
 * @param drift the same, where what cannot be done is told as {@link State#CANNOT}, with the reason
 * @param plan what can be done; no step where that is nothing
 */
public record Cure(Drift drift, Plan plan) {
    /** Holds a host against a policy, and tells what of the difference could be made up for, by whoever may. */
    public static Drift examine(Policy policy, HostNetwork host, PlanOptions options) throws HostReadException {
        Drift drift = Drift.of(policy, host, options.persist());
        return drift.aims().isEmpty() || host.facts().recorded()
                ? drift
                : of(policy, drift, Terrain.of(host, List.of()), options).drift();
    }

    /** For whoever may do it all. */
    public static Cure of(Policy policy, Drift drift, Terrain terrain, PlanOptions options) {
        return terrain.isWindows()
                ? new WindowsCure(policy, drift, terrain, options).cure()
                : new Finding(drift, terrain, options).cure();
    }

    /** For this user, now: where some of it is permitted and the rest is not, the rest cannot be. */
    public static Cure permitted(Policy policy, Drift drift, Terrain terrain, PlanOptions options) {
        if (terrain.isWindows()) {
            return of(policy, drift, terrain, options); // an administrator may do all of it, and anybody else none
        }
        var finding = new Finding(drift, terrain, options);
        finding.leaveOutForbidden();
        return finding.cure();
    }

    private record Spot(String setting, Place place) {}

    private record Refusal(String why, String next) {
        static Refusal of(PlanRefusedException e) {
            return new Refusal(e.getMessage() + ": " + e.why(), e.next());
        }
    }

    /** One search. A range is set only where the ports that it could hand out are reserved. */
    private static final class Finding {
        private final Drift drift;
        private final Terrain terrain;
        private final PlanOptions options;
        private final Map<Spot, Refusal> refused = new HashMap<>();
        private Plan plan;

        Finding(Drift drift, Terrain terrain, PlanOptions options) {
            this.drift = drift;
            this.terrain = terrain;
            this.options = options;
            this.plan = plan();
            leaveOut(e -> e.kind() != Kind.NOT_PERMITTED);
        }

        Cure cure() {
            List<Item> items = drift.items().stream().map(this::told).toList();
            return new Cure(new Drift(items, drift.aims(), drift.lasting(), drift.gaps()), plan);
        }

        private Item told(Item item) {
            Spot spot = spot(item.aspect());
            Refusal refusal = item.state() == State.DRIFT && spot != null ? refused.get(spot) : null;
            return refusal == null ? item : item.cannot(refusal.why(), refusal.next());
        }

        private static @Nullable Spot spot(Item.Aspect aspect) {
            return switch (aspect) {
                case RESERVED_NOW -> new Spot(Reservation.SETTING, Place.RUNNING);
                case RESERVED_AT_START -> new Spot(Reservation.SETTING, Place.PERSISTENT);
                case RANGE_NOW -> new Spot(Aim.Draw.SETTING, Place.RUNNING);
                case RANGE_AT_START -> new Spot(Aim.Draw.SETTING, Place.PERSISTENT);
                case REUSE_NOW -> new Spot(TimeWaitReuse.SETTING, Place.RUNNING);
                case REUSE_AT_START -> new Spot(TimeWaitReuse.SETTING, Place.PERSISTENT);
                case BINDABLE, CAPACITY -> null;
            };
        }

        private Plan plan() {
            List<Aim> now = possible(Place.RUNNING);
            List<Aim> later = drift.lasting() ? possible(Place.PERSISTENT) : List.of();
            if (now.equals(later)) {
                return planned(now, Place.PERSISTENT);
            }
            Plan running = planned(now, Place.RUNNING);
            Plan lasting = planned(later, Place.PERSISTENT);
            var steps = new ArrayList<>(running.steps());
            lasting.steps().stream()
                    .filter(step -> step.place() == Place.PERSISTENT)
                    .forEach(steps::add);
            var notes = new LinkedHashSet<>(running.notes());
            notes.addAll(lasting.notes());
            return new Plan(terrain.netns(), steps, List.copyOf(notes));
        }

        /** Known to be possible. */
        private Plan planned(List<Aim> aims, Place place) {
            try {
                return aims.isEmpty() ? new Plan(terrain.netns(), List.of(), List.of()) : outline(aims, place);
            } catch (PlanRefusedException e) {
                throw new IllegalStateException(e); // it was planned a moment ago, from the same look at the host
            }
        }

        private Plan outline(List<Aim> aims, Place place) throws PlanRefusedException {
            return Planning.outline(
                    aims, terrain, new PlanOptions(place == Place.PERSISTENT, options.force(), options.restarts()));
        }

        /** The aims that are not refused there, the others put down. */
        private List<Aim> possible(Place place) {
            if (refusal(drift.aims(), place) == null) {
                return drift.aims();
            }
            var possible = new ArrayList<Aim>();
            List<Aim> ports = drift.aims().stream()
                    .filter(aim -> !(aim instanceof Aim.Assign))
                    .toList();
            addPorts(possible, ports, place);
            for (Aim aim : drift.aims()) {
                if (aim instanceof Aim.Assign && none(place, refusal(List.of(aim), place), aim)) {
                    possible.add(aim);
                }
            }
            return possible;
        }

        private void addPorts(List<Aim> possible, List<Aim> ports, Place place) {
            PlanRefusedException both = ports.isEmpty() ? null : refusal(ports, place);
            if (both == null) {
                possible.addAll(ports);
                return;
            }
            Aim first = ports.getFirst();
            if (none(place, refusal(List.of(first), place), first)) {
                possible.add(first);
            }
            if (ports.size() > 1) {
                none(place, both, ports.getLast());
            }
        }

        /** Puts a refusal down, if it is one. */
        private boolean none(Place place, @Nullable PlanRefusedException refusal, Aim aim) {
            if (refusal != null) {
                refused.put(new Spot(setting(aim), place), Refusal.of(refusal));
            }
            return refusal == null;
        }

        private static String setting(Aim aim) {
            return switch (aim) {
                case Aim.Reserve _, Aim.Release _ -> Reservation.SETTING;
                case Aim.Draw _ -> Aim.Draw.SETTING;
                case Aim.Assign(String setting, var _) -> setting;
                case Aim.Remove(String setting) -> setting;
            };
        }

        private @Nullable PlanRefusedException refusal(List<Aim> aims, Place place) {
            try {
                outline(aims, place);
                return null;
            } catch (PlanRefusedException e) {
                return e;
            }
        }

        /** Nothing is left out where that would be everything: then the plan is refused as a whole, which says more. */
        void leaveOutForbidden() {
            if (plan.steps().stream().anyMatch(step -> obstacle(step) == null)) {
                leaveOut(_ -> true);
            }
        }

        private void leaveOut(Predicate<PlanRefusedException> which) {
            var left = new ArrayList<Step>();
            for (Step step : plan.steps()) {
                Spot spot = new Spot(step.setting(), step.place());
                Refusal unreserved = step.setting().equals(Aim.Draw.SETTING)
                        ? refused.get(new Spot(Reservation.SETTING, step.place()))
                        : null;
                PlanRefusedException obstacle = obstacle(step);
                if (obstacle != null && which.test(obstacle)) {
                    refused.put(spot, Refusal.of(obstacle));
                } else if (unreserved != null) {
                    refused.put(spot, unreserved);
                } else {
                    left.add(step);
                }
            }
            plan = new Plan(plan.netns(), left, left.isEmpty() ? List.of() : plan.notes());
        }

        private @Nullable PlanRefusedException obstacle(Step step) {
            return Planning.obstacle(step, terrain.tuning());
        }
    }
}
