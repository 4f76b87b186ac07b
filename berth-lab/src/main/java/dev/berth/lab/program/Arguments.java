package dev.berth.lab.program;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a program was started with, each as {@code name=value}. */
record Arguments(Map<String, String> values) {
    static Arguments of(String... words) {
        return new Arguments(Arrays.stream(words)
                .map(word -> word.split("=", 2))
                .collect(Collectors.toUnmodifiableMap(parts -> parts[0], parts -> parts[1])));
    }

    @Nullable
    String text(String name) {
        return values.get(name);
    }

    String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    int number(String name, int otherwise) {
        String value = values.get(name);
        return value == null ? otherwise : Integer.parseInt(value);
    }

    boolean on(String name, boolean otherwise) {
        String value = values.get(name);
        return value == null ? otherwise : value.equals("on");
    }
}
