package dev.berth.diagnosis;

import java.util.function.Consumer;

/** Finds destinations whose connects have become, or soon become, over a hundred times slower. */
final class TupleSpacePastCliffDetector implements Detector {
    @Override
    public void examine(Examined host, Consumer<Finding> found) {
        host.destinations().stream()
                .filter(Exhaustion::pastCliff)
                .map(Finding.TupleSpacePastCliff::new)
                .forEach(found);
    }
}
