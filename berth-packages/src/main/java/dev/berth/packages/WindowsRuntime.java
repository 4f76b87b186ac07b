package dev.berth.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/**
 * A Java for Windows, linked by others, for a zip that is made on another system: only a JDK of Windows could link the program
 * into it.
 */
final class WindowsRuntime {
    private static final String VARIABLE = "BERTH_WINDOWS_RUNTIME";
    private static final int RELEASE = 25;

    private WindowsRuntime() {}

    /**
     * The one that {@code BERTH_WINDOWS_RUNTIME} names, or that of {@code .ci/windows-runtime}.
     *
     * @param modules that it must have
     * @throws PackagingException when there is none, or none that will do
     */
    static Path find(Path home, Set<String> modules) throws IOException, PackagingException {
        String given = System.getenv(VARIABLE);
        Path runtime = given == null ? home.resolve(".cache/windows-runtime") : Path.of(given);
        check(runtime.toAbsolutePath().normalize(), modules);
        return runtime.toRealPath();
    }

    static void check(Path runtime, Set<String> modules) throws IOException, PackagingException {
        Path release = runtime.resolve("release");
        if (!Files.exists(release) || !Files.exists(runtime.resolve("bin/java.exe"))) {
            throw leftOut("there is no Windows runtime of Java in " + runtime);
        }
        var told = new Properties();
        try (var in = Files.newBufferedReader(release)) {
            told.load(in);
        }
        String version = unquoted(told, "JAVA_VERSION");
        if (!version.matches("[0-9]{1,4}([^0-9].*)?") || Integer.parseInt(version.split("[^0-9]", 2)[0]) < RELEASE) {
            throw leftOut(runtime + " is a Java " + version + ", and Berth needs " + RELEASE + " or newer");
        }
        if (!JavaRuntime.isX64(told)) {
            throw leftOut(runtime + " is for " + JavaRuntime.architecture(told) + ", and the zip is for x86-64");
        }
        List<String> missing = modules.stream()
                .filter(module -> !List.of(unquoted(told, "MODULES").split(" ")).contains(module))
                .sorted()
                .toList();
        if (!missing.isEmpty()) {
            throw leftOut(runtime + " lacks " + String.join(", ", missing));
        }
        if (!JavaRuntime.mayBeHandedOn(runtime)) {
            throw leftOut(JavaRuntime.notHandedOn(runtime));
        }
    }

    private static String unquoted(Properties told, String key) {
        return told.getProperty(key, "of unknown release").replace("\"", "");
    }

    private static PackagingException leftOut(String why) {
        return new PackagingException(
                "no zip for Windows",
                why,
                ".ci/windows-runtime fetches one, or name one in " + VARIABLE
                        + "; package.cmd makes the zip on Windows");
    }
}
