package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.MoreConnections;
import dev.berth.net.PortSet;
import dev.berth.platform.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Most ports that Linux tries first are used up for one destination: every connect scans half the range.
 *
 * @param listened ports with a listener
 */
record TupleSpacePastCliff(Destination destination, PortSet listened) implements Finding {
    static void find(Examined host, Consumer<Finding> found) {
        host.destinations().stream()
                .filter(Exhaustion::pastCliff)
                .map(destination -> new TupleSpacePastCliff(destination, host.listened()))
                .forEach(found);
    }

    @Override
    public String id() {
        return "tuple-space-past-cliff";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public String title() {
        return "Connects from %s to %s become slow: the ports tried first are %s used"
                .formatted(
                        destination.source(),
                        destination.destination(),
                        Words.percent(destination.preferredHalfUsedPercent()));
    }

    @Override
    public List<String> evidence() {
        var lines = new ArrayList<>(destination.evidence());
        lines.add("Once those ports are used up, every connect scans half the range before it finds one.");
        return List.copyOf(lines);
    }

    @Override
    public List<Fix> waysOut(Settings settings) {
        return MoreConnections.ladder(settings, listened, true, Exhaustion.takeOverWouldHelp(destination));
    }
}
