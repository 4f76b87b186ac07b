package dev.berth.remedy.plan;

import dev.berth.diagnosis.Fix;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.HostReadException;
import dev.berth.platform.HostTuning;
import dev.berth.platform.HostTuning.Place;
import dev.berth.platform.WindowsSetting;
import dev.berth.remedy.plan.PlanOptions.Restart;
import dev.berth.remedy.plan.PlanRefusedException.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is stopped on Windows before ports are excluded, and what is started afterwards: before a service those that need it.
 * WinNAT is the last to stop and the last to start, so that it takes its new blocks when everything else is in place; only those
 * that need it start after it.
 */
final class Restarts {
    private static final String LETS_GO = "it lets go of its ports";

    private final HostTuning tuning;
    private final Outline outline;
    private final PlanOptions options;
    private final SequencedMap<String, String> services =
            new LinkedHashMap<>(); // in the order of the stops, each with why
    private final SequencedSet<String> onWinnat = new LinkedHashSet<>();
    private final Set<String> stopped = new TreeSet<>(String.CASE_INSENSITIVE_ORDER); // before the plan is carried out
    private final List<Step> starts = new ArrayList<>();
    private boolean winnat;

    Restarts(HostTuning tuning, Outline outline, PlanOptions options) {
        this.tuning = tuning;
        this.outline = outline;
        this.options = options;
    }

    /** Plans to stop what is in the way of ports, where that was allowed, and else refuses. */
    void makeWay(Map<InTheWay, PortSet> inTheWay, Protocol protocol) throws PlanRefusedException {
        for (Map.Entry<InTheWay, PortSet> one : inTheWay.entrySet()) {
            InTheWay what = one.getKey();
            String service = what.service();
            if (service == null || !what.yields(options)) {
                throw what.refusal(one.getValue(), protocol);
            }
            if (what.restart() == Restart.WINNAT) {
                winnat = true;
                onWinnat.addAll(dependents(service));
            } else {
                dependents(service).forEach(dependent -> services.putIfAbsent(dependent, "it needs " + service));
                services.putIfAbsent(service, LETS_GO);
            }
        }
    }

    private List<String> dependents(String service) throws PlanRefusedException {
        try {
            return tuning.dependents(service);
        } catch (HostReadException e) {
            throw new PlanRefusedException(Kind.NOT_POSSIBLE, String.valueOf(e.getMessage()), e.why(), e.next());
        }
    }

    /** What holds a port that somebody frees first: its service does not run any more when the plan is carried out. */
    void willStop(Collection<InTheWay> holders) {
        holders.stream().map(InTheWay::service).filter(Objects::nonNull).forEach(stopped::add);
    }

    /** Plans to start a service that does not run, once everything else is done. */
    void start(String service) throws PlanRefusedException {
        String now = outline.value(WindowsSetting.service(service), Place.RUNNING);
        if (WindowsSetting.RUNNING.equals(now) && !stopped.contains(service)) {
            outline.note(service + " runs already.");
        } else {
            starts.add(step(service, WindowsSetting.STOPPED, WindowsSetting.RUNNING, "it is to run"));
        }
    }

    /** These steps, between the stops and the starts. */
    List<Step> around(List<Step> steps) throws PlanRefusedException {
        var nat = new LinkedHashMap<String, String>();
        onWinnat.stream()
                .filter(service -> !services.containsKey(service))
                .forEach(service -> nat.put(service, "it needs " + SystemBlock.WINNAT));
        if (winnat) {
            nat.put(SystemBlock.WINNAT, LETS_GO);
        }
        var whole = new ArrayList<Step>();
        for (Map<String, String> some : List.of(services, nat)) {
            for (Map.Entry<String, String> service : some.entrySet()) {
                whole.add(stop(service.getKey(), service.getValue()));
            }
        }
        whole.addAll(steps);
        whole.addAll(starts);
        for (SequencedMap<String, String> some : List.of(services, nat)) {
            for (String service : some.sequencedKeySet().reversed()) {
                whole.add(step(service, WindowsSetting.STOPPED, WindowsSetting.RUNNING, "it runs again as before"));
            }
        }
        return whole;
    }

    private Step stop(String service, String why) throws PlanRefusedException {
        String now = outline.value(WindowsSetting.service(service), Place.RUNNING);
        if (!WindowsSetting.RUNNING.equals(now)) {
            throw new PlanRefusedException(
                    Kind.NOT_POSSIBLE,
                    "cannot restart " + service,
                    "it was running a moment ago, and is %s".formatted(SettingValue.shown(now)),
                    "look again: the same once more");
        }
        return step(service, WindowsSetting.RUNNING, WindowsSetting.STOPPED, why);
    }

    private static Step step(String service, String from, String to, String why) {
        Fix.Risk risk = service.equals(SystemBlock.WINNAT) ? Fix.Risk.HIGH : Fix.Risk.MEDIUM;
        return new Step(WindowsSetting.service(service), Place.RUNNING, from, to, risk, why);
    }

    /** What that costs; and leave that was given for nothing. */
    void note() {
        var unserved = new LinkedHashSet<>(services.sequencedKeySet());
        unserved.addAll(onWinnat);
        if (!unserved.isEmpty()) {
            outline.note("While it is stopped nobody is served: %s.".formatted(String.join(", ", unserved)));
        } else if (options.may(Restart.SERVICES) && !winnat) {
            outline.note("No service holds any of the ports, so none is restarted.");
        }
        if (winnat) {
            outline.note(
                    "While WinNAT is stopped WSL2, containers and the NAT of Hyper-V have no network. It may not start again"
                            + " (error 32) where something took a port that it needs: Berth reads that back, and undoes the change.");
        } else if (options.may(Restart.WINNAT)) {
            outline.note("WinNAT has taken none of the ports, so it is not restarted.");
        }
    }
}
