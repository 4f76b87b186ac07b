package dev.berth.cli.command;

import dev.berth.lab.bench.Berth;
import dev.berth.lab.ground.OwnJava;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The command that runs this Berth again. */
final class OwnCommand {
    private static final String MAIN = "dev.berth.cli.Main";
    private static final List<String> FLAGS = List.of("-XX:TieredStopAtLevel=1", "-XX:-UsePerfData");
    private static final String BUILDS = "/.berth/";
    private static final String CACHE = "-XX:AOTCache=";

    private OwnCommand() {}

    /**
     * As this process was started, or a JVM like this one's where it was started otherwise, as tests are; the launcher where
     * this is an image, which sees to its own start.
     */
    static List<String> words() {
        if (OwnCommand.class.getModule().isNamed()) {
            Path launcher = Path.of(System.getProperty("java.home"), "..", "..", "bin", "berth");
            return List.of(launcher.normalize().toString());
        }
        List<String> own = ofThisProcess();
        int main = own.indexOf(MAIN);
        return main > 0
                ? fromAnywhere(own.subList(0, main + 1))
                : Stream.of(List.of(OwnJava.command().toString()), FLAGS, OwnJava.started(MAIN))
                        .flatMap(List::stream)
                        .toList();
    }

    /** The same for the bench: with the AOT cache that the launcher takes for each command, and the launcher's folder. */
    static Berth berth() {
        return berth(words());
    }

    static Berth berth(List<String> words) {
        if (!words.contains(MAIN)) {
            return new Berth(words, Map.of(), null); // a launcher chooses by itself
        }
        String jar = words.get(words.indexOf(MAIN) - 1);
        int folder = jar.lastIndexOf(BUILDS);
        boolean launched = folder >= 0 && !jar.contains(File.pathSeparator); // which a class path has
        return new Berth(
                words,
                Map.of(
                        "who", withCache(words, "-who"),
                        "list", withCache(words, "-look"),
                        "doctor", withCache(words, "-look")),
                launched ? Path.of(jar.substring(0, folder)) : null);
    }

    /** With the cache of that scope; without any where that is empty or missing, as the launcher has it. */
    private static List<String> withCache(List<String> words, String scope) {
        return words.stream()
                .map(word -> word.startsWith(CACHE) ? word.replaceFirst("\\.aot$", scope + ".aot") : word)
                .filter(word -> !word.startsWith(CACHE) || new File(word.substring(CACHE.length())).length() > 0)
                .toList();
    }

    /** With the paths in it as they are found from every working directory: the JVM, its files and its class path. */
    static List<String> fromAnywhere(List<String> words) {
        var found = new ArrayList<String>();
        for (String word : words) {
            if (found.isEmpty()) {
                found.add(word.contains("/") ? absolute(word) : word); // else found by PATH
            } else if (found.getLast().equals("-cp")) {
                found.add(absolutePath(word));
            } else {
                found.add(absolute("@", absolute(CACHE, word)));
            }
        }
        return List.copyOf(found);
    }

    private static String absolutePath(String classPath) {
        return Stream.of(classPath.split(File.pathSeparator, -1))
                .map(OwnCommand::absolute)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** The path behind {@code option}, where the word is that. */
    private static String absolute(String option, String word) {
        return word.startsWith(option) ? option + absolute(word.substring(option.length())) : word;
    }

    private static String absolute(String path) {
        return Path.of(path).toAbsolutePath().toString();
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
