package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.platform.Build;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What docs/release.md says is to be done for another version. */
class ReleasePageTest {
    private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
    private static final Path PAGE = CHECKOUT.resolve("docs/release.md");
    private static final Pattern LISTED = Pattern.compile("(?m)^    git grep -lF (\\S+) (.*) \\|$");
    private static final String VERSION = Build.here().version();

    /** What an earlier version wrote, and names that stand for any: they stay. */
    private static final List<String> NOT_THIS_ONE = List.of(
            ":!docs/release.md",
            ":!fixtures",
            ":!*/src/test/resources/*",
            ":!*/BuildTest.java",
            ":!berth-packages/src/main/java/dev/berth/packages/Release.java");

    @BeforeEach
    void only_a_snapshot_in_git_can_be_told_from_other_text() {
        assumeTrue(VERSION.endsWith("-SNAPSHOT"), VERSION + " is also in examples");
        assumeTrue(Files.exists(CHECKOUT.resolve(".git")), "these sources are no checkout of git");
    }

    @Test
    void every_file_with_the_version_in_it_is_found_by_the_command_of_the_page() throws Exception {
        Matcher listed = LISTED.matcher(Files.readString(PAGE));
        assertThat(listed.find()).isTrue();
        assertThat(listed.group(1)).isEqualTo(VERSION);
        var named = Stream.of(listed.group(2).split(" ")).map(one -> one.replace("'", ""));
        assertThat(filesWithTheVersion(named.toList()))
                .contains("pom.xml", "samples/jdbc-okhttp/pom.xml")
                .containsExactlyElementsOf(filesWithTheVersion(NOT_THIS_ONE));
    }

    private static List<String> filesWithTheVersion(List<String> among) throws Exception {
        var command = new ArrayList<>(List.of("git", "-c", "safe.directory=*", "grep", "-lF", VERSION, "--"));
        command.addAll(among);
        Process git = new ProcessBuilder(command)
                .directory(CHECKOUT.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> files = git.inputReader().lines().toList();
        assertThat(git.waitFor()).isZero();
        return files;
    }
}
