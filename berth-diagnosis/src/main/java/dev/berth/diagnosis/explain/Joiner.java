package dev.berth.diagnosis.explain;

import java.util.function.Consumer;

/** Joins the clues of neighbouring lines. */
final class Joiner {
    private final Consumer<Incident> told;

    Joiner(Consumer<Incident> told) {
        this.told = told;
    }

    void add(Clue clue, LogLine line) {}

    void end() {}
}
