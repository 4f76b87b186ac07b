package dev.berth.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.linux.tracing.LiveFailures;
import dev.berth.platform.FailureFeed;
import dev.berth.platform.FailureQuery;
import dev.berth.platform.NamespaceChoice;
import dev.berth.platform.PortFailure;
import dev.berth.platform.PortFailure.Call;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Failures staged in a private namespace, and what the kernel tells of them. */
class LiveFailuresTest {
    private static final FailureQuery CONNECTS = new FailureQuery(false, false);
    private static final FailureQuery CALLS = new FailureQuery(true, false);

    private static final String STATE_CHANGES = "events/sock/inet_sock_set_state/enable";

    private static final String STAGE = """
            listener = socket.socket(socket.AF_INET6); listener.bind(('::', 99)); listener.listen(64); kept = []
            """.strip();
    private static final String CONNECT = """
            exec("def connect(address, port, times):\\n failed = 0\\n for _ in range(times):\\n  s = socket.socket(socket.AF_INET6\
             if ':' in address else socket.AF_INET)\\n  try:\\n   s.connect((address, port)); kept.append(s)\\n  except OSError as e:\\n\
               failed += e.errno == errno.EADDRNOTAVAIL; s.close()\\n return failed")
            """.strip();

    private final PrivateTracefs tracefs = PrivateTracefs.mount();
    private final Stand stand = Stand.open();
    private final List<PortFailure> failures = new ArrayList<>();
    private final Puppet client;

    LiveFailuresTest() throws Exception {
        stand.namespace().set("ipv4/ip_local_port_range", "40000 40009");
        stand.namespace().set("ipv4/tcp_tw_reuse", "0");
        client = client();
    }

    @AfterEach
    void leave() throws Exception {
        stand.close();
        tracefs.close();
    }

    private Puppet client() throws Exception {
        Puppet puppet = stand.puppet();
        puppet.run("kept = []");
        puppet.run(CONNECT);
        return puppet;
    }

    private FailureFeed feed(FailureQuery query) throws Exception {
        return LiveFailures.open(
                Stand.kernel(new NamespaceChoice.OfProcess(stand.namespace().pid())), tracefs.root(), query);
    }

    /** Adds the failures that this test staged; others of the host may fail meanwhile. */
    private void drain(FailureFeed feed) throws Exception {
        feed.drain(failure -> {
            if (failure.pid() == client.pid()) {
                failures.add(failure);
            }
        });
    }

    private List<String> instances() throws IOException {
        return tracefs.instancesOf(ProcessHandle.current().pid());
    }

    @Test
    void every_connect_that_found_no_port_is_told_once_with_its_destination_and_process() throws Exception {
        client.run(STAGE);
        Instant before = Instant.now();
        try (FailureFeed feed = feed(CONNECTS)) {
            int failed = client.number("connect('127.0.0.1', 99, 1000)");
            drain(feed);

            assertThat(failed).isEqualTo(990);
            assertThat(failures).hasSize(990).allSatisfy(failure -> {
                assertThat(failure.call()).isEqualTo(Call.CONNECT);
                assertThat(failure.pid()).isEqualTo(client.pid());
                assertThat(failure.process()).isEqualTo("python3");
                assertThat(String.valueOf(failure.source())).isEqualTo("127.0.0.1");
                assertThat(String.valueOf(failure.destination())).isEqualTo("127.0.0.1:99");
                assertThat(failure.error().name()).isEqualTo("EADDRNOTAVAIL");
                assertThat(failure.netns()).isEqualTo(stand.host().namespace());
                assertThat(failure.when()).isBetween(before, Instant.now());
            });
        }
    }

    @Test
    void both_families_are_seen_and_an_ipv4_destination_in_its_ipv6_form_is_the_same() throws Exception {
        client.run(STAGE);
        try (FailureFeed feed = feed(CONNECTS)) {
            int failed = client.number("connect('::1', 99, 20)");
            int mapped = client.number("connect('::ffff:127.0.0.1', 99, 20)");
            drain(feed);

            assertThat(failures)
                    .filteredOn(one -> "[::1]:99".equals(String.valueOf(one.destination())))
                    .hasSize(failed);
            assertThat(failures)
                    .filteredOn(one -> "127.0.0.1:99".equals(String.valueOf(one.destination())))
                    .hasSize(mapped);
            assertThat(failed).isEqualTo(10);
        }
    }

    @Test
    void a_connect_that_is_refused_is_no_failure_to_find_a_port() throws Exception {
        try (FailureFeed feed = feed(CONNECTS)) {
            client.ask("connect('127.0.0.1', 98, 50)");
            drain(feed);

            assertThat(failures).isEmpty();
        }
    }

    @Test
    void failures_of_another_namespace_are_told_only_where_every_namespace_is_asked_for() throws Exception {
        client.run(STAGE);
        try (FailureFeed here = LiveFailures.open(Stand.kernel(new NamespaceChoice.Own()), tracefs.root(), CONNECTS);
                FailureFeed all = LiveFailures.open(
                        Stand.kernel(new NamespaceChoice.Own()), tracefs.root(), new FailureQuery(false, true))) {
            client.ask("connect('127.0.0.1', 99, 15)");
            here.drain(failure -> assertThat(failure.pid()).isNotEqualTo(client.pid()));
            all.drain(failures::add);

            assertThat(here.elsewhere()).isGreaterThanOrEqualTo(5); // others of the host may fail meanwhile
            assertThat(all.elsewhere()).isZero();
            assertThat(failures)
                    .filteredOn(failure -> failure.pid() == client.pid())
                    .hasSize(5)
                    .allSatisfy(failure -> assertThat(failure.netns())
                            .extracting(netns -> netns.inode())
                            .isEqualTo(stand.host().namespace().inode()));
        }
    }

    @Test
    void a_process_that_has_ended_is_told_by_the_name_the_kernel_kept_and_its_namespace_is_a_gap() throws Exception {
        client.run(STAGE);
        client.ask("connect('127.0.0.1', 99, 10)");
        Puppet other = client();
        try (FailureFeed feed = feed(CONNECTS)) {
            other.ask("connect('127.0.0.1', 99, 3)");
            int pid = other.pid();
            other.close();
            other.exit();
            feed.drain(failures::add);

            assertThat(failures)
                    .filteredOn(failure -> failure.pid() == pid)
                    .hasSize(3)
                    .allSatisfy(failure -> {
                        assertThat(failure.netns()).isNull();
                        assertThat(failure.process()).isEqualTo("python3");
                    });
            assertThat(feed.gaps())
                    .extracting(gap -> gap.what())
                    .anyMatch(what -> what.startsWith("the network namespace of "));
        }
    }

    @Test
    void a_thread_is_told_by_its_process() throws Exception {
        client.run(STAGE);
        client.ask("connect('127.0.0.1', 99, 10)");
        client.run("import threading; go = threading.Event()");
        client.run("t = threading.Thread(target=lambda: (connect('127.0.0.1', 99, 4), go.wait())); t.start()");
        try (FailureFeed feed = feed(CONNECTS)) {
            client.run("u = threading.Thread(target=lambda: (connect('127.0.0.1', 99, 4), done.set(), go.wait()));"
                    + " done = threading.Event(); u.start(); done.wait()");
            drain(feed);

            assertThat(failures)
                    .hasSize(4)
                    .allSatisfy(failure -> assertThat(failure.pid()).isEqualTo(client.pid()));
        } finally {
            client.run("go.set()");
        }
    }

    @Test
    void failed_calls_of_bind_and_listen_are_told_exactly_where_they_are_asked_for() throws Exception {
        client.run(STAGE);
        client.run("""
                exec("def bind(address, port):\\n try:\\n  socket.socket().bind((address, port))\\n except OSError: pass")
                """.strip());
        try (FailureFeed connects = feed(CONNECTS);
                FailureFeed calls = feed(CALLS)) {
            client.run("for _ in range(7): bind('127.0.0.1', 99)");
            client.run("for _ in range(5): bind('192.0.2.1', 0)");
            client.run("bind('127.0.0.1', 4711)"); // succeeds
            drain(connects);
            assertThat(failures).isEmpty();
            drain(calls);

            assertThat(failures)
                    .filteredOn(one -> one.pid() == client.pid())
                    .hasSize(12)
                    .allSatisfy(one -> {
                        assertThat(one.call()).isEqualTo(Call.BIND);
                        assertThat(one.destination()).isNull();
                    });
            assertThat(failures)
                    .filteredOn(one -> one.error().name().equals("EADDRINUSE"))
                    .hasSize(7);
            assertThat(failures)
                    .filteredOn(one -> one.error().name().equals("EADDRNOTAVAIL"))
                    .hasSize(5);
        }
    }

    @Test
    void a_burst_that_the_buffer_cannot_hold_is_counted_as_lost() throws Exception {
        client.run(STAGE);
        client.ask("connect('127.0.0.1', 99, 10)");
        try (FailureFeed feed = feed(CONNECTS)) {
            Path instance =
                    tracefs.root().resolve("instances").resolve(instances().getFirst());
            Files.writeString(instance.resolve("buffer_size_kb"), "8");
            int failed = client.number("connect('127.0.0.1', 99, 2000)");
            drain(feed);

            assertThat(failures.size()).isLessThan(failed);
            assertThat(failures.size() + feed.lost())
                    .as("what others on this host lost meanwhile is counted too")
                    .isGreaterThanOrEqualTo(failed);
            assertThat(feed.gaps())
                    .extracting(gap -> gap.what())
                    .anyMatch(what -> what.contains("or more since the watch began"));
        }
    }

    @Test
    void the_instance_is_gone_when_the_feed_is_closed_and_closing_again_does_nothing() throws Exception {
        FailureFeed feed = feed(CALLS);
        assertThat(instances()).hasSize(1);

        feed.close();
        assertThat(instances()).isEmpty();
        feed.close();
        drain(feed);
        assertThat(failures).isEmpty();
    }

    @Test
    void what_an_ended_run_left_behind_is_removed_and_what_is_not_berths_is_not() throws Exception {
        Path stale = made(client.pid() + "-1-" + pidNamespace() + "-1", Duration.ZERO); // its start is another
        Path old = made(client.pid() + "-1-1-1", Duration.ofMinutes(2)); // its pid namespace is another
        Path others = Files.createDirectory(tracefs.root().resolve("instances/not-berths-" + client.pid()));
        try {
            feed(CONNECTS).close();

            assertThat(stale).doesNotExist();
            assertThat(old).doesNotExist();
            assertThat(others).exists();
        } finally {
            Files.deleteIfExists(others);
            Files.deleteIfExists(stale);
            Files.deleteIfExists(old);
        }
    }

    @Test
    void an_instance_that_another_pid_namespace_has_just_made_is_left_alone() throws Exception {
        Path fresh = made(client.pid() + "-1-1-1", Duration.ZERO);
        try {
            feed(CONNECTS).close();

            assertThat(fresh).exists();
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    @Test
    void an_instance_that_somebody_reads_stays_switched_on_whatever_its_name_says() throws Exception {
        Path dead = made(client.pid() + "-1-" + pidNamespace() + "-1", Duration.ZERO);
        Path old = made(client.pid() + "-1-1-1", Duration.ofMinutes(2));
        try (var _ = Files.newInputStream(dead.resolve("per_cpu/cpu0/trace_pipe_raw"));
                var _ = Files.newInputStream(old.resolve("per_cpu/cpu0/trace_pipe_raw"))) {
            for (Path read : List.of(dead, old)) {
                Files.writeString(read.resolve(STATE_CHANGES), "1");
            }
            feed(CONNECTS).close();

            for (Path read : List.of(dead, old)) {
                assertThat(Files.readString(read.resolve(STATE_CHANGES))).isEqualTo("1\n");
            }
        } finally {
            Files.deleteIfExists(dead);
            Files.deleteIfExists(old);
        }
    }

    /** An instance as another run would have made it, so long ago. */
    private Path made(String by, Duration ago) throws IOException {
        Path instance = Files.createDirectory(tracefs.root().resolve("instances/berth-" + by));
        return Files.setLastModifiedTime(instance, FileTime.from(Instant.now().minus(ago)));
    }

    private static String pidNamespace() throws IOException {
        return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString().replaceAll("[^0-9]", "");
    }
}
