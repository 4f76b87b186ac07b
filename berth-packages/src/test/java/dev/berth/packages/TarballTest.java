package dev.berth.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tarball, unpacked into a folder with spaces in its path. */
class TarballTest {
    private static final String LOADED = "BERTH_JAVA_OPTIONS=-Xlog:class+load:stderr";

    /** What a command did. */
    private record Ran(int exitCode, String output, String errors) {}

    @TempDir
    private static Path folder;

    private static Path berth;

    @BeforeAll
    static void unpack() throws Exception {
        Path spaced = Files.createDirectories(folder.resolve("a folder with spaces"));
        Tool.run(
                spaced,
                Map.of(),
                List.of("tar", "-xzf", Made.one("-linux-x64.tar.gz").toString()));
        try (Stream<Path> files = Files.list(spaced)) {
            berth = files.findFirst().orElseThrow();
        }
    }

    @Test
    void its_one_folder_is_named_after_the_version() throws Exception {
        assertThat(berth.getFileName())
                .hasToString(
                        Made.one("-linux-x64.tar.gz").getFileName().toString().replace(".tar.gz", ""));
    }

    @Test
    void it_needs_no_java() throws Exception {
        assertThat(run("PATH=/nowhere", "/usr/bin/env", "-i", "/bin/sh", berth + "/bin/berth", "who", "1"))
                .isEqualTo(new Ran(0, "Nobody holds tcp 1.\n", ""));
    }

    @Test
    void it_starts_by_a_link_by_a_relative_path_and_by_the_shell() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("linked"), berth.resolve("bin/berth"));
        assertThat(run(link.toString(), "who", "1").exitCode()).isZero();
        assertThat(run("sh", "-c", "cd '" + berth + "/bin' && ./berth who 1 && sh berth who 1")
                        .exitCode())
                .isZero();
    }

    @Test
    void each_command_starts_from_an_archive_of_its_classes() throws Exception {
        for (String command : List.of("who 1", "doctor", "version", "why 1")) {
            assertThat(archived(berth, command)).as(command).isGreaterThan(0.9);
        }
    }

    @Test
    void it_is_as_quick_where_it_was_copied_to() throws Exception {
        Path copy = folder.resolve("copied elsewhere");
        Tool.run(folder, Map.of(), List.of("cp", "-r", berth.toString(), copy.toString()));
        assertThat(archived(copy, "who 1")).isGreaterThan(0.9);
        Folder.delete(copy);
    }

    @Test
    void system_calls_go_through_the_library_of_the_image() throws Exception {
        assertThat(run(LOADED, berth + "/bin/berth", "who", "1").errors())
                .contains("dev.berth.linux.kernel.NativeSystemCalls ")
                .doesNotContain("dev.berth.linux.kernel.ForeignSystemCalls ");
    }

    @Test
    void what_the_host_gives_to_its_own_javas_is_not_taken() throws Exception {
        assertThat(run("JAVA_TOOL_OPTIONS=-version", "JDK_JAVA_OPTIONS=--no-such", berth + "/bin/berth", "who", "1"))
                .isEqualTo(new Ran(0, "Nobody holds tcp 1.\n", ""));
    }

    @Test
    void a_path_with_a_colon_is_refused_in_words() throws Exception {
        Path copy = folder.resolve("C:/berth");
        Files.createDirectories(copy.resolve("bin"));
        Files.copy(berth.resolve("bin/berth"), copy.resolve("bin/berth"));
        Ran ran = run(copy + "/bin/berth", "who", "1");
        assertThat(ran.exitCode()).isEqualTo(4);
        assertThat(ran.errors()).contains("colon").contains("next:");
    }

    /** Anywhere in the file, in each way that disks and downloads have. */
    @Test
    void a_damaged_archive_is_slower_and_nothing_else() throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        Ran whole = run(berth + "/bin/berth", "who", "1");
        Path archive = berth.resolve("lib/berth/start/who.jsa");
        byte[] bytes = Files.readAllBytes(archive);
        for (int kind = 0; kind < 12; kind++) {
            int at = random.nextInt(bytes.length - 4096);
            byte[] damaged = bytes.clone();
            switch (kind % 4) {
                case 0 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> damaged[random.nextInt(2000)] ^= (byte) (1 << random.nextInt(8)); // its header
                case 2 -> Arrays.fill(damaged, at, at + 4096, (byte) 0);
                default -> damaged = Arrays.copyOf(damaged, at);
            }
            Files.write(archive, damaged);
            assertThat(run(berth + "/bin/berth", "who", "1"))
                    .as("kind %d at %d, seed %d", kind % 4, at, seed)
                    .isEqualTo(whole);
        }
        assertThat(run("BERTH_DEBUG=1", berth + "/bin/berth", "who", "1").errors())
                .contains("who.jsa is not as it was installed");
        Files.delete(archive);
        assertThat(run(berth + "/bin/berth", "who", "1")).isEqualTo(whole);
        Files.write(archive, bytes);
    }

    @Test
    void every_command_is_whole_in_it() throws Exception {
        Path captured = folder.resolve("capture");
        for (String line : List.of(
                "why 1 --json",
                "list",
                "ranges",
                "capacity --range 1025-5000 --time-wait 240 --rate 10",
                "suggest",
                "map --png " + folder.resolve("map.png").getFileName(),
                "policy init",
                "policy schema",
                "capture -o " + captured.getFileName(),
                "who 1 --from " + captured.getFileName(),
                "changes",
                "free 1 --dry-run",
                "completion powershell",
                "help lab",
                "lab")) {
            assertThat(inFolder(line))
                    .as(line)
                    .extracting(Ran::exitCode, Ran::errors)
                    .containsExactly(0, "");
        }
        assertThat(inFolder("explain --no-host --line bind:127.0.0.1:80:EADDRINUSE")
                        .exitCode())
                .isEqualTo(1);
        assertThat(inFolder("registry").exitCode()).isEqualTo(4);
    }

    @Test
    void a_change_that_nobody_confirms_is_taken_back_by_another_process_of_the_image() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "a network namespace of its own takes root");
        String reserved = "cat /proc/sys/net/ipv4/ip_local_reserved_ports";
        Ran ran = run(
                "BERTH_STATE=" + folder.resolve("state"),
                "unshare",
                "--net",
                "sh",
                "-c",
                "'" + berth + "/bin/berth' reserve 1433 --yes --confirm-within 1s >/dev/null && " + reserved
                        + " && for i in $(seq 100); do [ \"$(" + reserved + ")\" ] || exit 0; sleep 0.1; done; exit 9");
        assertThat(ran).isEqualTo(new Ran(0, "1433\n", ""));
    }

    /** The share of the classes that came from an archive. */
    private static double archived(Path berth, String command) throws Exception {
        var words = new ArrayList<>(List.of(LOADED, berth + "/bin/berth"));
        words.addAll(List.of(command.split(" ")));
        List<String> loaded = run(words.toArray(String[]::new))
                .errors()
                .lines()
                .filter(line -> line.contains(" source: "))
                .toList();
        return (double) loaded.stream()
                        .filter(line -> line.contains("shared objects file"))
                        .count()
                / loaded.size();
    }

    private static Ran inFolder(String line) throws Exception {
        return run("sh", "-c", "cd '" + folder + "' && '" + berth + "/bin/berth' " + line);
    }

    /** Runs words that may begin with variables. */
    private static Ran run(String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("env", "-u", "BERTH_DEBUG", "-u", "BERTH_JAVA_OPTIONS"));
        command.addAll(List.of(words));
        Path output = Files.createTempFile(folder, "output", "");
        Path errors = Files.createTempFile(folder, "errors", "");
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        process.getOutputStream().close();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ends").isTrue();
        return new Ran(
                process.exitValue(),
                Files.readString(output, StandardCharsets.UTF_8),
                Files.readString(errors, StandardCharsets.UTF_8));
    }
}
