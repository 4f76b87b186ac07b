package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.MoreConnections;
import dev.berth.platform.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** No local port is left for one destination, or nearly none: connects to it fail, or are about to. */
record TupleSpaceExhausted(Destination destination) implements Finding {
    static void find(Examined host, Consumer<Finding> found) {
        host.destinations().stream()
                .filter(Exhaustion::exhausted)
                .map(TupleSpaceExhausted::new)
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
        var lines = new ArrayList<>(destination.use());
        int left = left();
        lines.add(
                left > 0
                        ? "At most %d more can be connected before connects fail with EADDRNOTAVAIL; other destinations are not affected."
                                .formatted(left)
                        : destination.timeWait() == 0
                                ? "Connects fail with EADDRNOTAVAIL; other destinations are not affected."
                                : "Connects fail with EADDRNOTAVAIL, unless tcp_tw_reuse lets them take over a TIME_WAIT entry; other destinations are not affected.");
        return List.copyOf(lines);
    }

    private int left() {
        Integer capacity = destination.capacity();
        return capacity == null ? 0 : Math.max(0, capacity - destination.inUse());
    }

    @Override
    public List<Fix> waysOut(Settings settings) {
        return List.of(MoreConnections.REUSE_CONNECTIONS, MoreConnections.MORE_ENDPOINTS);
    }
}
