package dev.berth.lab.plot;

import java.util.Arrays;
import java.util.List;

/**
 * What is drawn along one side of a plot.
 *
 * @param label with the unit: {@code connect, µs}
 * @param log whether equal ratios are equally far apart, instead of equal differences
 * @param ticks the values that are marked, ascending; none where the plot may choose
 */
public record Axis(String label, boolean log, List<Double> ticks) {
    public static Axis linear(String label) {
        return new Axis(label, false, List.of());
    }

    /** Of values above zero. */
    public static Axis log(String label) {
        return new Axis(label, true, List.of());
    }

    /** The same, and these values are marked: the ones that were measured, where they are few. */
    public Axis at(double... marked) {
        return new Axis(label, log, Arrays.stream(marked).sorted().boxed().toList());
    }

    Scale over(double... values) {
        for (double value : values) {
            if (!Double.isFinite(value) || log && value <= 0) {
                throw new IllegalArgumentException(value + " has no place on a " + (log ? "log" : "linear") + " axis");
            }
        }
        return Scale.of(this, Arrays.stream(values).summaryStatistics());
    }
}
