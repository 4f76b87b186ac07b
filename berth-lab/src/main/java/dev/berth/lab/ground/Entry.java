package dev.berth.lab.ground;

import dev.berth.lab.Need;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The way into a ground, for this process and for a person on the host, and what is found in the environment there.
 *
 * @param resident a process that lives there
 * @param root whether it takes no user namespace
 */
record Entry(long resident, boolean root) {
    /** The working directory of all that runs there. */
    static final String FOLDER = "/run/lab";

    private static final String ENTER = """
            shell=sh
            ! command -v bash >/dev/null || shell='bash --norc'
            exec ${1:+nsenter --net=/run/netns/$1} $shell
            """;

    /** A file of the working directory there, as it is reached from here. */
    Path path(String name) {
        return Path.of("/proc/" + resident + "/root" + FOLDER).resolve(name);
    }

    /** What a person types on the host to get a shell on the first machine, or on the one that is named behind it. */
    List<String> enter() {
        return Stream.of(sudo(), entering(), Stream.of(FOLDER + "/bin/enter"))
                .flatMap(words -> words)
                .toList();
    }

    /** What a person types on the host to end all that was kept. */
    List<String> end() {
        return Stream.concat(sudo(), Stream.of("kill", "-9", Long.toString(resident)))
                .toList();
    }

    /** Who became root for Berth alone has to become root again. */
    private Stream<String> sudo() {
        return root && System.getenv("SUDO_UID") != null ? Stream.of("sudo") : Stream.empty();
    }

    /** Away from the terminal, or what interrupts this process would interrupt those there each by itself. */
    ProcessBuilder inside(Machine machine, String line) {
        var words = new ArrayList<>(List.of("setsid"));
        entering().forEach(words::add);
        words.addAll(machine.entering());
        words.addAll(List.of("sh", "-c", "cd " + FOLDER + " && " + line));
        return environment(new ProcessBuilder(words));
    }

    private Stream<String> entering() {
        Stream<String> user = root ? Stream.empty() : Stream.of("-U", "--preserve-credentials");
        return Stream.of(Stream.of("nsenter", "-t", Long.toString(resident)), user, Stream.of("-m", "-n", "-C", "-p"))
                .flatMap(words -> words);
    }

    /** {@code bin/enter} of the working directory: a shell on the first machine, or on the one that is named behind it. */
    static String script() {
        return "#!/bin/sh\ncd " + FOLDER + "\nexport " + exported() + "\n" + ENTER;
    }

    /** Nothing of the environment of this process but where programs are. */
    static ProcessBuilder environment(ProcessBuilder builder) {
        builder.environment().clear();
        builder.environment().putAll(environment());
        return builder;
    }

    private static SortedMap<String, String> environment() {
        return new TreeMap<>(Map.of(
                "PATH",
                FOLDER + "/bin:" + String.join(":", Need.FOLDERS),
                "HOME",
                FOLDER,
                "TMPDIR",
                FOLDER + "/tmp",
                "LANG",
                "C.UTF-8",
                "BERTH_STATE",
                FOLDER + "/state"));
    }

    private static String exported() {
        return environment().entrySet().stream()
                .map(variable -> variable.getKey() + "=" + quoted(variable.getValue()))
                .collect(Collectors.joining(" "));
    }

    static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
