package dev.berth.cli.live;

import dev.berth.cli.Main;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Berth in a process of its own, for what a test cannot have in its own: signals, an environment, an end. */
final class OwnProcess {
    private OwnProcess() {}

    /** The command that runs {@code berth WORDS} from the classes of the tests. */
    static List<String> berth(List<String> words) {
        List<String> java = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName());
        return Stream.concat(java.stream(), words.stream()).toList();
    }
}
