package dev.berth.remedy.plan;

import dev.berth.diagnosis.Fix;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.HostTuning.Place;
import dev.berth.platform.WindowsSetting;
import dev.berth.remedy.plan.PlanOptions.Restart;
import dev.berth.remedy.plan.PlanRefusedException.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is stopped on Windows before ports are excluded, and what is started afterwards. WinNAT is the last to stop and the last to
 * start, so that it takes its new blocks when everything else is in place.
 */
final class Restarts {
    private final Outline outline;
    private final PlanOptions options;
    private final SequencedSet<String> services = new LinkedHashSet<>();
    private final Set<String> stopped = new TreeSet<>(String.CASE_INSENSITIVE_ORDER); // before the plan is carried out
    private final List<Step> starts = new ArrayList<>();
    private boolean winnat;

    Restarts(Outline outline, PlanOptions options) {
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
            } else {
                services.add(service);
            }
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
        var all = new ArrayList<>(services);
        if (winnat) {
            all.add(SystemBlock.WINNAT);
        }
        var whole = new ArrayList<Step>();
        for (String service : all) {
            whole.add(stop(service));
        }
        whole.addAll(steps);
        whole.addAll(starts);
        for (String service : all) {
            whole.add(step(service, WindowsSetting.STOPPED, WindowsSetting.RUNNING, "it runs again as before"));
        }
        return whole;
    }

    private Step stop(String service) throws PlanRefusedException {
        String now = outline.value(WindowsSetting.service(service), Place.RUNNING);
        if (!WindowsSetting.RUNNING.equals(now)) {
            throw new PlanRefusedException(
                    Kind.NOT_POSSIBLE,
                    "cannot restart " + service,
                    "it is %s, although it holds a port".formatted(SettingValue.shown(now)),
                    "look again: the same once more");
        }
        return step(service, WindowsSetting.RUNNING, WindowsSetting.STOPPED, "it lets go of its ports");
    }

    private static Step step(String service, String from, String to, String why) {
        Fix.Risk risk = service.equals(SystemBlock.WINNAT) ? Fix.Risk.HIGH : Fix.Risk.MEDIUM;
        return new Step(WindowsSetting.service(service), Place.RUNNING, from, to, risk, why);
    }

    /** What that costs; and leave that was given for nothing. */
    void note() {
        if (!services.isEmpty()) {
            outline.note("While it is stopped nobody is served: %s.".formatted(String.join(", ", services)));
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
