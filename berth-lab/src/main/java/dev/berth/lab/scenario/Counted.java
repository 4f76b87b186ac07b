package dev.berth.lab.scenario;

import java.util.Map;
import java.util.TreeMap;

/** What a program of the lab counted: the words {@code name=value} of its last line. */
record Counted(Map<String, Double> values) {
    static Counted in(String output) {
        var values = new TreeMap<String, Double>();
        String last = output.strip().lines().reduce("", (_, line) -> line);
        for (String word : last.split(" ", -1)) {
            String[] parts = word.split("=", 2);
            if (parts.length == 2) {
                values.put(parts[0], Double.parseDouble(parts[1]));
            }
        }
        return new Counted(Map.copyOf(values));
    }

    /** NaN where it was not told. */
    double value(String name) {
        return values.getOrDefault(name, Double.NaN);
    }

    boolean noneFailed() {
        return value("failed") == 0;
    }

    boolean allFailed() {
        return value("failed") == value("calls");
    }
}
