package dev.berth.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.launcher.Checkout.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real program, killed by the kernel ({@code SIGKILL}, strace(1)) as it enters each system call by which it could have
 * changed anything, one after the other; and then the next Berth, which puts in order what it finds.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KillSweepTest {
    /** Everything by which a file, a setting or a lock is changed; what only reads cannot leave a trace. */
    private static final List<String> CALLS = List.of(
            "openat",
            "write",
            "pwrite64",
            "fsync",
            "fdatasync",
            "rename",
            "renameat",
            "renameat2",
            "unlink",
            "unlinkat",
            "mkdir",
            "mkdirat",
            "chmod",
            "fchmod",
            "ftruncate",
            "link");

    private static final Pattern TRACED = Pattern.compile("(\\d+) +(\\w+)\\(.*");

    private final Checkout checkout;
    private final Sandbox sandbox;
    private final Path folder;
    private String ofSomebodyElse = "8080-8090";
    private int tried;
    private int recovered;

    KillSweepTest(@TempDir Path folder) throws Exception {
        boolean kills = Files.isExecutable(Path.of("/usr/bin/strace"));
        if ("true".equals(System.getenv("CI"))) { // where it is installed: nothing tried is nothing proved
            assertThat(kills).as("strace").isTrue();
        }
        assumeTrue(kills, "needs strace");
        this.folder = folder;
        sandbox = Sandbox.open();
        checkout = Checkout.built();
    }

    @AfterAll
    void close() throws IOException {
        sandbox.close();
    }

    @BeforeEach
    void begin() {
        ofSomebodyElse = "8080-8090";
        tried = 0;
        recovered = 0;
    }

    /** What is there before the program that is killed starts. */
    private void prepare(Path state, List<String> earlier) throws Exception {
        sandbox.withoutFiles();
        sandbox.file("50-of-somebody-else.conf", "net.ipv4.ip_local_reserved_ports = " + ofSomebodyElse);
        sandbox.set("ip_local_reserved_ports", "8080-8090,9100,64999");
        sandbox.set("ip_local_port_range", "32768 60999");
        sandbox.set("tcp_tw_reuse", "2");
        for (String line : earlier) {
            Result result = berth(state, List.of(), line);
            assertThat(result.exitCode()).as(line + ": " + result.err()).isZero();
        }
    }

    private Result berth(Path state, List<String> wrapper, String line) throws Exception {
        var command = new ArrayList<>(sandbox.within());
        command.addAll(wrapper);
        command.add(checkout.folder().resolve("berth").toString());
        command.addAll(List.of(line.split(" ", -1)));
        return checkout.start(Map.of("BERTH_STATE", state.toString()), command).result();
    }

    private Path freshState() throws IOException {
        return Files.createTempDirectory(folder, "state").resolve("berth");
    }

    /** How often, and from which time on, the thread that does the work makes each call once it has come to the journal. */
    private SortedMap<String, int[]> callsOf(String line, List<String> earlier) throws Exception {
        Path state = freshState();
        prepare(state, earlier);
        Path trace = folder.resolve("trace");
        Result whole = berth(
                state,
                List.of(
                        "strace",
                        "-f",
                        "-qq",
                        "-o",
                        trace.toString(),
                        "-e",
                        "signal=none",
                        "-e",
                        "trace=" + String.join(",", CALLS)),
                line);
        assertThat(whole.exitCode()).as(line + ": " + whole.err()).isZero();
        List<String> lines = Files.readAllLines(trace);
        String worker = lines.stream()
                .filter(one -> one.contains(state.toString()))
                .map(one -> one.split(" ", 2)[0])
                .findFirst()
                .orElseThrow();
        var counts = new TreeMap<String, int[]>();
        boolean begun = false;
        for (String one : lines) {
            var matcher = TRACED.matcher(one);
            if (matcher.matches() && matcher.group(1).equals(worker)) {
                begun |= one.contains(state.toString());
                int[] count = counts.computeIfAbsent(matcher.group(2), _ -> new int[2]);
                count[begun ? 1 : 0]++;
            }
        }
        counts.values().removeIf(count -> count[1] == 0);
        return counts;
    }

    /** Kills the program at each of its calls, every {@code stride}th of them. */
    private void sweep(String line, List<String> earlier, int stride) throws Exception {
        Path untouched = freshState();
        prepare(untouched, earlier);
        Map<String, String> before = sandbox.state();
        Result whole = berth(untouched, List.of(), line);
        assertThat(whole.exitCode()).as(line + ": " + whole.err()).isZero();
        Map<String, String> after = sandbox.state();
        assertThat(after).isNotEqualTo(before);

        int point = new Random().nextInt(stride); // the points that are left out today are tried another day
        for (var call : callsOf(line, earlier).entrySet()) {
            int first = call.getValue()[0] + 1;
            for (int nth = first; nth < first + call.getValue()[1]; nth++) {
                if (point++ % stride == 0) {
                    killAt(call.getKey(), nth, line, earlier, before, after);
                }
            }
        }
        System.out.printf(
                "kill -9 sweep of berth %s: %d points tried, %d put in order by the next start, 0 lost%n",
                line.length() < 60 ? line : line.substring(0, 57) + "...", tried, recovered);
        assertThat(tried).isGreaterThan(10);
    }

    private void killAt(
            String call,
            int nth,
            String line,
            List<String> earlier,
            Map<String, String> before,
            Map<String, String> after)
            throws Exception {
        Path state = freshState();
        prepare(state, earlier);
        var wrapper = List.of(
                "strace",
                "-f",
                "-qq",
                "-o",
                "/dev/null",
                "-e",
                "trace=" + call,
                "-e",
                "inject=" + call + ":signal=KILL:when=" + nth);
        Result killed = berth(state, wrapper, line);
        if (killed.exitCode() == 0) {
            return; // it made fewer calls this time
        }
        tried++;
        String where = line + ", killed at " + call + " number " + nth;

        Result next = berth(state, List.of(), "unreserve 65000 --persist --yes");

        assertThat(next.exitCode()).as(where + ": " + next.out() + next.err()).isZero();
        Map<String, String> now = sandbox.state();
        assertThat(now).as(where + ": " + next.out() + next.err()).isIn(before, after);
        Result history = berth(state, List.of(), "changes --json");
        assertThat(history.out()).as(where).doesNotContain("\"unfinished\"");
        if ((next.out() + next.err()).contains("interrupted")) {
            recovered++;
        }
    }

    @Test
    void a_reservation_is_whole_or_gone_at_every_third_call() throws Exception {
        sweep("reserve 1433 --persist --yes", List.of(), 3);
    }

    @Test
    @Tag("long")
    void a_reservation_is_whole_or_gone() throws Exception {
        sweep("reserve 1433 --persist --yes", List.of(), 1);
    }

    @Test
    @Tag("long")
    void a_rollback_is_whole_or_not_begun() throws Exception {
        sweep("rollback --yes", List.of("reserve 1433 --persist --yes"), 1);
    }

    @Test
    @Tag("long")
    void a_list_longer_than_a_page_is_whole_or_gone() throws Exception {
        sweep("reserve " + ports(2_000, " ") + " --persist --yes", List.of(), 1);
    }

    @Test
    @Tag("long")
    void a_list_of_a_file_that_is_longer_than_a_page_comes_along_whole_or_not_at_all() throws Exception {
        ofSomebodyElse = ports(1_500, ",");
        sweep("reserve 1433 --yes", List.of(), 1);
    }

    private static String ports(int count, String between) {
        return IntStream.range(0, count)
                .mapToObj(i -> String.valueOf(10_001 + 2 * i))
                .collect(Collectors.joining(between));
    }

    @Test
    @Tag("long")
    void a_range_with_the_reservations_that_it_needs_is_whole_or_gone() throws Exception {
        sweep("range set 10240-65535 --persist --yes", List.of(), 1);
    }
}
