package dev.berth.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.lab.bench.Berth;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS) // as the lab is
class OwnCommandTest {
    private static final FileTime BUILT = FileTime.fromMillis(1_000_000_000_000L);
    private static final String HERE = Path.of("").toAbsolutePath().toString();

    @TempDir
    private Path home;

    /** A checkout that has been built, of which nothing but the launcher is needed, and a JVM that says how it was called. */
    @BeforeEach
    void make_a_checkout() throws IOException {
        file("berth", Files.readString(Path.of("../berth"))).toFile().setExecutable(true);
        file("launcher/find-jdk.sh", Files.readString(Path.of("../launcher/find-jdk.sh")));
        file("jdk/release", "JAVA_VERSION=\"25\"\n");
        file("jdk/bin/javac", "").toFile().setExecutable(true);
        file("jdk/bin/java", "#!/bin/sh\nprintf '%s\\n' \"$0\" \"$@\"\n")
                .toFile()
                .setExecutable(true);
        file(".berth/current", "0123\n");
        file(".berth/berth-0123.jar", "");
        for (String scope : List.of("", "-look", "-who")) {
            file(".berth/berth-0123-25" + scope + ".aot", "a cache");
        }
        try (Stream<Path> all = Files.walk(home)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                Files.setLastModifiedTime(path, BUILT);
            }
        }
    }

    private Path file(String name, String text) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    /** The words of the JVM that the launcher becomes. */
    private List<String> launched(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("env", "-u", "BERTH_DEBUG", "-u", "BERTH_JAVA_OPTIONS"));
        command.addAll(List.of("JAVA_HOME=" + home + "/jdk", home + "/berth"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        List<String> words = said.lines().toList();
        return words.subList(0, words.size() - arguments.length);
    }

    /** That of the bench, started so by the launcher. */
    private Berth own() throws IOException, InterruptedException {
        return OwnCommand.berth(launched("lab", "bench"));
    }

    @Test
    void each_command_is_timed_with_the_cache_that_the_launcher_takes_for_it() throws Exception {
        Berth own = own();
        assertThat(own.home()).isEqualTo(home);
        assertThat(own.words()).isEqualTo(launched("version")).contains(cache(""));
        assertThat(own.others().get("who")).isEqualTo(launched("who", "1433")).contains(cache("-who"));
        assertThat(own.others().get("list"))
                .isEqualTo(launched("list", "--json"))
                .contains(cache("-look"));
        assertThat(own.others().get("doctor"))
                .isEqualTo(launched("doctor"))
                .isEqualTo(launched())
                .contains(cache("-look"));
        assertThat(own.others()).hasSize(3);
    }

    @Test
    void an_empty_cache_is_none_for_the_launcher_and_so_for_the_bench() throws Exception {
        Path empty = file(".berth/berth-0123-25-look.aot", "");
        Files.setLastModifiedTime(empty, BUILT);
        assertThat(own().others().get("list"))
                .isEqualTo(launched("list"))
                .noneMatch(word -> word.startsWith("-XX:AOTCache"));
    }

    private String cache(String scope) {
        return "-XX:AOTCache=" + home + "/.berth/berth-0123-25" + scope + ".aot";
    }

    @Test
    void paths_are_found_from_every_working_directory() {
        assertThat(OwnCommand.fromAnywhere(List.of(
                        "jdk/bin/java",
                        "@launcher/jvm.options",
                        "-XX:AOTCache=a.aot",
                        "-cp",
                        "berth.jar:/a.jar:lib/b.jar",
                        "M")))
                .containsExactly(
                        HERE + "/jdk/bin/java",
                        "@" + HERE + "/launcher/jvm.options",
                        "-XX:AOTCache=" + HERE + "/a.aot",
                        "-cp",
                        HERE + "/berth.jar" + File.pathSeparator + "/a.jar" + File.pathSeparator + HERE + "/lib/b.jar",
                        "M");
    }

    @Test
    void what_is_no_path_stays_as_it_is() {
        List<String> words = List.of("java", "--add-opens", "java.base/java.lang=ALL-UNNAMED", "-Xlog:a:file=b/c", "M");
        assertThat(OwnCommand.fromAnywhere(words)).isEqualTo(words);
    }
}
