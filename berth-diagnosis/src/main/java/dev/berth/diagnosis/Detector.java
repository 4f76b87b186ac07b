package dev.berth.diagnosis;

import java.util.function.Consumer;

/** Looks for one kind of finding. */
interface Detector {
    void examine(Examined host, Consumer<Finding> found);
}
