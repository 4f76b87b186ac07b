package dev.berth.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** However the process of the lab ends, nothing of the lab outlives it, and the host is as it was. */
@EnabledOnOs(OS.LINUX)
class LabEndsTest {
    private final String other = "other-" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
    private final Map<Path, String> settings = new TreeMap<>();
    private String namespace = "";

    @BeforeEach
    void remember() throws IOException {
        settings.putAll(settings());
    }

    @AfterEach
    void the_host_is_as_it_was() throws IOException {
        assertThat(settings()).isEqualTo(settings);
        assertThat(Path.of("/run/netns", other)).doesNotExist();
    }

    /** How the host's ports are chosen: what scenarios change in their own namespaces. */
    private static Map<Path, String> settings() throws IOException {
        var settings = new TreeMap<Path, String>();
        try (Stream<Path> files = Files.list(Path.of("/proc/sys/net/ipv4"))) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                if (Files.isReadable(file)) {
                    settings.put(file, new String(Files.newInputStream(file).readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
        return settings;
    }

    private static Process play(String... words) throws IOException {
        return play(List.of(), words);
    }

    /** @param as what the command is put behind, to run as somebody else */
    private static Process play(List<String> as, String... words) throws IOException {
        var command = new ArrayList<>(as);
        command.addAll(List.of(
                "env",
                "--default-signal=INT,HUP", // what a shell runs in the background ignores the one, by nohup the other
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Backstage.class.getName()));
        command.addAll(List.of(words));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** Waits until all is there that is to end. Skips the test where no lab can be opened. */
    private void awaitPlaying(BufferedReader output) throws IOException {
        String line = output.readLine();
        Assumptions.assumeFalse(
                System.getenv("CI") == null
                        && line != null
                        && (line.contains("cannot open the lab") || line.startsWith("unshare: ")),
                "" + line);
        assertThat(line).startsWith("pid:[");
        namespace = line;
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143", "HUP, 129", "KILL, 137"})
    void a_signal_ends_all_of_it_silently(String signal, int code) throws Exception {
        Process process = play("stuck", other);
        try (BufferedReader output = process.inputReader()) {
            awaitPlaying(output);
            assertThat(inside()).hasSizeGreaterThan(3);
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            assertThat(process.waitFor()).isEqualTo(code);
            assertThat(output.readLine()).isNull();
        }
        awaitNone();
    }

    @ParameterizedTest
    @ValueSource(strings = {"failing", "throwing"})
    void what_does_not_come_to_its_end_is_not_kept(String scenario) throws Exception {
        Process process = play(scenario, other, "keep");
        try (BufferedReader output = process.inputReader()) {
            awaitPlaying(output);
            assertThat(process.waitFor()).isEqualTo(1);
            assertThat(output.readAllAsString()).doesNotContain("to its end", "nsenter");
        }
        awaitNone();
    }

    @Test
    void the_end_is_the_end() throws Exception {
        Process process = play("whole", other);
        try (BufferedReader output = process.inputReader()) {
            awaitPlaying(output);
            assertThat(output.readAllAsString()).isEqualTo("to its end\n");
            assertThat(process.waitFor()).isZero();
        }
        awaitNone();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "unshare --user --map-user=1000 --map-group=1000"})
    void what_was_kept_goes_on_and_can_be_entered_and_ended(String as) throws Exception {
        Process process = play(as.isEmpty() ? List.of() : List.of(as.split(" ", -1)), "whole", other, "keep");
        String enter;
        String end;
        try (BufferedReader output = process.inputReader()) {
            awaitPlaying(output);
            assertThat(output.readLine()).isEqualTo("to its end");
            List<String> goesOn = new ArrayList<>();
            for (enter = output.readLine(); !enter.startsWith("nsenter "); enter = output.readLine()) {
                goesOn.add(enter.strip());
            }
            if (!goesOn.isEmpty()) { // ps is here
                assertThat(goesOn).anyMatch(line -> line.endsWith(" sh"));
            }
            end = output.readLine();
            assertThat(process.waitFor()).isZero();
        }
        try {
            assertThat(inside()).hasSizeGreaterThan(1);
            assertThat(sh("echo 'mktemp' | " + enter)).startsWith("/run/lab/tmp/");
            assertThat(sh("echo 'pwd; cat /proc/sys/net/ipv4/ip_local_port_range; tail -n 1 server.log' | " + enter))
                    .isEqualTo("/run/lab\n20000\t20999\nalive\n");
            assertThat(sh("echo 'cat /proc/sys/net/ipv4/ip_local_port_range' | " + enter + " " + other))
                    .isNotEqualTo("20000\t20999\n");
        } finally {
            sh(end);
        }
        awaitNone();
    }

    @Test
    void what_runs_there_belongs_to_no_service_of_the_host() throws Exception {
        Path service = controlGroups().resolve(other + ".service");
        Files.createDirectory(service);
        try {
            Process process = play(
                    List.of("sh", "-c", "echo $$ >" + service + "/cgroup.procs && exec \"$@\"", "sh"),
                    "grouped",
                    other);
            try (BufferedReader output = process.inputReader()) {
                awaitPlaying(output);
                assertThat(output.readAllAsString()).isEqualTo("0::/\nto its end\n");
                assertThat(process.waitFor()).isZero();
            }
            awaitNone();
        } finally {
            Files.delete(service);
        }
    }

    /** Where the control groups of version 2 are. Skips the test where this user cannot make one. */
    private static Path controlGroups() throws IOException {
        Path groups = Files.readAllLines(Path.of("/proc/mounts")).stream()
                .map(line -> line.split(" ", 4)) // device, folder, type
                .filter(mount -> mount[2].equals("cgroup2"))
                .map(mount -> Path.of(mount[1]))
                .findFirst()
                .orElse(Path.of("/sys/fs/cgroup"));
        Assumptions.assumeTrue(
                Files.isWritable(groups) && Files.exists(groups.resolve("cgroup.procs")),
                groups + ": no control group of version 2 can be made here");
        return groups;
    }

    private static String sh(String line) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder("sh", "-c", line).redirectErrorStream(true).start();
        try (BufferedReader output = process.inputReader()) {
            String all = output.readAllAsString();
            process.waitFor();
            return all;
        }
    }

    /** The processes of the lab, those included that wait outside for one inside. */
    private List<ProcessHandle> inside() {
        return ProcessHandle.allProcesses()
                .filter(process -> isIn(process.pid(), "pid") || isIn(process.pid(), "pid_for_children"))
                .toList();
    }

    private boolean isIn(long pid, String kind) {
        try {
            return namespace.equals(Files.readSymbolicLink(Path.of("/proc/" + pid + "/ns/" + kind))
                    .toString());
        } catch (IOException e) {
            return false; // it has ended
        }
    }

    private void awaitNone() {
        for (ProcessHandle left : inside()) {
            left.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        }
        assertThat(inside()).isEmpty();
    }
}
