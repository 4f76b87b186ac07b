package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.platform.ActOutcome;
import dev.berth.platform.FakeControl;
import dev.berth.platform.FakeHostNetwork;
import dev.berth.platform.FakeHostProvider;
import dev.berth.platform.FakeTuning;
import dev.berth.platform.Gap;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.Owner;
import dev.berth.platform.ProcessInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code berth free} as it is typed and answered, on made-up hosts. No real process has ids this high. */
class FreeTest {
    private final FakeHostNetwork host = FakeHostNetwork.with(
                    "127.0.0.1:1433 -> 127.0.0.9:7001 ESTABLISHED curl(4200042)",
                    "0.0.0.0:8080 LISTEN java(4200043)",
                    "udp 0.0.0.0:53 BOUND dns(4200044)")
            .process(new ProcessInfo(4200042, "curl", null, "ann", Instant.EPOCH, null, null))
            .process(new ProcessInfo(4200043, "java", null, "ann", Instant.EPOCH, "shop.service", null))
            .process(new ProcessInfo(4200044, "dns", null, "ann", Instant.EPOCH, null, null));

    private final FakeControl control = new FakeControl(host);

    @TempDir
    private Path folder;

    private Map<String, String> environment() {
        return Map.of("BERTH_STATE", folder.toString(), "NO_COLOR", "1");
    }

    private Ran run(String line) {
        return Ran.on(FakeHostProvider.of(host), environment(), line.split(" ", -1));
    }

    private Ran atTerminal(String typed, String line) {
        return Ran.typing(typed, FakeHostProvider.of(host).onTerminal(80), environment(), line.split(" ", -1));
    }

    @Test
    void the_plan_says_what_it_costs_before_anything_is_done() {
        Ran ran = atTerminal("", "free 1433 --dry-run");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).isEqualTo("""
                tcp 1433 is not available: a connection of curl (4200042) has it.

                  STATE        LOCAL           REMOTE          HELD BY
                  ESTABLISHED  127.0.0.1:1433  127.0.0.9:7001  curl (4200042), user ann

                Plan; it cannot be undone
                  1 destroy the connection 127.0.0.1:1433 to 127.0.0.9:7001
                    costs   curl (pid 4200042) lives on, and its next call on the connection
                            fails with ECONNABORTED; the other end is told by a reset.
                    why     nothing says when it ends by itself.
                """);
        assertThat(control.asked()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void only_a_yes_is_a_yes() {
        for (String typed : new String[] {"", "\n", "n\n", "yep\n", "no\n"}) {
            Ran ran = atTerminal(typed, "free 1433");
            assertThat(ran.code()).isEqualTo(2);
            assertThat(ran.err()).startsWith("Do it? [y/N] berth: nothing was done\n");
        }
        assertThat(control.asked()).isEmpty();
        assertThat(atTerminal("Y\n", "free 1433").code()).isZero();
        assertThat(control.asked()).containsExactly("destroy 50000");
    }

    @Test
    void without_a_terminal_it_takes_a_yes_on_the_command_line() {
        Ran silent = run("free 1433");
        assertThat(silent.code()).isEqualTo(2);
        assertThat(silent.err()).contains("needs --yes", "--dry-run");
        assertThat(run("free 1433 --json").code()).isEqualTo(2);
        assertThat(run("free 9").code()).isZero(); // nothing to agree to
        assertThat(control.asked()).isEmpty();

        Ran ran = run("free 1433 --yes");
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .contains("\nDone\n  destroy the connection 127.0.0.1:1433 to 127.0.0.9:7001: done\n")
                .contains("tcp 1433 is free: a server can bind [::]:1433 now. It took 0.", " and cost 1 connection.\n");
    }

    @Test
    void a_way_can_be_asked_for_and_udp_and_services_have_theirs() {
        assertThat(run("free 1433 --by signal --yes").code()).isZero();
        assertThat(run("free 8080 --yes").code()).isZero();
        assertThat(run("free 53 --protocol udp --yes").code()).isZero();
        assertThat(control.asked()).containsExactly("SIGTERM 4200042", "stop shop.service", "SIGTERM 4200044");
    }

    @Test
    void what_cannot_be_done_ends_with_its_code_reason_and_next_step() {
        Ran refused = run("free 8080 --by destroy --yes");
        assertThat(refused.code()).isEqualTo(4);
        assertThat(refused.out()).contains("LISTEN");
        assertThat(refused.err()).isEqualTo("""
                berth: tcp 8080 cannot be freed
                  why   the listener 0.0.0.0:8080 is no TCP connection: only its process can let go of it
                  next  --by stop stops the service it belongs to
                """);
        control.answering("destroy", new ActOutcome.NotPermitted("CAP_NET_ADMIN"));
        Ran ran = run("free 1433 --yes");
        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.err()).contains("still held", "it needs CAP_NET_ADMIN", "sudo");
        control.answering("destroy", new ActOutcome.NotOnThisSystem("no CONFIG_INET_DIAG_DESTROY"));
        Ran lacking = run("free 1433 --yes");
        assertThat(lacking.code()).isEqualTo(4);
        assertThat(lacking.err()).contains("CONFIG_INET_DIAG_DESTROY", "--by signal");
        assertThat(run("free 8080 --by stop --force --yes").code()).isEqualTo(2);
    }

    @Test
    void nothing_is_done_that_cannot_be_written_down() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        Ran ran = Ran.on(FakeHostProvider.of(host), Map.of("BERTH_STATE", file + "/berth"), "free", "1433", "--yes");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("no act goes unlogged", "BERTH_STATE");
        assertThat(control.asked()).isEmpty();
    }

    @Test
    void of_many_acts_the_first_are_shown_and_the_document_has_them_all() {
        for (int port = 8_000; port < 8_006; port++) {
            host.add("127.0.0.1:1433 -> 127.0.0.9:" + port + " ESTABLISHED curl(4200042)");
        }
        Ran screen = run("free 1433 --yes");
        assertThat(screen.out().lines().filter(line -> line.endsWith(": done"))).hasSize(5);
        assertThat(screen.out()).contains("\n  + 2 more (the log has them all)\n", "cost 7 connections");
        for (int port = 8_000; port < 8_007; port++) {
            host.add("127.0.0.1:1433 -> 127.0.0.9:" + port + " ESTABLISHED curl(4200042)");
        }
        assertThat(run("free 1433 --yes --json").out().split("destroy-connection", -1))
                .hasSize(8);
    }

    @Test
    void waiting_alone_waits_as_long_as_it_takes_and_otherwise_as_long_as_was_said() {
        host.add("127.0.0.1:1434 -> 127.0.0.9:7001 FIN_WAIT2 expires=90000");
        assertThat(run("free 1434 --by wait --dry-run").out()).contains("wait up to 90 s");
        Ran refused = run("free 1434 --by wait --wait 0 --dry-run");
        assertThat(refused.code()).isEqualTo(4);
        assertThat(refused.err()).contains("has 90 s left, and --wait permits 0 s");
    }

    @Test
    void what_does_not_end_is_still_held() {
        control.deaf(4200044);
        Ran ran = run("free 53 --protocol udp --grace 0 --yes");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).startsWith("berth: udp 53 is still held\n").contains("dns (pid 4200044)", "--force");
        assertThat(run("free 53 --protocol udp --grace 0 --force --yes").code()).isZero();
    }

    @Test
    void every_document_keeps_to_its_schema() throws IOException {
        host.add("0.0.0.0:22 LISTEN").hiding(Owner.Reason.NOT_PERMITTED, new Gap("owners", "they are others'"));
        control.deaf(4200044);
        for (String line : new String[] {
            "free 9 --json:free:0",
            "free 1433 --dry-run --json:planned:1",
            "free 8080 --by destroy --yes --json:notPossible:4",
            "free 22 --yes --json:notPermitted:3",
            "free 53 --protocol udp --grace 0 --yes --json:stillHeld:1",
            "free 1433 --yes --json:freed:0",
        }) {
            String[] parts = line.split(":", -1);
            Ran ran = run(parts[0]);
            assertThat(Schemas.errors("free", ran.out()))
                    .as(ran.out() + ran.err())
                    .isEmpty();
            assertThat(ran.out()).contains("\"outcome\":\"" + parts[1] + "\"");
            assertThat(ran.code()).as(line).isEqualTo(Integer.parseInt(parts[2]));
            assertThat(ran.err()).isEmpty();
        }
    }

    @Test
    void it_acts_in_the_namespace_that_was_named() {
        var blue = FakeHostNetwork.with("127.0.0.1:1433 -> 127.0.0.9:7001 ESTABLISHED curl(4200042)")
                .namespace(new NetworkNamespace(7, "blue"));
        var there = new FakeControl(blue);
        Ran ran = Ran.on(FakeHostProvider.of(host, blue), environment(), "free", "1433", "--yes", "--netns", "blue");
        assertThat(ran.code()).isZero();
        assertThat(there.asked()).containsExactly("destroy 50000");
        assertThat(control.asked()).isEmpty();
        assertThat(folder.resolve("acts.jsonl")).content().contains("\"name\":\"blue\"");
    }

    @Test
    void a_recording_cannot_be_freed() {
        Ran ran = run("free 1433 --from host.berth --yes");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("berth free does not go with --from");
    }

    @Test
    void names_of_processes_cannot_steer_the_terminal() {
        host.process(new ProcessInfo(4200042, "cu\u001b[2Jrl", null, "ann", Instant.EPOCH, null, null));
        assertThat(run("free 1433 --dry-run").out()).doesNotContain("\u001b").contains("\\u001b");
    }

    @Test
    void it_is_freed_before_it_is_reserved_and_services_are_left_to_systemd() {
        var tuning = new FakeTuning()
                .running("net.ipv4.ip_local_reserved_ports", "")
                .running("net.ipv4.ip_local_port_range", "32768 60999");
        host.tuning(tuning);
        Ran refused = run("reserve 1433 --free --start mssql-server --yes");
        assertThat(refused.code()).isEqualTo(4);
        assertThat(refused.err()).contains("systemctl start mssql-server");
        assertThat(tuning.asked()).isEmpty();
        Ran no = atTerminal("n\n", "reserve 1433 --free");
        assertThat(no.code()).isEqualTo(2);
        assertThat(run("free 1433 --dry-run").code()).as("nobody was ended").isEqualTo(1);

        Ran done = atTerminal("y\n", "reserve 1433 --free");
        assertThat(done.code()).as(done.err()).isZero();
        assertThat(done.out())
                .containsSubsequence(
                        "destroy the connection 127.0.0.1:1433", "+ 1433", "tcp 1433 is free", "Change 1 is made");
        assertThat(done.err()).containsOnlyOnce("Do it?");
    }
}
