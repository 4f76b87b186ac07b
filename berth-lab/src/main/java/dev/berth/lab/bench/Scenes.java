package dev.berth.lab.bench;

import java.util.List;
import java.util.stream.Stream;

/** All scenes, in the order in which they are measured. */
public final class Scenes {
    /** The client library beside the kernel's own choice of ports, which is timed by {@code dev.berth.lab.client}. */
    static final String CLIENT = "client";

    static final List<Scene> ALL = List.of(
            new Scene("quiet", Population.NONE, Population.NONE, LineUp::quiet),
            new Scene("typical", Population.services(200), Population.services(10), LineUp::typical),
            established(1_000),
            established(10_000),
            established(40_000),
            established(190_000),
            new Scene("time-wait-500k", Population.timeWait(500_000), Population.timeWait(1_000), LineUp::timeWait));

    private Scenes() {}

    private static Scene established(int sockets) {
        return new Scene(
                "established-" + sockets / 1_000 + "k",
                Population.established(sockets),
                Population.established(200),
                LineUp::established);
    }

    /** The names of all. */
    public static List<String> names() {
        return Stream.concat(ALL.stream().map(Scene::name), Stream.of(CLIENT)).toList();
    }

    /** The scenes that a name stands for: itself, or all of that kind, as {@code established} does. */
    public static List<String> named(String name) {
        return names().stream()
                .filter(scene -> scene.equals(name) || scene.startsWith(name + "-"))
                .toList();
    }
}
