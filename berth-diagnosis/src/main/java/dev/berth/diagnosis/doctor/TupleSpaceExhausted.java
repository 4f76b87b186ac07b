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
 */
record TupleSpaceExhausted(Destination destination, PortSet listened) implements Finding {
    static void find(Examined host, Consumer<Finding> found) {
        host.destinations().stream()
                .filter(Exhaustion::exhausted)
                .map(destination -> new TupleSpaceExhausted(destination, host.listened()))
                .forEach(found);
    }

    @Override
    public String id() {
        return "tuple-space-exhausted";
    }

    @Override
    public Severity severity() {
        return Severity.CRITICAL;
    }

    @Override
    public String title() {
        return "%s local port is left from %s to %s"
                .formatted(left() > 0 ? "Nearly no" : "No", destination.source(), destination.destination());
    }

    @Override
    public List<String> evidence() {
        var lines = new ArrayList<>(destination.evidence());
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
        return destination.use().inVain() > 0 ? false : null;
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
