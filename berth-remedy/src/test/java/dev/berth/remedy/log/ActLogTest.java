package dev.berth.remedy.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.net.Protocol;
import dev.berth.platform.ActOutcome;
import dev.berth.platform.HostControl.EndSignal;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.ProcessRef;
import dev.berth.platform.SocketId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ActLogTest {
    private static final Purpose FREE =
            new Purpose("free", 1433, Protocol.TCP, IpAddress.ANY_V6, new NetworkNamespace(7, "blue"));
    private static final Act DESTROY = new Act.Destroy(
            new SocketId(Protocol.TCP, Endpoint.parse("127.0.0.1:1433"), Endpoint.parse("127.0.0.9:7001"), 0, -1));
    private static final Act TERM =
            new Act.Signal(new ProcessRef(42, Instant.EPOCH), "cu\"rl\n\u001b", EndSignal.SIGTERM);

    @TempDir
    private Path temporary;

    private Path folder() {
        return temporary.resolve("state/berth");
    }

    private ActLog open() throws IOException {
        return ActLog.open(
                folder(),
                new Actor("root", "ann", 4711, "0.1.0"),
                InstantSource.fixed(Instant.parse("2026-11-21T03:12:00Z")));
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(ActLog.file(folder()));
    }

    @Test
    void an_act_is_a_line_before_it_and_a_line_after_it() throws IOException {
        try (ActLog log = open()) {
            String id = log.begin(List.of(DESTROY), FREE).getFirst();
            assertThat(lines())
                    .containsExactly(
                            "{\"schema\":\"berth.act/1\",\"event\":\"begun\",\"id\":\"" + id
                                    + "\",\"at\":\"2026-11-21T03:12:00Z\",\"user\":\"root\",\"sudoUser\":\"ann\",\"berthPid\":4711,"
                                    + "\"berth\":\"0.1.0\",\"command\":\"free\",\"port\":1433,\"protocol\":\"tcp\",\"address\":\"::\","
                                    + "\"netns\":{\"inode\":7,\"name\":\"blue\"},\"act\":\"destroy-connection\","
                                    + "\"connection\":{\"local\":{\"address\":\"127.0.0.1\",\"port\":1433},"
                                    + "\"remote\":{\"address\":\"127.0.0.9\",\"port\":7001},\"cookie\":\"18446744073709551615\"}}");
            log.end(List.of(id), List.of(new ActOutcome.NotPermitted("CAP_NET_ADMIN")));
            assertThat(lines())
                    .hasSize(2)
                    .last()
                    .isEqualTo("{\"schema\":\"berth.act/1\",\"event\":\"ended\",\"id\":\"" + id
                            + "\",\"at\":\"2026-11-21T03:12:00Z\",\"outcome\":\"notPermitted\","
                            + "\"detail\":\"CAP_NET_ADMIN\"}");
        }
    }

    @Test
    void a_name_cannot_break_a_line() throws IOException {
        try (ActLog log = open()) {
            log.begin(List.of(TERM), FREE);
        }
        assertThat(lines()).singleElement().asString().contains("\"name\":\"cu\\\"rl\\n\\u001B\"");
    }

    @Test
    void who_is_killed_between_the_line_and_the_act_leaves_a_log_that_tells() throws IOException {
        ActLog killed = open();
        String lost = killed.begin(List.of(TERM), FREE).getFirst(); // and nothing after it: no end, no close
        try (ActLog next = open()) {
            next.end(next.begin(List.of(DESTROY), FREE), List.of(new ActOutcome.Done()));
        }
        assertThat(lines()).hasSize(3);
        assertThat(lines().getFirst()).contains("begun", lost, "\"pid\":42");
        assertThat(lines().stream().filter(line -> line.contains(lost))).hasSize(1);
        killed.close();
    }

    @Test
    void half_a_line_does_not_swallow_the_next() throws IOException {
        Files.createDirectories(folder());
        Files.writeString(ActLog.file(folder()), "{\"schema\":\"ber");
        try (ActLog log = open()) {
            log.begin(List.of(DESTROY), FREE);
        }
        assertThat(lines()).hasSize(2).last().asString().startsWith("{\"schema\":\"berth.act/1\"");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has lists instead of modes: AccessListTest")
    void only_its_owner_reads_what_berth_makes() throws IOException {
        open().close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ActLog.file(folder()))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
                .isEqualTo("rwx------");
    }

    @Test
    void a_link_in_its_place_is_not_followed() throws IOException {
        Files.createDirectories(folder());
        Path other = Files.writeString(temporary.resolve("other"), "kept");
        SymbolicLink.make(ActLog.file(folder()), other);
        assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("not a regular file");
        assertThat(other).hasContent("kept");
        Files.delete(other);
        assertThatThrownBy(this::open).isInstanceOf(IOException.class); // nor made where it points to
        assertThat(other).doesNotExist();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no pipes in folders")
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_pipe_in_its_place_is_refused_and_not_waited_for() throws Exception {
        Files.createDirectories(folder());
        Process made = new ProcessBuilder("mkfifo", ActLog.file(folder()).toString()).start();
        Assumptions.assumeTrue(made.waitFor() == 0, "needs mkfifo");
        assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("not a regular file");
    }

    @Test
    void on_windows_it_lies_where_whoever_may_change_the_machine_has_one_for_all() throws IOException {
        var windows = Map.of(
                "ProgramData", temporary.resolve("ProgramData").toString(),
                "LOCALAPPDATA", temporary.resolve("Local").toString(),
                "SystemRoot", temporary.resolve("Windows").toString());
        Path shared = temporary.resolve("ProgramData").resolve("berth");
        assertThat(StateFolder.of(windows, "ann", "?"))
                .isEqualTo(temporary.resolve("Local").resolve("berth"));
        Files.createDirectories(shared);
        assertThat(StateFolder.ofRoot(windows, "ann")).isEqualTo(shared);
        Path system = Files.createDirectory(temporary.resolve("Windows"));
        Assumptions.assumeTrue(Files.isWritable(system), "Wine calls a folder of ours not ours to write");
        assertThat(StateFolder.of(windows, "ann", "?")).isEqualTo(shared);
        assertThat(StateFolder.ofRoot(windows, "ann")).isNull();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "paths of Linux")
    void where_it_lies_depends_on_who_runs_berth() throws IOException {
        assertThat(StateFolder.of(Map.of(), "root", "/root")).isEqualTo(Path.of("/var/lib/berth"));
        assertThat(StateFolder.of(Map.of(), "ann", "/home/ann")).isEqualTo(Path.of("/home/ann/.local/state/berth"));
        assertThat(StateFolder.of(Map.of("XDG_STATE_HOME", "/s"), "ann", "/home/ann"))
                .isEqualTo(Path.of("/s/berth"));
        assertThat(StateFolder.of(Map.of("XDG_STATE_HOME", "s"), "ann", "/home/ann"))
                .isEqualTo(Path.of("/home/ann/.local/state/berth"));
        assertThat(StateFolder.of(Map.of("BERTH_STATE", "/b"), "root", "/root")).isEqualTo(Path.of("/b"));
        assertThatThrownBy(() -> StateFolder.of(Map.of(), "nobody", "?")).hasMessageContaining("no home folder");
    }
}
