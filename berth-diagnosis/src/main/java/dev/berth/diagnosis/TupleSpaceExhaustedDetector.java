package dev.berth.diagnosis;

import java.util.function.Consumer;

/** Finds destinations that no local port is left for. */
final class TupleSpaceExhaustedDetector implements Detector {
    @Override
    public void examine(Examined host, Consumer<Finding> found) {
        host.destinations().stream()
                .filter(Exhaustion::exhausted)
                .map(Finding.TupleSpaceExhausted::new)
                .forEach(found);
    }
}
