package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.MoreConnections;
import dev.berth.diagnosis.forecast.LastMinute;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.platform.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Automatic choice has few ports to draw from, or none.
 *
 * @param drawable how many ports of the range are not reserved
 * @param listened ports with a listener
 * @param onWindows whether the host is a Windows
 */
record RangeTooSmall(PortRange range, int drawable, PortSet listened, boolean onWindows) implements Finding {
    /** Under a third of Linux's own 28,232: 132 new connections per second to one destination. */
    private static final int AMPLE = 8_192;

    /** 16 new connections per second to one destination, which a single busy client without keep-alive makes. */
    private static final int SCARCE = 1_024;

    static void find(Examined host, Consumer<Finding> found) {
        PortRange range = host.tcp().dynamic();
        int drawable = host.tcp().drawable().size();
        if (range != null && drawable < AMPLE) {
            found.accept(new RangeTooSmall(
                    range, drawable, host.listened(), host.settings().ofWindows()));
        }
    }

    @Override
    public String id() {
        return "range-too-small";
    }

    @Override
    public Severity severity() {
        return drawable == 0 ? Severity.CRITICAL : drawable < SCARCE ? Severity.WARNING : Severity.INFO;
    }

    @Override
    public String title() {
        return switch (drawable) {
            case 0 ->
                "No local port is left to draw: all of the dynamic range %s is %s"
                        .formatted(range, onWindows ? "excluded" : "reserved");
            case 1 -> "Outgoing connections have only 1 local port to draw from";
            default ->
                "Outgoing connections have only %d local ports to draw from".formatted(drawable)
                        + (onWindows
                                ? ""
                                : ", enough for %s per second to one destination without tcp_tw_reuse"
                                        .formatted(perSecond()));
        };
    }

    private String perSecond() {
        return Words.sustained((double) drawable / LastMinute.LONGEST_SECONDS);
    }

    @Override
    public List<String> evidence() {
        String counted = "The dynamic range %s has %d ports, and %d of them are %s."
                .formatted(range, range.size(), range.size() - drawable, onWindows ? "excluded" : "reserved");
        if (onWindows) {
            return List.of(
                    counted,
                    "A closed connection keeps its port in TIME_WAIT, for 30 to 240 s as documents contradict each other: "
                            + "%d to %d connections per second use all of them up."
                                    .formatted(drawable / 240, drawable / 30));
        }
        return List.of(
                counted,
                drawable == 0
                        ? "Every connect fails with EADDRNOTAVAIL, and every bind of port 0 with EADDRINUSE."
                        : "A closed connection keeps its port for up to %d s in TIME_WAIT, so %s connections per second to one destination use all of them up, unless tcp_tw_reuse lets them be taken over."
                                .formatted(LastMinute.LONGEST_SECONDS, perSecond()));
    }

    @Override
    public List<Fix> waysOut(Settings settings) {
        var fixes = new ArrayList<Fix>();
        if (drawable > 0) {
            fixes.add(MoreConnections.REUSE_CONNECTIONS);
            fixes.add(MoreConnections.MORE_ENDPOINTS);
        }
        Fix wider = MoreConnections.widerRange(settings, listened);
        if (wider != null) {
            fixes.add(wider);
        }
        int reserved = range.size() - drawable;
        if (wider == null || reserved > drawable) {
            fixes.add(new Fix(
                    "reserve-fewer-ports",
                    "%d ports of the range are kept from it: reserve only those that servers need".formatted(reserved),
                    null,
                    Fix.Risk.LOW,
                    true));
        }
        return fixes;
    }
}
