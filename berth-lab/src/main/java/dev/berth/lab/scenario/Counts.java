package dev.berth.lab.scenario;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a program of the lab told that it counted, as {@code name=value} in lines. */
record Counts(Map<String, String> told) {
    static Counts in(String output) {
        return new Counts(output.lines()
                .filter(line -> line.contains("="))
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1], (_, last) -> last)));
    }

    /** None of what it does not tell of. */
    int of(String name) {
        return Integer.parseInt(told.getOrDefault(name, "0"));
    }

    /** Numbers with blanks between them. */
    Set<Integer> ports(String name) {
        return Stream.of(told.getOrDefault(name, "").split(" "))
                .filter(port -> !port.isEmpty())
                .map(Integer::valueOf)
                .collect(Collectors.toUnmodifiableSet());
    }
}
