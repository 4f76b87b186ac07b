package dev.berth.diagnosis.doctor;

import java.util.function.Consumer;

/** Looks for one kind of finding: the {@code find} of its class. */
@FunctionalInterface
interface Detector {
    void find(Examined host, Consumer<Finding> found);
}
