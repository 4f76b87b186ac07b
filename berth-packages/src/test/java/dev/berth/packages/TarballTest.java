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

    /** What a host may have beyond the one that the archives were made on a moment ago. */
    private static final int A_FEW = 6;

    /** What a command did. */
    private record Ran(int exitCode, String output, String errors) {}

    /** The ways in which disks and downloads damage a file. */
    private enum Damage {
        A_BIT {
            @Override
            byte[] of(byte[] bytes, int at, Random random) {
                return flipped(bytes, at, 1 << random.nextInt(8));
            }
        },
        A_BIT_OF_THE_HEADER {
            @Override
            byte[] of(byte[] bytes, int at, Random random) {
                return flipped(bytes, random.nextInt(2000), 1 << random.nextInt(8));
            }
        },
        SOME_BITS {
            @Override
            byte[] of(byte[] bytes, int at, Random random) {
                byte[] damaged = bytes;
                for (int bit = 0; bit < 8; bit++) {
                    damaged = flipped(damaged, random.nextInt(bytes.length), 1 << random.nextInt(8));
                }
                return damaged;
            }
        },
        /** What a sum that multiplies and adds may take for no change at all. */
        THE_HIGH_BIT_OF_TWO_WORDS {
            @Override
            byte[] of(byte[] bytes, int at, Random random) {
                int high = at / Long.BYTES * Long.BYTES + Long.BYTES - 1;
                return flipped(flipped(bytes, high, 0x80), high + LANE, 0x80);
            }
        },
        A_PAGE_OF_ZEROES {
            @Override
            byte[] of(byte[] bytes, int at, Random random) {
                byte[] damaged = bytes.clone();
                Arrays.fill(damaged, at, at + PAGE, (byte) 0);
                return damaged;
            }
        },
        AN_EARLY_END {
            @Override
            byte[] of(byte[] bytes, int at, Random random) {
                return Arrays.copyOf(bytes, at);
            }
        };

        private static final int PAGE = 4096;
        private static final int LANE = 64; // as far apart as the words that intact adds to one number

        abstract byte[] of(byte[] bytes, int at, Random random);

        /** Another file, wherever the damage lies: what was zero before is no place for zeroes. */
        byte[] of(byte[] bytes, Random random) {
            int at = random.nextInt(bytes.length - PAGE);
            while (bytes[at] == 0) {
                at = random.nextInt(bytes.length - PAGE);
            }
            return of(bytes, at, random);
        }

        private static byte[] flipped(byte[] bytes, int at, int bit) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= (byte) bit;
            return damaged;
        }
    }

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
        Files.writeString(folder.resolve("berth.yaml"), """
                services:
                  - {name: SQL Server, port: 1433}
                  - {name: web, ports: 8080-8090}
                """);
        for (String command : List.of(
                "who 1",
                "doctor",
                "list",
                "version",
                "why 1",
                "ensure berth.yaml --check",
                "ensure berth.yaml --dry-run",
                "capture -o loaded.berth",
                "who 1 --from loaded.berth",
                "unreserve 1 --dry-run",
                "confirm",
                "lab",
                "map --png loaded.png")) {
            assertThat(read(berth, command)).as(command).hasSizeLessThan(A_FEW);
        }
    }

    @Test
    void it_is_as_quick_where_it_was_copied_or_moved_to() throws Exception {
        Path copy = folder.resolve("copied elsewhere");
        Tool.run(folder, Map.of(), List.of("cp", "-r", berth.toString(), copy.toString()));
        assertThat(read(copy, "who 1")).hasSizeLessThan(A_FEW);
        Path moved = folder.resolve("moved on");
        Tool.run(folder, Map.of(), List.of("mv", copy.toString(), moved.toString()));
        assertThat(read(moved, "who 1")).hasSizeLessThan(A_FEW);
        Folder.delete(moved);
    }

    @Test
    void it_brings_the_pages_for_operators() {
        assertThat(berth.resolve("share/doc/berth"))
                .isDirectoryRecursivelyContaining("glob:**/docs/install.md")
                .isDirectoryRecursivelyContaining("glob:**/docs/findings/*.md")
                .isDirectoryRecursivelyContaining("glob:**/examples/README.md")
                .isDirectoryNotContaining("glob:**/docs/release.md");
    }

    @Test
    void each_of_its_links_leads_to_a_file() throws Exception {
        assertThat(Tool.run(berth, Map.of(), List.of("find", ".", "-type", "l")))
                .isNotEmpty();
        assertThat(Tool.run(berth, Map.of(), List.of("find", ".", "-xtype", "l")))
                .isEmpty();
    }

    @Test
    void looking_leaves_nothing_behind() throws Exception {
        Path home = Files.createDirectories(folder.resolve("home"));
        List<String> everything = List.of("find", ".", "-printf", "%p %s %T@\n");
        String before = Tool.run(berth, Map.of(), everything);
        for (String command : List.of("doctor", "why 1", "list")) {
            assertThat(inFolder(command, "HOME=" + home).errors()).as(command).isEmpty();
        }
        assertThat(Tool.run(berth, Map.of(), everything)).isEqualTo(before);
        assertThat(home).isEmptyDirectory();
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
        for (String call : List.of("'" + copy + "/bin/berth'", "cd '" + copy + "/bin' && ./berth")) {
            Ran ran = run("sh", "-c", call + " who 1");
            assertThat(ran.exitCode()).as(call).isEqualTo(4);
            assertThat(ran.errors()).as(call).contains("colon").contains("next:");
        }
    }

    @Test
    void a_damaged_archive_is_slower_and_nothing_else() throws Exception {
        isNothingButSlower("who", "who 1");
        isNothingButSlower("look", "list port=1 --no-owners");
        isNothingButSlower("all", "version", "why 1");
    }

    @Test
    void no_damage_is_taken_for_none() throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        Path whole = berth.resolve("lib/berth/start/who.jsa");
        Path archive = Files.copy(whole, folder.resolve("damaged.jsa"));
        Files.copy(sum(whole), sum(archive));
        byte[] bytes = Files.readAllBytes(whole);
        String intact = berth + "/lib/berth/bin/intact";
        assertThat(run(intact, archive.toString()).exitCode()).isZero();
        for (int round = 0; round < 10; round++) {
            for (Damage damage : Damage.values()) {
                Files.write(archive, damage.of(bytes, random));
                assertThat(run(intact, archive.toString()).exitCode())
                        .as("%s in round %d, seed %d", damage, round, seed)
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void an_archive_whose_sum_is_damaged_or_gone_is_not_used() throws Exception {
        Ran whole = inFolder("who 1");
        Path sum = sum(berth.resolve("lib/berth/start/who.jsa"));
        byte[] told = Files.readAllBytes(sum);
        byte[] other = told.clone();
        other[3] = (byte) (other[3] == '0' ? '1' : '0');
        try {
            for (byte[] damaged : List.of(other, Arrays.copyOf(told, 7), new byte[0])) {
                Files.write(sum, damaged);
                isStartedFromNoArchive(whole);
            }
            Files.delete(sum);
            isStartedFromNoArchive(whole);
        } finally {
            Files.write(sum, told);
        }
    }

    @Test
    void where_nothing_can_compare_the_archives_none_is_used() throws Exception {
        Ran whole = inFolder("who 1");
        Path intact = berth.resolve("lib/berth/bin/intact");
        Path away = Files.move(intact, folder.resolve("intact"));
        try {
            isStartedFromNoArchive(whole);
        } finally {
            Files.move(away, intact);
        }
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
        String over =
                "grep -q '\"undone\"' \"$BERTH_STATE/changes.jsonl\""; // else it would go on for want of its journal
        Ran ran = run(
                "BERTH_STATE=" + folder.resolve("state"),
                "unshare",
                "--net",
                "sh",
                "-c",
                "'" + berth + "/bin/berth' reserve 1433 --yes --confirm-within 1s >/dev/null && " + reserved
                        + " && for i in $(seq 100); do " + over + " && exec " + reserved + "; sleep 0.1; done; exit 9");
        assertThat(ran).isEqualTo(new Ran(0, "1433\n\n", ""));
    }

    private static void isNothingButSlower(String scope, String... commands) throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        Path archive = berth.resolve("lib/berth/start/" + scope + ".jsa");
        byte[] bytes = Files.readAllBytes(archive);
        var whole = new ArrayList<Ran>();
        for (String command : commands) {
            whole.add(inFolder(command));
        }
        try {
            for (Damage damage : Damage.values()) {
                Files.write(archive, damage.of(bytes, random));
                for (int at = 0; at < commands.length; at++) {
                    assertThat(inFolder(commands[at]))
                            .as("%s with %s in %s, seed %d", commands[at], damage, archive.getFileName(), seed)
                            .isEqualTo(whole.get(at));
                }
            }
            assertThat(inFolder(commands[0], "BERTH_DEBUG=1").errors())
                    .contains(archive.getFileName() + " is not as it was installed");
            Files.delete(archive);
            assertThat(inFolder(commands[0])).isEqualTo(whole.getFirst());
        } finally {
            Files.write(archive, bytes);
        }
    }

    private static void isStartedFromNoArchive(Ran whole) throws Exception {
        assertThat(inFolder("who 1")).isEqualTo(whole);
        assertThat(read(berth, "who 1")).hasSizeGreaterThan(100);
    }

    private static Path sum(Path archive) {
        return archive.resolveSibling(archive.getFileName() + ".sum");
    }

    /**
     * The classes that a command reads one by one. Not those that no archive holds: events of the flight recorder, and what is spun
     * while it runs and has no file.
     */
    private static List<String> read(Path berth, String command) throws Exception {
        return run(
                        LOADED,
                        "BERTH_STATE=" + folder.resolve("read"),
                        "sh",
                        "-c",
                        "cd '" + folder + "' && '" + berth + "/bin/berth' " + command)
                .errors()
                .lines()
                .filter(line -> line.contains(" source: jrt:/"))
                .filter(line -> !line.contains(" jdk.internal.event."))
                .toList();
    }

    private static Ran inFolder(String line, String... variables) throws Exception {
        var words = new ArrayList<>(List.of(variables));
        words.addAll(List.of("sh", "-c", "cd '" + folder + "' && '" + berth + "/bin/berth' " + line));
        return run(words.toArray(String[]::new));
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
