package dev.berth.remedy.policy;

import dev.berth.diagnosis.Cause;
import dev.berth.diagnosis.Exclusions;
import dev.berth.diagnosis.FreeLine;
import dev.berth.diagnosis.Holder;
import dev.berth.diagnosis.KnownExclusions;
import dev.berth.diagnosis.Prediction;
import dev.berth.diagnosis.ProbePlan;
import dev.berth.net.IpAddress;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.net.rule.BindPrediction;
import dev.berth.platform.BindOutcome;
import dev.berth.platform.Gap;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.Settings;
import dev.berth.remedy.policy.Item.Aspect;
import dev.berth.remedy.policy.Item.State;
import dev.berth.remedy.policy.Policy.Service;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether one service has its ports, or could bind them now. */
final class Holding {
    private static final int LONGEST_NAME = 15; // of a process: TASK_COMM_LEN in linux/sched.h, less the final 0

    private final Service service;
    private final PortsSeen seen;
    private final HostNetwork host;
    private final Settings settings;
    private final IpAddress address;

    Holding(Service service, PortsSeen seen, HostNetwork host, Settings settings) {
        this.service = service;
        this.seen = seen;
        this.host = host;
        this.settings = settings;
        this.address = service.address() == null ? IpAddress.ANY_V6 : service.address();
    }

    /** One for all ports that are as they should be, and one for each that is not; none where the address is not there. */
    List<Item> items(List<Gap> gaps) {
        if (isElsewhere(gaps)) { // as before the network is up
            gaps.add(new Gap(
                    "who holds %s %s at %s".formatted(service.protocol().label(), service.ports(), address),
                    "it is not an address of this host now, so nobody can hold a port there"));
            return List.of();
        }
        var items = new ArrayList<Item>();
        var held = new BitSet();
        var free = new BitSet();
        var kept = new LinkedHashMap<PortRange, PortSet>();
        service.ports().ports().forEach(port -> {
            List<Holder> inTheWay = inTheWay(port, seen.on(service.protocol(), port));
            Holder other = inTheWay.stream()
                    .filter(holder -> !isTheService(holder, gaps))
                    .findFirst()
                    .orElse(null);
            PortRange excluded =
                    inTheWay.isEmpty() ? Exclusions.ofSystem(settings, service.protocol(), address, port) : null;
            if (excluded != null) {
                kept.merge(excluded, PortSet.of(PortRange.of(port)), PortSet::plus);
            } else if (inTheWay.isEmpty()) {
                free.set(port);
            } else if (inTheWay.stream().anyMatch(Holding::serves) && (other == null || !serves(other))) {
                held.set(port);
            } else if (other != null) {
                items.add(pending(port, other));
            }
        });
        kept.forEach((range, ports) -> items.add(excluded(range, ports)));
        PortSet has = PortSet.of(held);
        PortSet could = PortSet.of(free);
        if (!has.isEmpty() || !could.isEmpty()) {
            String text = could.isEmpty() ? "held by the service" : "free to bind";
            if (!has.isEmpty() && !could.isEmpty()) {
                text = "%s held by the service, %s free to bind".formatted(has, could);
            }
            items.addFirst(item(State.OK, has.plus(could), text, null));
        }
        return items;
    }

    private Item pending(int port, Holder holder) {
        String next = new FreeLine(port, service.protocol(), address, settings.foreign()).by(null, null);
        return item(State.PENDING, PortSet.parse(Integer.toString(port)), port + " is held by " + words(holder), next);
    }

    /** Of ports that nobody holds, and the system keeps from whoever would. */
    private Item excluded(PortRange range, PortSet ports) {
        String text = "%s in the excluded range %s%s, where Windows refuses a bind (10013)"
                .formatted(
                        ports.size() == 1 ? "it lies" : "they lie",
                        range,
                        KnownExclusions.inBrackets(
                                range, settings.policy(service.protocol()).dynamic()));
        String why = "berth why %d%s has the ways out"
                .formatted(
                        ports.ranges().getFirst().first(), service.protocol() == Protocol.TCP ? "" : " --protocol udp");
        return item(State.PENDING, ports, text, why);
    }

    private Item item(State state, PortSet ports, String text, @Nullable String next) {
        return new Item(
                Aspect.BINDABLE,
                service.name(),
                state,
                null,
                null,
                "%s %s: %s".formatted(service.protocol().label(), ports, text),
                null,
                next);
    }

    private boolean isElsewhere(List<Gap> gaps) {
        if (address.isAny() || address.isLoopback() || host.facts().recorded()) {
            return false;
        }
        try {
            return !host.addresses().contains(address);
        } catch (HostReadException e) {
            gaps.add(new Gap("whether " + address + " is an address of this host", e.why()));
            return false;
        }
    }

    /** The sockets that a bind of the service would meet; where the rule cannot say, the system is asked by a bind. */
    private List<Holder> inTheWay(int port, List<Holder> holders) {
        if (holders.isEmpty()) {
            return List.of();
        }
        var plan = ProbePlan.of(
                host.facts(),
                address,
                port,
                service.protocol(),
                holders,
                Exclusions.kind(settings, service.protocol(), address, port),
                host.probeMaySpoilSharedPorts(),
                host.facts().recorded() ? "this is a recording" : null);
        Prediction usual = plan.usual();
        boolean open = usual.answer() instanceof BindPrediction.Depends;
        if (open && plan.skipped() == null && host.probe(usual.request()) instanceof BindOutcome.Bound) {
            return List.of();
        }
        return usual.obstacles().stream().map(Prediction.Obstacle::holder).toList();
    }

    private static boolean serves(Holder holder) {
        return holder.cause() == Cause.LISTENER;
    }

    private boolean isTheService(Holder holder, List<Gap> gaps) {
        if (service.unit() == null && service.process() == null) {
            return serves(holder);
        }
        ProcessInfo process = holder.process();
        if (process == null) {
            Gap gap = new Gap(
                    "who listens on %s port %d"
                            .formatted(
                                    service.protocol().label(), holder.local().port()),
                    "the process could not be seen, so it is taken to be " + service.name());
            if (serves(holder) && !gaps.contains(gap)) {
                gaps.add(gap);
            }
            return serves(holder);
        }
        return serves(holder) && (isUnit(process.unit()) || isProcess(process.name()));
    }

    private boolean isUnit(@Nullable String unit) {
        String wanted = service.unit();
        if (wanted == null || unit == null) {
            return false;
        }
        if (isWindows()) { // the reader of policies gives every unit the ending that Linux has
            return List.of(unit.split("\\+", -1)).contains(wanted.replaceFirst("\\.service$", ""));
        }
        String last = unit.substring(unit.lastIndexOf('/') + 1); // of user@1000.service/web.service
        return unit.equals(wanted) || last.equals(wanted) || last.equals(wanted + ".service");
    }

    private boolean isProcess(String name) {
        String wanted = service.process();
        if (wanted != null && isWindows()) {
            return name.equalsIgnoreCase(wanted) || name.equalsIgnoreCase(wanted + ".exe");
        }
        return wanted != null
                && (name.equals(wanted)
                        || wanted.length() > LONGEST_NAME && name.equals(wanted.substring(0, LONGEST_NAME)));
    }

    private boolean isWindows() {
        return host.facts().system().equals("windows");
    }

    private static String words(Holder holder) {
        ProcessInfo process = holder.process();
        String who = process == null ? "" : "%s (pid %d), ".formatted(process.name(), process.pid());
        return who
                + switch (holder.cause()) {
                    case LISTENER -> "which listens there and is not the service";
                    case BOUND_ONLY -> "bound and neither listening nor connected";
                    case TIME_WAIT ->
                        "a closed connection"
                                + (holder.expiresInMillis() == null
                                        ? ""
                                        : ", for up to %d s more".formatted((holder.expiresInMillis() + 999) / 1000));
                    case CLIENT, EXCLUDED, BLOCKED_UNSEEN, ELSEWHERE, FREE ->
                        (holder.accepted() ? "a connection from " : "a connection to ") + holder.remote();
                };
    }
}
