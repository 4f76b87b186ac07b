package dev.berth.cli.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The command that runs this Berth again. */
final class OwnCommand {
    private static final String MAIN = "dev.berth.cli.Main";
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
