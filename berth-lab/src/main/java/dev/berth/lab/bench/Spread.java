package dev.berth.lab.bench;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** The median of some numbers, the lowest and the highest of them. */
public record Spread(double median, double min, double max) {
    /**
     * @param values at least one
     */
    static Spread of(DoubleStream values) {
        double[] ascending = values.toArray();
        Arrays.sort(ascending);
        int half = ascending.length / 2;
        double median = ascending.length % 2 == 1 ? ascending[half] : (ascending[half - 1] + ascending[half]) / 2;
        return new Spread(median, ascending[0], ascending[ascending.length - 1]);
    }
}
