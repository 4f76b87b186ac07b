package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.cli.command.Arguments;
import dev.berth.cli.command.CommandSpec;
import dev.berth.cli.command.Commands;
import dev.berth.cli.command.ExitCode;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.platform.FakeHostNetwork;
import dev.berth.platform.PortPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The command lines that pages for people show can be typed. */
final class DocumentedLinesTest {
    private static final Path ROOT = Path.of("..");
    private static final Path WINDOWS = ROOT.resolve("docs/windows.md");

    /** On a line of its own, or between backquotes; a remark is two blanks away, and a redirection is the shell's. */
    private static final Pattern LINE =
            Pattern.compile("(?m)(?:^ *|`)(?:\\$ )?(?:sudo )?(?:\\./)?berth(?:\\.cmd)? ([^`\\n]*?)(?=`|  | >|$)");

    /** A command's name alone speaks of the command. */
    private static final Pattern NAME = Pattern.compile("\\w+(?: set)?");

    static List<Path> pages() throws IOException {
        try (Stream<Path> findings = Files.list(ROOT.resolve("docs/findings"))) {
            return Stream.concat(
                            Stream.of(
                                    ROOT.resolve("README.md"),
                                    ROOT.resolve("docs/explain.md"),
                                    ROOT.resolve("docs/lab.md"),
                                    WINDOWS),
                            findings.sorted())
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void every_line_parses(Path page) throws Exception {
        for (String line : lines(page)) {
            String[] words = line.split(" ", -1);
            assertThat(Commands.has(words[0])).as(line).isTrue();
            if (!NAME.matcher(line).matches()) {
                assertThat(parsed(words)).as(line).isNotNull();
            }
        }
    }

    static List<String> linesOfWindows() throws IOException {
        return lines(WINDOWS).stream()
                .filter(line -> !NAME.matcher(line).matches())
                .filter(line -> !line.startsWith("ensure ")) // its policy is the reader's
                .distinct()
                .toList();
    }

    @ParameterizedTest
    @MethodSource("linesOfWindows")
    void no_line_for_windows_is_bad_usage_there(String line) {
        var host = FakeHostNetwork.windows(new PortPolicy(
                new PortRange(49_152, 65_535),
                PortSet.EMPTY,
                List.of(),
                List.of(),
                null,
                PortPolicy.Persistent.NOTHING));
        var words = new ArrayList<>(List.of(line.split(" ", -1)));
        if (Commands.spec(words.getFirst()).allOptions().stream()
                .anyMatch(option -> option.name().equals("dry-run"))) {
            words.add("--dry-run");
        }
        Ran ran = Ran.on(host, words.toArray(String[]::new));
        assertThat(ran.code()).as(ran.err()).isNotIn(ExitCode.USAGE, ExitCode.INTERNAL);
    }

    private static Arguments parsed(String[] words) throws Exception {
        CommandSpec spec = Commands.spec(words[0]);
        return Arguments.parse(spec, Arrays.copyOfRange(words, 1, words.length));
    }

    private static List<String> lines(Path page) throws IOException {
        return LINE.matcher(Files.readString(page))
                .results()
                .map(found -> found.group(1).strip())
                .toList();
    }
}
