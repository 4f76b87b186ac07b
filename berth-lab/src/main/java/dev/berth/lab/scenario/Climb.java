package dev.berth.lab.scenario;

import dev.berth.lab.plot.Point;
import dev.berth.lab.plot.Series;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** What a connect took while more and more connections to the same destination were held. */
record Climb(List<Level> levels) {
    /**
     * @param percent of the ports that were taken by connections that were held
     */
    record Level(double percent, double medianMicros, double p99Micros) {}

    /**
     * What {@link dev.berth.lab.program.Gateway} printed.
     *
     * @param before connections that others held all the while
     */
    static Climb in(String output, int before, int ports) {
        return new Climb(output.lines()
                .filter(line -> line.startsWith("users="))
                .map(Counted::in)
                .map(counted -> new Level(
                        100 * (before + counted.value("users")) / ports,
                        counted.value("medianMicros"),
                        counted.value("p99Micros")))
                .toList());
    }

    Climb then(Climb higher) {
        return new Climb(Stream.concat(levels.stream(), higher.levels.stream()).toList());
    }

    /** The levels from one to another, counted from the lowest, which is 0; both are included. */
    Climb between(int first, int last) {
        return new Climb(levels.subList(first, last + 1));
    }

    /** The median, at the level in the middle: a moment in which the machine did something else changes little of it. */
    double medianMicros() {
        return middle(Level::medianMicros);
    }

    double p99Micros() {
        return middle(Level::p99Micros);
    }

    private double middle(ToDoubleFunction<Level> measured) {
        double[] ascending = levels.stream().mapToDouble(measured).sorted().toArray();
        return ascending[ascending.length / 2];
    }

    Series line(String name) {
        return new Series(
                name,
                levels.stream()
                        .map(level -> new Point(level.percent, level.medianMicros, level.medianMicros, level.p99Micros))
                        .toList());
    }
}
