package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.MoreConnections;
import dev.berth.net.PortSet;
import dev.berth.platform.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * No local port is left for one destination, or nearly none: connects to it fail, or are about to.
 *
 * @param listened ports with a listener
 * @param evenIfShared on Windows, whether that is so even where connections to other destinations share their ports; null on
 *     Linux, where they do
 */
record TupleSpaceExhausted(
        Destination destination, PortSet listened, @Nullable Boolean evenIfShared) implements Finding {
    static void find(Examined host, Consumer<Finding> found) {
        int ports = host.tcp().drawable().minus(host.survey().ownedPorts()).size();
        for (Destination destination : host.destinations()) {
            if (Exhaustion.exhausted(destination)) {
                Boolean evenIfShared = host.settings().ofWindows()
                        ? (Boolean) Exhaustion.exhausted(ports - destination.inUse(), ports)
                        : null;
                found.accept(new TupleSpaceExhausted(destination, host.listened(), evenIfShared));
            }
        }
    }

    @Override
    public String id() {
        return "tuple-space-exhausted";
    }

    @Override
    public Severity severity() {
        return Boolean.FALSE.equals(evenIfShared) ? Severity.WARNING : Severity.CRITICAL;
    }

    @Override
    public String title() {
        return "%s local port is left from %s to %s%s"
                .formatted(
                        left() > 0 ? "Nearly no" : "No",
                        destination.source(),
                        destination.destination(),
                        Boolean.FALSE.equals(evenIfShared) ? ", unless connections share ports" : "");
    }

    @Override
    public List<String> evidence() {
        var lines = new ArrayList<>(destination.evidence());
        if (evenIfShared != null) {
            lines.add(onWindows(evenIfShared));
            return List.copyOf(lines);
        }
        int inVain = destination.use().inVain();
        if (inVain > 0) {
            lines.add(
                    ("The settings let new connections take over %d of the TIME_WAITs, and by TWRecycled none was: so it is inferred "
                                    + "that it does not work here, as where the peer uses no TCP timestamps.")
                            .formatted(inVain));
        }
        int left = left();
        lines.add(
                left > 0
                        ? "At most %d more can be connected before connects fail with EADDRNOTAVAIL; other destinations are not affected."
                                .formatted(left)
                        : "Connects fail with EADDRNOTAVAIL; other destinations are not affected.");
        if (destination.processes().isEmpty()) {
            lines.add("Whose connects fail is told while they do by: sudo berth failures");
        }
        return List.copyOf(lines);
    }

    @Override
    public @Nullable Boolean confirmed() {
        return destination.use().inVain() > 0 || Boolean.FALSE.equals(evenIfShared) ? false : null;
    }

    private static String onWindows(boolean evenIfShared) {
        String fails = "connects fail with WSAENOBUFS (10055) or WSAEADDRINUSE (10048).";
        return evenIfShared
                ? "Even if connections share ports between destinations, none is left for this one: " + fails
                : "Connections to other destinations have the other ports. Windows 10, Server 2016 and later let connect() share "
                        + "them where the socket was not bound before; where it was, and on older ones, " + fails;
    }

    private int left() {
        Integer left = destination.use().left();
        return left == null ? 0 : left;
    }

    @Override
    public List<Fix> waysOut(Settings settings) {
        return MoreConnections.ladder(settings, listened, false, Exhaustion.takeOverWouldHelp(destination));
    }
}
