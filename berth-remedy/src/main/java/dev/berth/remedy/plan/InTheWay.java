package dev.berth.remedy.plan;

import dev.berth.diagnosis.Cause;
import dev.berth.diagnosis.Holder;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.ExcludedRange;
import dev.berth.platform.HostReadException;
import dev.berth.platform.HostTuning.Place;
import dev.berth.platform.HostTuning.Reading;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.Settings.Family;
import dev.berth.platform.WindowsSetting;
import dev.berth.remedy.plan.PlanOptions.Restart;
import dev.berth.remedy.plan.PlanRefusedException.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What keeps Windows from excluding ports: a socket that holds one, or a block that the system has taken. netsh then fails with
 * error 32 (ERROR_SHARING_VIOLATION, CreatePersistentTcpPortReservation), so it is found out before netsh is asked.
 */
public sealed interface InTheWay {
    /** What the driver of Hyper-V's NAT is called as a service. */
    String WINNAT = "winnat";

    /** The service that has to be stopped meanwhile; null where that would not help, or is not known to. */
    @Nullable
    String service();

    /** Which leave to restart that takes. */
    Restart restart();

    /** Whether it may be stopped meanwhile. */
    default boolean yields(PlanOptions options) {
        return service() != null && options.may(restart());
    }

    /** Why the ports cannot be excluded as things are. */
    PlanRefusedException refusal(PortSet ports, Protocol protocol);

    /** One service holds it, in a process of its own. */
    record OwnService(String service, ProcessInfo process) implements InTheWay {
        @Override
        public Restart restart() {
            return Restart.SERVICES;
        }

        @Override
        public PlanRefusedException refusal(PortSet ports, Protocol protocol) {
            return held(
                    ports,
                    protocol,
                    "the service %s holds %s (%s, pid %d)"
                            .formatted(service, them(ports), process.name(), process.pid()),
                    "the same with --restart-services, which stops %s, excludes, and starts it again"
                            .formatted(service));
        }
    }

    /** Some other socket holds it, and whose it is may not be known. */
    record Socket(Holder holder) implements InTheWay {
        private static final int KERNEL = 4; // the System process: http.sys and other drivers

        @Override
        public @Nullable String service() {
            return null;
        }

        @Override
        public Restart restart() {
            return Restart.SERVICES;
        }

        @Override
        public PlanRefusedException refusal(PortSet ports, Protocol protocol) {
            return held(ports, protocol, whose() + " holds " + them(ports), way(protocol));
        }

        private String whose() {
            ProcessInfo process = holder.process();
            if (process == null) {
                return "a process that could not be seen";
            }
            if (process.pid() == KERNEL) {
                return "http.sys or another driver (pid 4)";
            }
            String who = "%s (pid %d)".formatted(process.name(), process.pid());
            String services = process.unit();
            if (services != null) {
                return "one of the services %s, which share %s,".formatted(services.replace("+", ", "), who);
            }
            return holder.remote() == null || holder.accepted()
                    ? who
                    : "%s, for a connection to %s,".formatted(who, holder.remote());
        }

        private String way(Protocol protocol) {
            ProcessInfo process = holder.process();
            if (process != null && process.pid() == KERNEL) {
                return "netsh http show servicestate tells whose it is; stop that, then the same";
            }
            if (process != null && process.unit() != null) {
                return "stop the one that holds it, then the same";
            }
            return "berth free %d%s, then the same"
                    .formatted(
                            holder.local().port(), protocol == Protocol.TCP ? "" : " --protocol " + protocol.label());
        }
    }

    /**
     * The system has taken a block, and lets nobody have a port of it.
     *
     * @param winnat whether it looks like one of WinNAT's, which runs
     */
    record Block(PortRange range, boolean winnat) implements InTheWay {
        /** How many ports WinNAT and HNS take at once. */
        private static final int OF_WINNAT = 100;

        /** HNS's own, unless its registry values say otherwise. */
        private static final PortRange OF_HNS = new PortRange(50_000, 50_059);

        static Block of(PortRange range, boolean winnatRuns) {
            return new Block(range, winnatRuns && (range.size() == OF_WINNAT || OF_HNS.equals(range)));
        }

        @Override
        public @Nullable String service() {
            return winnat ? WINNAT : null;
        }

        @Override
        public Restart restart() {
            return Restart.WINNAT;
        }

        @Override
        public PlanRefusedException refusal(PortSet ports, Protocol protocol) {
            return new PlanRefusedException(
                    Kind.NOT_POSSIBLE,
                    "cannot exclude %s %s: Windows has taken %s for itself"
                            .formatted(protocol.label().toUpperCase(Locale.ROOT), ports.inShort(), them(ports)),
                    winnat
                            ? "%s looks like a block of WinNAT or HNS, which they take anew at each start"
                                    .formatted(range)
                            : "%s was excluded by the system, and netsh excludes nothing twice (error 32)"
                                    .formatted(range),
                    winnat
                            ? "the same with --restart-winnat: WSL2, containers and Hyper-V NAT lose their network meanwhile"
                            : "berth suggest names another port; berth why %d tells whose this may be"
                                    .formatted(ports.ranges().getFirst().first()));
        }
    }

    private static PlanRefusedException held(PortSet ports, Protocol protocol, String who, String next) {
        return new PlanRefusedException(
                Kind.NOT_POSSIBLE,
                "cannot exclude %s %s while %s"
                        .formatted(
                                protocol.label().toUpperCase(Locale.ROOT),
                                ports.inShort(),
                                ports.size() == 1 ? "it is held" : "they are held"),
                who + "; Windows excludes no port that is held, not even by its own service (error 32)",
                next);
    }

    private static String them(PortSet ports) {
        return ports.size() == 1 ? "it" : "them";
    }

    /** What is in the way of excluding the ports, and of which; nothing where they can be. */
    static SequencedMap<InTheWay, PortSet> of(PortSet ports, Protocol protocol, Terrain terrain)
            throws PlanRefusedException {
        var all = new LinkedHashMap<InTheWay, PortSet>();
        boolean winnatRuns = terrain.tuning().read(WindowsSetting.service(WINNAT), Place.RUNNING)
                        instanceof Reading.Value(String state)
                && state.equals(WindowsSetting.RUNNING);
        PortSet taken = PortSet.EMPTY;
        for (PortRange range : blocks(protocol, terrain)) {
            PortSet covered = ports.intersect(PortSet.of(range));
            if (!covered.isEmpty()) {
                all.merge(Block.of(range, winnatRuns), covered, PortSet::plus);
                taken = taken.plus(covered);
            }
        }
        for (Map.Entry<Integer, List<Holder>> port :
                held(ports.minus(taken), protocol, terrain).entrySet()) {
            for (Holder holder : port.getValue()) {
                all.merge(of(holder), PortSet.of(PortRange.of(port.getKey())), PortSet::plus);
            }
        }
        return all;
    }

    private static List<PortRange> blocks(Protocol protocol, Terrain terrain) {
        return Stream.of(Family.values())
                .flatMap(family -> terrain.settings().policy(protocol, family).excluded().stream())
                .filter(range -> !range.administered())
                .map(ExcludedRange::range)
                .distinct()
                .toList();
    }

    /** A closed connection holds nothing: in TIME_WAIT even a bind succeeds. */
    private static Map<Integer, List<Holder>> held(PortSet ports, Protocol protocol, Terrain terrain)
            throws PlanRefusedException {
        if (ports.isEmpty()) {
            return Map.of();
        }
        try {
            return terrain.occupants().on(ports, protocol).stream()
                    .filter(holder -> holder.cause() != Cause.TIME_WAIT)
                    .collect(Collectors.groupingBy(holder -> holder.local().port(), TreeMap::new, Collectors.toList()));
        } catch (HostReadException e) {
            throw new PlanRefusedException(
                    Kind.NOT_POSSIBLE,
                    String.valueOf(e.getMessage()),
                    e.why(),
                    "a port that is held cannot be excluded");
        }
    }

    private static InTheWay of(Holder holder) {
        ProcessInfo process = holder.process();
        String service = process == null ? null : process.unit();
        return process == null || service == null || service.contains("+")
                ? new Socket(holder)
                : new OwnService(service, process);
    }
}
