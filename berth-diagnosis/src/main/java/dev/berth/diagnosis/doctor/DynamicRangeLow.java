package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.Aim;
import dev.berth.diagnosis.BlockMakers;
import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.WindowsReservation;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.Settings;
import dev.berth.platform.Settings.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The dynamic range of Windows begins among the ports of servers, and something there takes them: WinNAT or HNS, which put their
 * blocks in it, or clients that may be given the port of a service.
 *
 * @param drivers those of WinNAT and HNS that run
 * @param services what is configured to listen inside
 * @param listened ports inside with a listener
 * @param ranOut whether the log says that ports ran out, so that the range may have been widened for it
 */
record DynamicRangeLow(
        Protocol protocol,
        PortRange range,
        List<String> drivers,
        List<ServicePort> services,
        PortSet listened,
        boolean ranOut)
        implements Finding {
    /** Windows' own since Vista, KB 929851. */
    private static final PortRange DEFAULT = new PortRange(49_152, 65_535);

    static void find(Examined host, Consumer<Finding> found) {
        List<String> drivers = BlockMakers.running(host.settings());
        for (Protocol protocol : Protocol.values()) {
            for (Family family : Family.values()) {
                PortPolicy policy = host.settings().policy(protocol, family);
                PortRange range = policy.dynamic();
                if (range == null || range.first() >= DEFAULT.first()) {
                    continue;
                }
                PortSet low = policy.drawable().minus(PortSet.of(DEFAULT));
                PortSet listened = low.intersect(
                        protocol == Protocol.TCP
                                ? host.listened()
                                : host.further().udp().ports());
                List<ServicePort> services = ServicePort.among(low, host, protocol);
                if (!drivers.isEmpty() || !services.isEmpty() || protocol == Protocol.TCP && !listened.isEmpty()) {
                    found.accept(new DynamicRangeLow(
                            protocol, range, drivers, services, listened, PortsRanOut.isLogged(protocol, host)));
                    break; // one command is for both families
                }
            }
        }
    }

    @Override
    public String id() {
        return "dynamic-range-low";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public String title() {
        return "The dynamic range of %s begins at %d, among the ports of servers"
                .formatted(protocol.label().toUpperCase(Locale.ROOT), range.first());
    }

    @Override
    public List<String> evidence() {
        var lines = new ArrayList<String>();
        lines.add("It is %s; Windows' own is %s.".formatted(range, DEFAULT));
        if (isWide()) {
            lines.add(
                    "It has %,d ports, and Windows' own %,d. %s"
                            .formatted(
                                    range.size(),
                                    DEFAULT.size(),
                                    ranOut
                                            ? "The log says that ports ran out: then it is so wide for a reason, and putting it back may bring that back."
                                            : "No record that was read says that ports ran out, which does not prove that fewer are enough."));
        }
        if (!drivers.isEmpty()) {
            lines.add(
                    "%s %s: at each start blocks of 100 ports are taken in this range, wherever it lies, and nobody can bind those."
                            .formatted(String.join(" and ", drivers), drivers.size() == 1 ? "runs" : "run"));
        }
        if (!services.isEmpty()) {
            lines.add("Services are configured to listen inside: %s."
                    .formatted(services.stream().map(ServicePort::words).collect(Collectors.joining(", "))));
        }
        if (!listened.isEmpty()) {
            lines.add("In use inside now, by listeners: %s.".formatted(listened.inShort()));
        }
        return List.copyOf(lines);
    }

    /** Whether Windows' own range would be fewer ports. */
    private boolean isWide() {
        return range.size() > DEFAULT.size();
    }

    /** The range may stay where clients are given none of these. */
    private void keepServers(List<Fix> fixes) {
        PortSet configured = services.stream().map(ServicePort::ports).reduce(PortSet.EMPTY, PortSet::plus);
        if (!configured.isEmpty()) {
            fixes.add(WindowsReservation.ofServices(configured, protocol));
        }
        PortSet others = listened.minus(configured);
        if (!others.isEmpty()) {
            fixes.add(WindowsReservation.onceLetGo(others, protocol));
        }
    }

    @Override
    public List<Fix> waysOut(Settings settings) {
        var fixes = new ArrayList<Fix>();
        if (isWide()) {
            keepServers(fixes);
        }
        fixes.add(Fix.lasting(
                "raise-dynamic-range",
                "draw from %s again, at once and over restarts; what has a port keeps it%s"
                        .formatted(
                                DEFAULT,
                                isWide() ? "; only where its %,d ports are enough".formatted(DEFAULT.size()) : ""),
                Fix.Risk.MEDIUM,
                new Aim.Draw(DEFAULT, protocol)));
        return fixes;
    }
}
