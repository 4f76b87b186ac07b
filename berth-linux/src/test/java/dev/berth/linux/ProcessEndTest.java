package dev.berth.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.linux.control.LinuxControl;
import dev.berth.linux.kernel.Elsewhere;
import dev.berth.linux.kernel.Kernel;
import dev.berth.linux.processes.Processes;
import dev.berth.platform.ActOutcome;
import dev.berth.platform.HostControl.EndSignal;
import dev.berth.platform.NamespaceChoice;
import dev.berth.platform.ProcessRef;
import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signals real processes, and refuses those it must. */
class ProcessEndTest {
    private static final ActOutcome DONE = new ActOutcome.Done();
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Stand stand = Stand.open();

    ProcessEndTest() throws Exception {}

    @AfterEach
    void leave() throws Exception {
        stand.close();
    }

    private ActOutcome terminate(ProcessRef process) {
        return stand.control().signal(process, EndSignal.SIGTERM);
    }

    @Test
    void a_signal_ends_one_process_and_none_of_its_children_or_group() throws Exception {
        var puppet = stand.puppet();
        puppet.run("import subprocess; child = subprocess.Popen(['sleep', '60'], stdin=subprocess.DEVNULL)");
        var child = ProcessHandle.of(puppet.number("child.pid")).orElseThrow();
        try {
            assertThat(puppet.ask("os.getpgid(child.pid) == os.getpgid(0)")).isEqualTo("True");
            var ref = stand.ref(puppet);

            assertThat(terminate(ref)).isEqualTo(DONE);

            assertThat(stand.control().awaitEnd(ref, LONG)).isTrue();
            assertThat(puppet.exit()).isEqualTo(128 + 15);
            assertThat(child.isAlive()).isTrue();
        } finally {
            child.destroyForcibly();
        }
    }

    @Test
    void a_process_that_ignores_the_first_signal_ends_at_the_second() throws Exception {
        var puppet = stand.puppet();
        puppet.run("import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN) and None");
        var ref = stand.ref(puppet);
        assertThat(terminate(ref)).isEqualTo(DONE);
        assertThat(stand.control().awaitEnd(ref, Duration.ofMillis(150))).isFalse();

        assertThat(stand.control().signal(ref, EndSignal.SIGKILL)).isEqualTo(DONE);

        assertThat(stand.control().awaitEnd(ref, LONG)).isTrue();
        assertThat(puppet.exit()).isEqualTo(128 + 9);
    }

    @Test
    void the_wait_is_over_when_the_process_is_and_not_before_its_time() throws Exception {
        var puppet = stand.puppet();
        var ref = stand.ref(puppet);
        long start = System.nanoTime();
        assertThat(stand.control().awaitEnd(ref, Duration.ofMillis(1_200))).isFalse();
        assertThat(since(start)).isBetween(Duration.ofMillis(1_200), Duration.ofSeconds(5));

        start = System.nanoTime();
        var waiting = CompletableFuture.supplyAsync(() -> stand.control().awaitEnd(ref, LONG));
        terminate(ref);
        assertThat(waiting.get()).isTrue();
        assertThat(stand.control().awaitEnd(ref, LONG)).isTrue();
        assertThat(since(start)).isLessThan(Duration.ofSeconds(10));
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Test
    void a_process_that_nobody_has_waited_for_has_ended() throws Exception {
        var puppet = stand.puppet();
        puppet.run("import subprocess; child = subprocess.Popen(['sleep', '60'], stdin=subprocess.DEVNULL)");
        var ref = stand.ref(puppet.number("child.pid"));
        assertThat(terminate(ref)).isEqualTo(DONE);
        assertThat(stand.control().awaitEnd(ref, LONG)).isTrue();
        assertThat(puppet.ask("open(f'/proc/{child.pid}/stat').read().split()[2]"))
                .isEqualTo("Z");

        assertThat(stand.control().awaitEnd(ref, AT_ONCE)).isTrue();
        assertThat(terminate(ref)).isEqualTo(new ActOutcome.Gone("process " + ref.pid() + " has ended"));
    }

    @Test
    void a_process_whose_first_thread_alone_has_ended_is_still_there() throws Exception {
        var puppet = stand.puppet();
        puppet.run("import ctypes, subprocess");
        puppet.run("code = 'import ctypes, threading, time; threading.Thread(target=time.sleep, args=(60,)).start();'"
                + " 'print(1, flush=True); ctypes.CDLL(None).pthread_exit(None)'");
        puppet.run("child = subprocess.Popen([sys.executable, '-c', code], stdin=subprocess.DEVNULL,"
                + " stdout=subprocess.PIPE)");
        puppet.run("child.stdout.readline() and None");
        var ref = stand.ref(puppet.number("child.pid"));
        puppet.run("while open(f'/proc/{child.pid}/stat').read().split()[2] != 'Z': time.sleep(0.01)");
        assertThat(stand.control().awaitEnd(ref, Duration.ofMillis(50))).isFalse();

        assertThat(terminate(ref)).isEqualTo(DONE);

        assertThat(stand.control().awaitEnd(ref, LONG)).isTrue();
    }

    @Test
    void another_process_with_the_id_is_left_alone() throws Exception {
        var puppet = stand.puppet();
        var now = stand.ref(puppet);
        var earlier = new ProcessRef(now.pid(), now.startedAt().minusMillis(10));

        assertThat(terminate(earlier))
                .isEqualTo(new ActOutcome.Gone("process " + now.pid() + " has ended, and another has its id now"));
        assertThat(stand.control().awaitEnd(earlier, LONG)).isTrue();

        assertThat(puppet.ask("1 + 1")).isEqualTo("2");
    }

    @Test
    void a_process_that_has_ended_is_gone() throws Exception {
        var puppet = stand.puppet();
        var ref = stand.ref(puppet);
        puppet.close();
        assertThat(puppet.exit()).isEqualTo(128 + 9);

        assertThat(terminate(ref)).isEqualTo(new ActOutcome.Gone("process " + ref.pid() + " has ended"));
        assertThat(stand.control().awaitEnd(ref, LONG)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 0, -1, -4711, Integer.MIN_VALUE})
    void the_first_process_and_what_names_no_process_are_refused(int pid) {
        assertThat(terminate(new ProcessRef(pid, Instant.EPOCH)))
                .isEqualTo(new ActOutcome.Failed(
                        "process " + pid + " is not Berth's to end: the whole system hangs on it"));
    }

    @Test
    void berth_itself_and_those_it_runs_under_are_refused() {
        var self = ProcessHandle.current();
        assertThat(terminate(new ProcessRef((int) self.pid(), Instant.EPOCH)))
                .isEqualTo(new ActOutcome.Failed("process " + self.pid() + " is Berth itself"));
        for (var above = self.parent();
                above.isPresent() && above.get().pid() > 1;
                above = above.get().parent()) {
            int pid = (int) above.get().pid();
            assertThat(terminate(new ProcessRef(pid, Instant.EPOCH))) // not even asked who it is
                    .isEqualTo(new ActOutcome.Failed("Berth runs under process " + pid + ", and would end with it"));
        }
    }

    @Test
    void no_descriptor_is_left_open() throws Exception {
        var puppet = stand.puppet();
        var ref = stand.ref(puppet);
        stand.control().awaitEnd(ref, AT_ONCE);
        long before = openFiles();
        for (int i = 0; i < 50; i++) {
            stand.control().awaitEnd(ref, AT_ONCE);
            stand.control().signal(new ProcessRef(ref.pid(), Instant.EPOCH), EndSignal.SIGTERM);
        }
        assertThat(openFiles()).isLessThan(before + 25);
    }

    private static long openFiles() {
        return Objects.requireNonNull(new File("/proc/self/fd").list()).length;
    }

    @Test
    void without_privilege_the_capability_is_named_and_the_process_lives() throws Exception {
        Process other = new ProcessBuilder(
                        "setpriv",
                        "--reuid=65534",
                        "--regid=65534",
                        "--clear-groups",
                        "sh",
                        "-c",
                        "echo up; exec sleep 60")
                .start();
        try {
            assertThat(other.inputReader().readLine()).isEqualTo("up");
            var ref = stand.ref((int) other.pid());

            String said = Elsewhere.run(
                    List.of("setpriv", "--inh-caps=-all", "--bounding-set=-all"),
                    Terminate.class,
                    String.valueOf(ref.pid()),
                    ref.startedAt().toString());

            assertThat(said.strip()).isEqualTo("NotPermitted[needs=CAP_KILL, or the same user]");
            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void a_process_of_an_outer_pid_namespace_is_neither_signalled_nor_called_gone() throws Exception {
        var puppet = stand.puppet();
        var ref = stand.ref(puppet);

        String said = Elsewhere.run(
                List.of("unshare", "--pid", "--fork"), // and /proc stays the outer one
                Terminate.class,
                String.valueOf(ref.pid()),
                ref.startedAt().toString());

        assertThat(said.strip())
                .isEqualTo("Failed[why=process " + ref.pid() + " is in another pid namespace than Berth]");
        assertThat(puppet.ask("1 + 1")).isEqualTo("2");
    }

    /** What runs elsewhere. */
    static final class Terminate {
        private Terminate() {}

        public static void main(String[] arguments) throws Exception {
            try (Kernel kernel = Stand.kernel(new NamespaceChoice.Own())) {
                var process = new ProcessRef(Integer.parseInt(arguments[0]), Instant.parse(arguments[1]));
                System.out.println(
                        LinuxControl.of(kernel, new Processes(kernel.files())).signal(process, EndSignal.SIGTERM));
            }
        }
    }
}
