package dev.berth.remedy.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** Gathers the mistakes of one text, so that all of them are told at once. */
final class Faults {
    private static final int MOST = 100; // what more there is is told once these are gone

    private final List<Fault> faults = new ArrayList<>();

    /** @param at the part of the text that is at fault */
    void add(Node at, String what, String why, String next) {
        if (faults.size() < MOST) {
            Mark mark = at.getStartMark().orElseThrow();
            faults.add(new Fault(mark.getLine() + 1, mark.getColumn() + 1, what, why, next));
        }
    }

    boolean none() {
        return faults.isEmpty();
    }

    List<Fault> inOrder() {
        return faults.stream()
                .sorted(Comparator.comparingInt(Fault::line).thenComparingInt(Fault::column))
                .toList();
    }
}
