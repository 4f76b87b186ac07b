package dev.berth.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.cli.Main;
import dev.berth.linux.PrivateTracefs;
import dev.berth.linux.Puppet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Connects that find no port, in a private namespace with ten of them, and Berth as a process of its own. */
class FailuresOnRealSocketsTest {
    private static final String FAR = """
            far = socket.socket(); far.bind(('127.0.0.1', 99)); far.listen(64); kept = []
            """.strip();
    private static final String CONNECT = """
            exec("def connect(times):\\n failed = 0\\n for _ in range(times):\\n  s = socket.socket()\\n  try:\\n\
               s.connect(('127.0.0.1', 99)); kept.append(s)\\n  except OSError as e:\\n   failed += 1; s.close()\\n return failed")
            """.strip();

    private final PrivateTracefs tracefs = PrivateTracefs.mount();
    private final Stage stage = new Stage();
    private final Path folder;
    private final Puppet client;

    FailuresOnRealSocketsTest(@TempDir Path folder) throws Exception {
        this.folder = folder;
        stage.dynamicRange(40_000, 40_009);
        stage.set("ipv4/tcp_tw_reuse", "0");
        client = Puppet.start(stage.within().toArray(String[]::new));
        client.run(FAR);
        client.run(CONNECT);
    }

    @AfterEach
    void leave() throws Exception {
        client.close();
        stage.close();
        tracefs.close();
    }

    /** A run of Berth under way. */
    private final class Run {
        private final Path out = Files.createTempFile(folder, "out", "");
        private final Path err = Files.createTempFile(folder, "err", "");
        private final Process process;

        Run(List<String> within, String line) throws Exception {
            this(within, List.of(), line);
        }

        /** @param around words before Berth's own, where it is in the namespaces already */
        Run(List<String> within, List<String> around, String line) throws Exception {
            var command = new ArrayList<>(within);
            command.addAll(stage.within());
            command.addAll(around);
            command.addAll(List.of(
                    "env",
                    "--default-signal=INT", // what runs in the background of a shell ignores it, and so do its children
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                    Main.class.getName()));
            command.addAll(Arrays.asList(line.split(" ", -1)));
            process = new ProcessBuilder(command)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
        }

        /** Once it has said that it watches; its instance is there then. */
        Run watching() throws Exception {
            for (int tries = 0; !Files.readString(err).contains("watching"); tries++) {
                assertThat(process.isAlive() && tries < 1000)
                        .as(Files.readString(err))
                        .isTrue();
                Thread.sleep(20);
            }
            return this;
        }

        /** Waits until it has printed that. */
        Run said(String text) throws Exception {
            for (int tries = 0; !Files.readString(out).contains(text); tries++) {
                assertThat(process.isAlive() && tries < 1000)
                        .as(Files.readString(out))
                        .isTrue();
                Thread.sleep(20);
            }
            return this;
        }

        Run signalled(String name) throws Exception {
            new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
            return this;
        }

        /** What it wrote; it must end with that code. */
        String ended(int code) throws Exception {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(err)).isEqualTo(code);
            return Files.readString(out);
        }

        List<String> instances() throws Exception {
            return tracefs.instancesOf(process.pid());
        }
    }

    private Run berth(String line) throws Exception {
        return new Run(tracefs.within(), line);
    }

    /** What is told of the client's failures, which are of one kind; others of the host may fail meanwhile. */
    private JsonNode ofTheClient(Answer answer) {
        List<JsonNode> told = answer.at("/failures")
                .valueStream()
                .filter(one -> one.at("/pid").asInt() == client.pid())
                .toList();
        assertThat(told).hasSize(1);
        return told.getFirst();
    }

    @Test
    void a_client_that_fails_n_times_is_told_with_exactly_that_count_and_a_termination_ends_it_cleanly()
            throws Exception {
        Run run = berth("failures --json").watching();
        assertThat(run.instances()).hasSize(1);
        int failed = client.number("connect(20000)");
        Thread.sleep(100); // five drains; the process still lives, so that its namespace is known
        Answer answer = Answer.of("failures", 1, run.signalled("TERM").ended(1), "");

        assertThat(failed).isEqualTo(19_990);
        JsonNode told = ofTheClient(answer);
        assertThat(told.at("/call").asString()).isEqualTo("connect");
        assertThat(told.at("/count").asInt()).isEqualTo(failed);
        assertThat(told.at("/destination/address").asString()).isEqualTo("127.0.0.1");
        assertThat(told.at("/destination/port").asInt()).isEqualTo(99);
        assertThat(told.at("/process/user").asString()).isEqualTo("root");
        assertThat(told.at("/netns/inode").asLong()).isPositive();
        assertThat(run.instances()).isEmpty();
    }

    @Test
    void a_failure_is_printed_as_it_happens_and_an_interrupt_sums_up() throws Exception {
        Run run = berth("failures").watching();
        client.ask("connect(13)");
        run.said("python3 (" + client.pid() + ")  127.0.0.1 -> 127.0.0.1:99  no local port left (EADDRNOTAVAIL)");

        assertThat(run.signalled("INT").ended(1)).contains(" failed for want of a port in ", "  3  127.0.0.1:99");
        assertThat(run.instances()).isEmpty();
    }

    @Test
    void it_ends_by_itself_after_its_time_or_its_count() throws Exception {
        Run time = berth("failures --for 1");
        assertThat(time.ended(0)).startsWith("Nothing failed for want of a port");
        assertThat(time.instances()).isEmpty();
        Run count = berth("failures --count 5").watching();
        client.ask("connect(15)");
        assertThat(count.ended(1)).contains("  5  127.0.0.1:99");
        assertThat(count.instances()).isEmpty();
    }

    @Test
    void what_a_killed_run_leaves_behind_the_next_one_removes() throws Exception {
        Run killed = berth("failures").watching();
        assertThat(killed.instances()).hasSize(1);
        killed.signalled("KILL").process.waitFor();

        berth("failures --for 1").ended(0);

        assertThat(killed.instances()).isEmpty();
    }

    @Test
    void a_run_in_another_pid_namespace_goes_on_seeing_failures_while_others_come_and_go() throws Exception {
        var apart = List.of("unshare", "--pid", "--fork", "--mount-proc");
        Run first = new Run(tracefs.within(), apart, "failures --netns all").watching();
        berth("failures --for 1").process.waitFor();

        client.ask("connect(15)");

        first.said("python3 (" + client.pid() + ")  127.0.0.1 -> 127.0.0.1:99");
        first.process.descendants().forEach(ProcessHandle::destroy); // Berth's, which unshare waits for
        first.ended(1);
    }

    @Test
    void binds_that_fail_are_counted_exactly_where_they_are_asked_for() throws Exception {
        Run run = berth("failures --json --binds").watching();
        client.run("""
                exec("def bind():\\n try:\\n  socket.socket().bind(('127.0.0.1', 99))\\n except OSError: pass")
                """.strip());
        client.run("for _ in range(250): bind()");
        Thread.sleep(100);
        Answer answer = Answer.of("failures", 1, run.signalled("TERM").ended(1), "");

        JsonNode told = ofTheClient(answer);
        assertThat(told.at("/call").asString()).isEqualTo("bind");
        assertThat(told.at("/errno/name").asString()).isEqualTo("EADDRINUSE");
        assertThat(told.at("/count").asInt()).isEqualTo(250);
        assertThat(told.at("/destination").isNull()).isTrue();
        assertThat(answer.texts("/gaps", "/what")).contains("the addresses and ports of bind() and listen()");
    }

    @Test
    void whoever_is_not_root_is_told_so_and_the_exit_code_is_3() throws Exception {
        Nobody.Result ran = Nobody.in(folder).run(tracefs.within(), "failures --for 1");

        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.err()).isEqualTo("""
                berth: cannot see failures as they happen
                  why   it takes root: the kernel shows its tracing to nobody else
                  next  run the same command with sudo
                """);
    }

    @Test
    void where_tracing_is_not_mounted_the_exit_code_is_4_and_the_doctor_still_watches() throws Exception {
        List<String> without =
                List.of("unshare", "-m", "sh", "-c", "mount -t tmpfs none /sys/kernel && exec \"$@\"", "without");
        Run refused = new Run(without, "failures");
        refused.ended(4);
        assertThat(Files.readString(refused.err)).isEqualTo("""
                berth: cannot see failures as they happen
                  why   the kernel's tracing (tracefs) is not mounted here, and Berth mounts nothing
                  next  sudo mount -t tracefs nodev /sys/kernel/tracing
                """);

        stage.dynamicRange(32_768, 60_999); // so that there is nothing to find
        String watched = new Run(without, "doctor --watch --every 1 --for 1").ended(0);

        assertThat(watched)
                .contains("Not seen", "connects as they fail: the kernel's tracing (tracefs) is not mounted")
                .doesNotContain("berth doctor tells");
    }

    @Test
    void watching_the_doctor_tells_what_failed_since_the_look_before() throws Exception {
        Run run = berth("doctor --watch --every 1").said("from the next look on");
        assertThat(run.instances()).hasSize(1);
        int failed = client.number("connect(1010)");
        run.said("1,000  127.0.0.1:99  127.0.0.1  python3 (" + client.pid() + ")");

        run.signalled("TERM").ended(1);

        assertThat(failed).isEqualTo(1000);
        assertThat(run.instances()).isEmpty();
    }

    @Test
    void watching_the_doctor_tells_how_many_were_lost_while_it_was_stopped() throws Exception {
        Run run = berth("doctor --watch --every 1").said("from the next look on");
        Path instance =
                tracefs.root().resolve("instances").resolve(run.instances().getFirst());
        Files.writeString(instance.resolve("buffer_size_kb"), "8");
        run.signalled("STOP");
        try {
            client.ask("connect(3010)");
        } finally {
            run.signalled("CONT");
        }

        run.said("failures or more lost: overwritten before they were fetched");
        assertThat(run.signalled("TERM").ended(1)).contains("or more since the watch began: they were overwritten");
    }
}
