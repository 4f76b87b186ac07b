package dev.berth.remedy.free;

import dev.berth.diagnosis.Cause;
import dev.berth.diagnosis.Explanation;
import dev.berth.diagnosis.Holder;
import dev.berth.diagnosis.OwnService;
import dev.berth.diagnosis.ProcessFamily;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts a plan together. A listener goes first, since no bind passes it; what else is on the port may be no obstacle to a
 * server that shares addresses (SO_REUSEADDR), so it is only touched while the port is still held. Without a listener
 * connections go first, as that costs less than a process.
 */
final class Planning {
    private final Explanation why;
    private final Situation situation;
    private final FreeOptions options;
    private final Guard guard;

    private final List<Holder> waiting = new ArrayList<>();
    private final List<Holder> connections = new ArrayList<>();
    private final List<Holder> processes = new ArrayList<>();
    private final List<Holder> leftovers = new ArrayList<>();

    Planning(Situation situation, FreeOptions options) {
        this.why = situation.why();
        this.situation = situation;
        this.options = options;
        this.guard = new Guard(situation, options);
    }

    FreePlan plan() {
        if (why.verdict() == Cause.FREE) {
            return new FreePlan.Nothing();
        }
        List<Holder> held = why.inTheWay();
        if (held.isEmpty()) {
            return Guard.nobodyToEnd(why);
        }
        boolean listener = held.stream().anyMatch(holder -> holder.cause() == Cause.LISTENER);
        for (Holder holder : held) {
            FreePlan.Refused refused = sort(holder, listener);
            if (refused != null) {
                return refused;
            }
        }
        List<ProcessFamily> families = ProcessFamily.of(processes);
        var endings = new ArrayList<Step>();
        FreePlan.Refused refused = end(families, endings);
        if (refused != null) {
            return refused;
        }
        processes.stream().filter(Guard::isConnection).forEach(leftovers::add);
        moveTo(leftovers, connections, families);
        moveTo(leftovers, waiting, families);
        leftovers.removeIf(holder -> holder.id().cookie() == 0); // could not be told from a later connection
        return new FreePlan.Steps(inOrder(listener, endings));
    }

    private FreePlan.@Nullable Refused sort(Holder holder, boolean listener) {
        if (listener && holder.accepted()) {
            if (!situation.mayCarryTheSession(holder)) { // else Berth would cut off its own terminal
                leftovers.add(holder);
            }
            return null;
        }
        Way way = way(holder);
        FreePlan.Refused refused = guard.against(way, holder);
        if (refused == null) {
            switch (way) {
                case WAIT -> waiting.add(holder);
                case DESTROY -> connections.add(holder);
                case STOP, SIGNAL -> processes.add(holder);
            }
        }
        return refused;
    }

    private Way way(Holder holder) {
        if (options.by() != null) {
            return options.by();
        }
        Integer expires = holder.expiresInMillis();
        if (expires != null && expires <= options.patience().toMillis()) {
            return Way.WAIT;
        }
        if (Guard.isConnection(holder) && !situation.keepsItsPort(holder)) {
            return Way.DESTROY;
        }
        return Way.STOP; // or SIGNAL, as the family turns out to be
    }

    private FreePlan.@Nullable Refused end(List<ProcessFamily> families, List<Step> endings) {
        Map<String, List<Holder>> byService = new LinkedHashMap<>();
        var signals = new ArrayList<Step>();
        for (ProcessFamily family : families) {
            List<Holder> its =
                    processes.stream().filter(holder -> isOf(family, holder)).toList();
            String service = OwnService.of(family.first());
            Way way = options.by() != null ? options.by() : service == null ? Way.SIGNAL : Way.STOP;
            FreePlan.Refused refused = guard.against(way, family, service);
            if (refused != null) {
                return refused;
            }
            if (way == Way.STOP && service != null) {
                byService.computeIfAbsent(service, _ -> new ArrayList<>()).addAll(its);
            } else {
                signals.add(new Step.Signal(family, its, options.grace(), options.force()));
            }
        }
        byService.forEach((service, its) -> endings.add(new Step.Stop(service, its)));
        endings.addAll(signals);
        return null;
    }

    private static boolean isOf(ProcessFamily family, Holder holder) {
        return holder.process() != null
                && (family.first().equals(holder.process()) || family.rest().contains(holder.process()));
    }

    private static void moveTo(List<Holder> target, List<Holder> from, List<ProcessFamily> families) {
        from.removeIf(holder -> {
            boolean endsAnyway = families.stream().anyMatch(family -> isOf(family, holder));
            if (endsAnyway) {
                target.add(holder);
            }
            return endsAnyway;
        });
    }

    private List<Step> inOrder(boolean listener, List<Step> endings) {
        var steps = new ArrayList<Step>();
        if (listener) {
            steps.addAll(endings);
        }
        if (!waiting.isEmpty()) {
            int longest = waiting.stream()
                    .mapToInt(holder -> holder.expiresInMillis() == null ? 0 : holder.expiresInMillis())
                    .max()
                    .orElse(0);
            steps.add(new Step.Wait(waiting, Duration.ofMillis(longest)));
        }
        if (!connections.isEmpty()) {
            steps.add(new Step.Destroy(oneOfEach(connections), false));
        }
        if (!listener) {
            steps.addAll(endings);
        }
        if (!leftovers.isEmpty()) {
            steps.add(new Step.Destroy(oneOfEach(leftovers), true));
        }
        return steps;
    }

    /** A connection that several processes share is one connection. */
    private static List<Holder> oneOfEach(List<Holder> holders) {
        var sockets = new LinkedHashMap<Object, Holder>();
        for (Holder holder : holders) {
            sockets.putIfAbsent(holder.id(), holder);
        }
        return List.copyOf(sockets.values());
    }
}
