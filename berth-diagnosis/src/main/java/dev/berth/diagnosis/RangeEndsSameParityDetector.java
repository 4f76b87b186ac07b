package dev.berth.diagnosis;

import dev.berth.net.PortRange;
import java.util.function.Consumer;

/** Finds a dynamic range with one port more of one parity than of the other. */
final class RangeEndsSameParityDetector implements Detector {
    @Override
    public void examine(Examined host, Consumer<Finding> found) {
        PortRange range = host.tcp().dynamic();
        if (range != null && (range.first() & 1) == (range.last() & 1)) {
            found.accept(new Finding.RangeEndsSameParity(range));
        }
    }
}
