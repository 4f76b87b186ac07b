package dev.berth.client;

import dev.berth.client.host.Platform;
import dev.berth.client.tuples.Candidates;
import dev.berth.client.tuples.Destinations;
import dev.berth.client.tuples.Scope;
import dev.berth.client.tuples.Scoped;
import dev.berth.client.tuples.Space;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.net.RegisteredPorts;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;

/** What a builder asks for, checked against the host. */
final class Plan {
    private static final PortRange BY_DEFAULT = new PortRange(10_000, PortRange.ALL.last());
    private static final int FEWEST_BY_DEFAULT = 1_000;
    private static final PortRange ASSUMED_DYNAMIC_RANGE = new PortRange(49_152, PortRange.ALL.last());
    private static final Duration LINUX_TIME_WAIT = Duration.ofSeconds(62);
    private static final Duration LONGEST_KNOWN_TIME_WAIT = Duration.ofMinutes(4);
    private static final Duration LONGEST = Duration.ofDays(1);

    private final LocalPortsBuilder wish;
    private final boolean onLinux;
    private final boolean shared;
    private final List<InetAddress> sources;

    Plan(LocalPortsBuilder wish) {
        this.wish = wish;
        this.onLinux = wish.platform == Platform.LINUX;
        this.shared = wish.sharing == null ? onLinux : wish.sharing == PortSharing.SHARED;
        this.sources = distinct(wish.sources);
    }

    /** Twice the same would give its ports out twice. */
    private static List<InetAddress> distinct(List<InetAddress> sources) {
        var distinct = new LinkedHashMap<Object, InetAddress>();
        sources.forEach(source -> distinct.putIfAbsent(Scoped.key(source), source));
        return List.copyOf(distinct.values());
    }

    LocalPorts build() {
        checkWays();
        checkSystem();
        checkEffects();
        checkNumbers();
        sources.forEach(Plan::checkSource);
        LocalEndpointSelector selector = wish.selector;
        if (selector != null) {
            int attempts = attempts(PortRange.ALL.size()); // binds that fail know no timeout
            return made(
                    remote -> new SelectorAttempt(remote, shared, selector, attempts, wish.metrics),
                    shared,
                    "by " + selector);
        }
        if (wish.polite || systemChooses()) {
            boolean givesWay = wish.polite && onLinux;
            return made(
                    remote -> new SystemAttempt(remote, givesWay, wish.metrics),
                    givesWay,
                    givesWay ? "by the system, with SO_REUSEADDR" : "by the system");
        }
        return byTables(wish.ports == null ? outsideDynamicRange() : given(wish.ports));
    }

    private boolean systemChooses() {
        return !onLinux && wish.ports == null && !wish.outsideDynamicRange;
    }

    private void checkWays() {
        int ways = (wish.ports == null ? 0 : 1)
                + (wish.outsideDynamicRange ? 1 : 0)
                + (wish.selector == null ? 0 : 1)
                + (wish.polite ? 1 : 0);
        if (ways > 1) {
            throw refused("want one of: a range or ports, outsideDynamicRange(), a selector, polite()");
        }
        if (!sources.isEmpty() && (wish.selector != null || wish.polite || systemChooses())) {
            throw refused("source addresses without ports: give a range too, since an address bound with port 0 takes a"
                    + " port for all destinations");
        }
    }

    private void checkSystem() {
        if (!onLinux && wish.sharing == PortSharing.SHARED) {
            throw refused("only Linux lets connections share a local port; drop sharing(SHARED)");
        }
        if (wish.reuseTimeWait && !(onLinux && shared)) {
            throw refused(
                    "only Linux takes over a port in TIME_WAIT, and only with sharing(SHARED); drop reuseTimeWait()");
        }
        if (wish.reuseTimeWait && wish.timeWait != null) {
            throw refused(
                    String.format(Locale.ROOT, "reuseTimeWait() holds nothing back: drop timeWait(%s)", wish.timeWait));
        }
    }

    /** What is set and would count for nothing is a mistake: somebody relies on it. */
    private void checkEffects() {
        boolean systems = wish.polite || systemChooses() && wish.selector == null;
        boolean tables = !systems && wish.selector == null;
        boolean given = tables && wish.ports != null;
        String instead = wish.selector != null
                ? "where a selector chooses: drop it, or give a range"
                : systems
                        ? "where the system chooses: drop it, or give a range"
                        : given
                                ? "on ports that are given: drop it"
                                : "outside the dynamic range: drop it, or give a range";
        checkEffect(tables || wish.avoided.isEmpty(), "avoid(" + wish.avoided.inShort() + ")", instead);
        checkEffect(given || !wish.evenReserved, "evenReserved()", instead);
        checkEffect(tables && !given || wish.dynamicRange == null, "dynamicRange(" + wish.dynamicRange + ")", instead);
        checkEffect(tables || wish.order == null, "order(" + wish.order + ")", instead);
        checkEffect(tables || wish.destinations == null, "destinations(" + wish.destinations + ")", instead);
        checkEffect(tables || wish.timeWait == null, "timeWait(" + wish.timeWait + ")", instead);
        checkEffect(tables || !wish.reuseTimeWait, "reuseTimeWait()", instead);
        checkEffect(!systems || wish.attempts == null, "attempts(" + wish.attempts + ")", instead);
        checkEffect(!systems || wish.sharing == null, "sharing(" + wish.sharing + ")", instead);
    }

    private static void checkEffect(boolean has, String setting, String instead) {
        if (!has) {
            throw refused(setting + " has no effect " + instead);
        }
    }

    private void checkNumbers() {
        checkTime("connectTimeout", wish.connectTimeout);
        if (wish.timeWait != null) {
            checkTime("timeWait", wish.timeWait);
        }
        if (wish.destinations != null && wish.destinations < 1) {
            throw refused(String.format(Locale.ROOT, "destinations(%d): want at least 1", wish.destinations));
        }
    }

    private static void checkTime(String name, Duration time) {
        if (time.isNegative() || time.compareTo(LONGEST) > 0) {
            throw refused(String.format(Locale.ROOT, "%s(%s): want zero to a day", name, time));
        }
    }

    private static void checkSource(InetAddress source) {
        if (source.isAnyLocalAddress()) {
            throw refused(String.format(
                    Locale.ROOT,
                    "%s is no source address; without sources the system chooses",
                    source.getHostAddress()));
        }
        if (source.isMulticastAddress()) { // Linux binds it, and then connects from another one
            throw refused(String.format(Locale.ROOT, "%s is a group, no source address", source.getHostAddress()));
        }
        if (!Refusal.isLocal(source)) {
            throw refused(String.format(Locale.ROOT, "%s", Refusal.notLocal(source)));
        }
    }

    private int attempts(long most) {
        if (wish.attempts == null) {
            return (int) Math.min(LocalPortsBuilder.DEFAULT_ATTEMPTS, most);
        }
        if (wish.attempts < 1 || wish.attempts > most) {
            throw refused(String.format(
                    Locale.ROOT, "attempts(%,d): want 1 to %,d, as many as there are ports", wish.attempts, most));
        }
        return wish.attempts;
    }

    /**
     * Ports to choose from.
     *
     * @param ports all of them
     * @param dynamicRange whether those that come to lie in the dynamic range are passed over
     * @param reserved whether reserved ones are
     */
    private record Choice(PortSet ports, boolean dynamicRange, boolean reserved, String description) {}

    private Choice given(PortSet ports) {
        if (ports.isEmpty()) {
            throw refused("no ports: the set to choose from is empty");
        }
        PortSet privileged = ports.intersect(PortSet.of(new PortRange(1, LocalPortsBuilder.LOWEST_PORT - 1)));
        if (!privileged.isEmpty()) {
            throw refused(String.format(
                    Locale.ROOT,
                    "ports %s: those below %d are the servers'",
                    privileged.inShort(),
                    LocalPortsBuilder.LOWEST_PORT));
        }
        PortSet left = ports.minus(wish.avoided);
        if (left.isEmpty()) {
            throw refused(String.format(Locale.ROOT, "ports %s are all avoided", ports.inShort()));
        }
        if (!wish.evenReserved && left.minus(reserved()).isEmpty()) {
            throw refused(String.format(
                    Locale.ROOT,
                    "ports %s are all reserved (ip_local_reserved_ports); if they are for this program, say evenReserved()",
                    left.inShort()));
        }
        return new Choice(left, false, !wish.evenReserved, left.inShort());
    }

    private PortSet reserved() {
        return wish.host.reserved().orElse(PortSet.EMPTY);
    }

    private Choice outsideDynamicRange() {
        PortRange range = wish.dynamicRange;
        String whence = "";
        if (range == null && !onLinux) {
            range = ASSUMED_DYNAMIC_RANGE;
            whence = ", assumed";
        } else if (range == null) {
            range = wish.host
                    .dynamicRange()
                    .orElseThrow(() -> refused("cannot read the dynamic range (ip_local_port_range): give a range"));
        }
        PortSet ports = PortSet.of(BY_DEFAULT)
                .minus(RegisteredPorts.shipped().ports(Protocol.TCP))
                .minus(PortSet.of(RegisteredPorts.NODE_PORTS))
                .minus(wish.avoided);
        boolean readAgain = onLinux && wish.dynamicRange == null;
        PortSet outside = readAgain ? ports : ports.minus(PortSet.of(range));
        int left = ports.minus(PortSet.of(range))
                .minus(reserved())
                .minus(wish.host.listening())
                .size();
        if (left < FEWEST_BY_DEFAULT) {
            throw refused(String.format(
                    Locale.ROOT,
                    "%,d ports from %d up are neither in the dynamic range (%s%s) nor reserved, registered or listened on:"
                            + " give a range, inside the dynamic range if need be",
                    left,
                    BY_DEFAULT.first(),
                    range,
                    whence));
        }
        String description =
                String.format(Locale.ROOT, "%,d ports outside the dynamic range (%s%s)", left, range, whence);
        return new Choice(outside, readAgain, true, description);
    }

    private LocalPorts byTables(Choice choice) {
        long perFamily = Math.max(1, Math.max(count(true), count(false)));
        int attempts = attempts(choice.ports.size() * perFamily);
        var scope = shared ? Scope.FOUR_TUPLE : onLinux ? Scope.PORT : Scope.PORT_UNTIL_CLOSED;
        PortOrder order = wish.order == null ? PortOrder.DOUBLE_HASH : wish.order;
        var space = new Space(new Candidates(choice.ports), scope, order.ordering(), sources);
        var exclusions = new Exclusions(wish.host, choice.dynamicRange, choice.reserved, space, wish.clock.getAsLong());
        var chooser = new TupleChooser(
                space,
                new Destinations(
                        space, wish.destinations == null ? LocalPortsBuilder.DEFAULT_DESTINATIONS : wish.destinations),
                exclusions,
                shared,
                attempts,
                timeWait().toNanos(),
                wish.clock,
                wish.metrics);
        return made(chooser, shared, "from " + choice.description);
    }

    private int count(boolean v4) {
        return (int) sources.stream()
                .filter(source -> source instanceof Inet4Address == v4)
                .count();
    }

    private Duration timeWait() {
        if (wish.reuseTimeWait) {
            return Duration.ZERO;
        }
        return wish.timeWait != null ? wish.timeWait : onLinux ? LINUX_TIME_WAIT : LONGEST_KNOWN_TIME_WAIT;
    }

    private LocalPorts made(Chooser chooser, boolean reuseAddress, String how) {
        return new LocalPorts(chooser, reuseAddress, wish.connectTimeout, "local ports chosen " + how);
    }

    private static IllegalArgumentException refused(String message) {
        return new IllegalArgumentException(message);
    }
}
