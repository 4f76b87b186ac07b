package dev.berth.cli.command;

import dev.berth.lab.bench.Berth;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The command that runs this Berth again. */
final class OwnCommand {
    private static final String MAIN = "dev.berth.cli.Main";
    private static final String BUILDS = "/.berth/";
    private static final String CACHE = "-XX:AOTCache=";

    private OwnCommand() {}

    /** As this process was started, or a JVM like this one's where it was started otherwise, as tests are. */
    static List<String> words() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> own = ofThisProcess();
        int main = own.indexOf(MAIN);
        return main > 0
                ? own.subList(0, main + 1).stream()
                        .map(OwnCommand::fromAnywhere)
                        .toList()
                : List.of(
                        java,
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        MAIN);
    }

    /** The same for the bench: with the AOT cache that the launcher takes for each command, and the launcher's folder. */
    static Berth berth() {
        List<String> words = words();
        String jar = words.get(words.indexOf(MAIN) - 1);
        int folder = jar.lastIndexOf(BUILDS);
        boolean launched = folder >= 0 && !jar.contains(":"); // which a class path has
        return new Berth(
                words,
                Map.of(
                        "who", withCache(words, "-who"),
                        "list", withCache(words, "-look"),
                        "doctor", withCache(words, "-look")),
                launched ? Path.of(jar.substring(0, folder)) : null);
    }

    private static List<String> withCache(List<String> words, String scope) {
        return words.stream().map(word -> withCache(word, scope)).toList();
    }

    private static String withCache(String word, String scope) {
        String cache = word.replaceFirst("\\.aot$", scope + ".aot");
        boolean there = word.startsWith(CACHE) && Files.exists(Path.of(cache.substring(CACHE.length())));
        return there ? cache : word;
    }

    /** A path in it as it is found from every working directory. */
    private static String fromAnywhere(String word) {
        int start = word.startsWith("@") ? 1 : word.startsWith(CACHE) ? CACHE.length() : 0;
        boolean path = start > 0 || !word.startsWith("-") && word.contains("/");
        return path ? word.substring(0, start) + Path.of(word.substring(start)).toAbsolutePath() : word;
    }

    private static List<String> ofThisProcess() {
        try {
            String line = Files.readString(Path.of("/proc/self/cmdline"), StandardCharsets.UTF_8);
            return List.of(line.split("\0", -1));
        } catch (IOException e) {
            return List.of();
        }
    }
}
