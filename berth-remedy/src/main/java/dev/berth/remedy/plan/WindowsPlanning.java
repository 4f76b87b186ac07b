package dev.berth.remedy.plan;

import dev.berth.diagnosis.Fix;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.ConfiguredServices.Service;
import dev.berth.platform.HostTuning.Place;
import dev.berth.platform.HostTuning.Reading;
import dev.berth.platform.ReservedList;
import dev.berth.platform.Settings.Family;
import dev.berth.platform.WindowsSetting;
import dev.berth.remedy.plan.PlanOptions.Restart;
import dev.berth.remedy.plan.PlanRefusedException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Plans for Windows. The order matters there: whoever holds a port is stopped, the port is excluded, then comes a range that
 * could hand it out, and at last whoever was stopped is started.
 */
final class WindowsPlanning {
    private static final int DEFAULT_START = 49_152;

    private final Terrain terrain;
    private final PlanOptions options;
    private final Outline outline;
    private final Restarts restarts;
    private final List<Step> lasting = new ArrayList<>(); // exclusions, then ranges
    private final List<Step> values = new ArrayList<>();

    private WindowsPlanning(Terrain terrain, PlanOptions options) {
        this.terrain = terrain;
        this.options = options;
        this.outline = new Outline(terrain);
        this.restarts = new Restarts(terrain.tuning(), outline, options);
    }

    static Plan outline(WindowsWanted wanted, Terrain terrain, PlanOptions options) throws PlanRefusedException {
        return new WindowsPlanning(terrain, options).plan(wanted);
    }

    private Plan plan(WindowsWanted wanted) throws PlanRefusedException {
        for (PortRange range : wanted.ranges().values()) {
            WindowsRules.check(range);
        }
        for (Map.Entry<String, Optional<String>> value : wanted.values().entrySet()) {
            WindowsRules.checkRegistry(value.getKey(), value.getValue().orElse(null));
        }
        var ranges = new ArrayList<Step>();
        for (Protocol protocol : Protocol.values()) {
            ports(protocol, wanted, ranges);
        }
        lasting.addAll(ranges);
        for (Map.Entry<String, Optional<String>> value : wanted.values().entrySet()) {
            assign(value.getKey(), value.getValue().orElse(null));
        }
        if (!lasting.isEmpty()) {
            outline.note("netsh keeps it (store=persistent): it is in force at once, and after each restart.");
        }
        for (String service : wanted.starts()) {
            restarts.start(service);
        }
        restarts.note();
        var steps = new ArrayList<>(restarts.around(lasting));
        steps.addAll(values);
        return outline.plan(steps);
    }

    private void ports(Protocol protocol, WindowsWanted wanted, List<Step> ranges) throws PlanRefusedException {
        PortSet reserve = wanted.reserve(protocol);
        PortSet release = wanted.release(protocol);
        PortRange range = wanted.range(protocol);
        if (reserve.isEmpty() && release.isEmpty() && range == null) {
            return;
        }
        FamilyRanges drawn = drawn(protocol);
        PortSet now = excluded(protocol, Family.IPV4);
        PortSet both = now.intersect(excluded(protocol, Family.IPV6));
        PortSet freed = reserve.intersect(options.freed());
        restarts.willStop(Obstacles.of(freed, protocol, terrain).keySet());
        restarts.makeWay(UntilRestart.among(reserve, protocol, terrain), protocol);
        restarts.makeWay(Obstacles.of(reserve.minus(both).minus(freed), protocol, terrain), protocol);
        if (range != null) {
            PortSet safe = both.minus(release).plus(reserve);
            reserve = reserve.plus(servers(range, drawn, safe, protocol));
        }
        var asked = new Asked(reserve, release);
        checkRest(protocol, drawn, now, range, asked.of(now));
        noteSystems(release, protocol);
        new Releasing(terrain, outline).check(release, protocol);
        for (Family family : Family.values()) {
            exclude(WindowsSetting.excludedPorts(protocol, family), asked, drawn);
        }
        if (range != null) {
            draw(protocol, range, drawn, ranges);
        }
    }

    private record Asked(PortSet reserve, PortSet release) {
        PortSet of(PortSet now) {
            return now.plus(reserve).minus(release);
        }

        String why() {
            String kept = reserve.isEmpty() ? "" : "automatic choice passes over " + reserve.inShort();
            String given = release.isEmpty() ? "" : "automatic choice may draw " + release.inShort() + " again";
            return Stream.of(kept, given).filter(part -> !part.isEmpty()).collect(Collectors.joining(", and "));
        }
    }

    private PortSet excluded(Protocol protocol, Family family) throws PlanRefusedException {
        String setting = WindowsSetting.excludedPorts(protocol, family);
        return list(setting, outline.value(setting, Place.PERSISTENT)).ports();
    }

    private static ReservedList list(String setting, @Nullable String text) throws PlanRefusedException {
        ReservedList list = SettingValue.readable(text);
        if (list == null) {
            throw new PlanRefusedException(
                    Kind.NOT_POSSIBLE,
                    "cannot tell which ports are excluded",
                    "%s is no list of ports: \"%s\"".formatted(setting, text),
                    "berth ranges tells what could be read");
        }
        return list;
    }

    private void exclude(String setting, Asked asked, @Nullable FamilyRanges drawn) throws PlanRefusedException {
        String from = outline.value(setting, Place.PERSISTENT);
        PortSet now = list(setting, from).ports();
        PortSet target = asked.of(now);
        if (now.equals(target)) {
            return;
        }
        boolean exposes = drawn != null && RangeRails.exposes(asked.release(), drawn.ipv4(), terrain, outline);
        lasting.add(new Step(
                setting,
                Place.PERSISTENT,
                from,
                target.toString(),
                exposes ? Fix.Risk.MEDIUM : Fix.Risk.LOW,
                asked.why(),
                asked.reserve().plus(asked.release())));
        if (!target.minus(now).isEmpty()) {
            outline.note("Windows containers cannot publish a port that is excluded: HNS takes it for taken.");
        }
    }

    private void noteSystems(PortSet release, Protocol protocol) {
        PortSet systems = Stream.of(Family.values())
                .map(family -> terrain.settings().policy(protocol, family).excludedBySystem())
                .reduce(PortSet.EMPTY, PortSet::plus)
                .intersect(release);
        if (!systems.isEmpty()) {
            outline.note("The system has excluded %s itself, so it cannot be released.".formatted(systems.inShort()));
        }
    }

    /** Null where it is not known. */
    private @Nullable FamilyRanges drawn(Protocol protocol) {
        return terrain.tuning().read(WindowsSetting.dynamicPorts(protocol), Place.PERSISTENT)
                        instanceof Reading.Value(String text)
                ? FamilyRanges.parse(text)
                : null;
    }

    private void draw(Protocol protocol, PortRange range, @Nullable FamilyRanges drawn, List<Step> ranges)
            throws PlanRefusedException {
        String setting = WindowsSetting.dynamicPorts(protocol);
        String from = outline.value(setting, Place.PERSISTENT);
        if (drawn == null) {
            throw new PlanRefusedException(
                    Kind.NOT_POSSIBLE,
                    "cannot tell what %s is".formatted(setting),
                    "it is %s, which is no range of ports".formatted(SettingValue.shown(from)),
                    "nothing is planned until it can be read, as nothing could be taken back");
        }
        if (range.toString().equals(from)) {
            return;
        }
        ranges.add(new Step(
                setting,
                Place.PERSISTENT,
                from,
                range.toString(),
                Fix.Risk.MEDIUM,
                "automatic choice draws from " + range));
        boolean knowsWinnat = terrain.tuning().read(WindowsSetting.service(SystemBlock.WINNAT), Place.RUNNING)
                instanceof Reading.Value;
        if (range.first() < DEFAULT_START && knowsWinnat) {
            outline.note(
                    ("WinNAT and HNS take blocks of 100 ports anywhere in the dynamic range, anew at each start, and nobody"
                                    + " else can bind a port of those: below %d that meets the ports of servers.")
                            .formatted(DEFAULT_START));
        }
    }

    /**
     * The ports of servers that the range could hand out to clients: those that can be excluded are, the others are named. What
     * listens in the range as it is has drawn its port, or lives with the danger already.
     */
    private PortSet servers(PortRange range, @Nullable FamilyRanges drawn, PortSet safe, Protocol protocol)
            throws PlanRefusedException {
        PortSet before = drawn == null ? PortSet.EMPTY : PortSet.of(drawn.ipv4());
        PortSet atRisk = PortSet.of(range).minus(safe);
        PortSet configured = PortSet.EMPTY;
        for (Service service : terrain.configured().services()) {
            PortSet ports = PortSet.of(service.ports()).intersect(atRisk).minus(configured);
            if (service.protocol() == protocol && !ports.isEmpty()) {
                configured = configured.plus(ports);
            }
        }
        PortSet listening = terrain.listening().intersect(atRisk).minus(before);
        PortSet wanted = configured.plus(listening);
        SequencedMap<InTheWay, PortSet> inTheWay = Obstacles.of(wanted, protocol, terrain);
        PortSet standing = inTheWay.values().stream().reduce(PortSet.EMPTY, PortSet::plus);
        PortSet excluded = configured.minus(standing);
        if (!excluded.isEmpty()) {
            outline.note("Excluded first, as services are configured to listen on it in the range: %s."
                    .formatted(excluded.inShort()));
        }
        if (!standing.isEmpty()) {
            outline.note(
                    "Held now, so it cannot be excluded, and a client may be given it while its server is down: %s %s; %s."
                            .formatted(protocol.label(), standing.inShort(), ways(inTheWay, protocol)));
        }
        return excluded;
    }

    /** How the ports can be excluded all the same: some only once somebody lets go of them. */
    private static String ways(Map<InTheWay, PortSet> inTheWay, Protocol protocol) {
        var ways = new TreeMap<String, PortSet>();
        inTheWay.forEach((what, ports) -> ways.merge(way(what), ports, PortSet::plus));
        return ways.entrySet().stream()
                .map(way -> "berth reserve " + way.getValue() + Obstacles.flag(protocol) + way.getKey())
                .collect(Collectors.joining(", "));
    }

    private static String way(InTheWay what) {
        if (what.service() == null) {
            return " tells who has to let go first";
        }
        return (what.restart() == Restart.WINNAT ? " --restart-winnat" : " --restart-services") + " excludes it";
    }

    private void checkRest(
            Protocol protocol, @Nullable FamilyRanges drawn, PortSet now, @Nullable PortRange range, PortSet target)
            throws PlanRefusedException {
        PortRange before = drawn == null ? null : drawn.ipv4();
        PortSet systems = terrain.settings().policy(protocol).excludedBySystem();
        RangeRails.checkRest(
                before, now.plus(systems), range == null ? before : range, target.plus(systems), terrain, options);
    }

    private void assign(String setting, @Nullable String to) throws PlanRefusedException {
        String name = WindowsSetting.name(setting);
        String from = outline.value(setting, Place.PERSISTENT);
        if (SettingValue.same(setting, from, to)) {
            return;
        }
        values.add(new Step(
                setting,
                Place.PERSISTENT,
                from,
                to,
                Fix.Risk.MEDIUM,
                to == null ? "Windows has its own default again" : "as it was asked for by name"));
        outline.note(RegistryRules.caution(name, terrain.facts().release()));
        outline.note("It takes effect %s, and not before.".formatted(RegistryRules.takesEffect(name)));
    }
}
