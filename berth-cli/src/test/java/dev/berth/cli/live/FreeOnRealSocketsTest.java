package dev.berth.cli.live;

import static dev.berth.cli.live.Stage.LOOPBACK;
import static dev.berth.cli.live.Stage.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.cli.Main;
import dev.berth.cli.live.Stage.Connection;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code berth free}: each kind of holder gives the port up, at the cost that was said, and a server has it then. */
class FreeOnRealSocketsTest {
    private final Stage stage = new Stage();

    @TempDir
    private Path folder;

    FreeOnRealSocketsTest() throws Exception {}

    @AfterEach
    void leave() throws Exception {
        stage.close();
    }

    private Answer free(String line) throws Exception {
        return stage.free(line, folder.resolve("state"));
    }

    private List<String> log() throws IOException {
        return Files.readAllLines(folder.resolve("state/acts.jsonl"));
    }

    /** Freed by these acts, each of them in the log, and a server that shares addresses starts. */
    private void assertFreed(Answer free, String... acts) throws Exception {
        assertThat(free.text("/outcome")).as(free.document().toString()).isEqualTo("freed");
        assertThat(free.code()).isZero();
        assertThat(free.at("/listenable").asBoolean()).isTrue();
        assertThat(free.texts("/acts", "/act")).containsExactly(acts);
        assertThat(free.texts("/acts", "/outcome")).allMatch("done"::equals);
        if (acts.length > 0) {
            assertThat(log()).hasSize(2 * acts.length);
        }
        ServerSocketChannel server = stage.unboundListener();
        server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        server.bind(at("0.0.0.0", 1433));
    }

    private static Program ended(Program program) throws InterruptedException {
        assertThat(program.process().waitFor(10, TimeUnit.SECONDS)).isTrue();
        return program;
    }

    @Test
    void a_client_loses_its_connection_and_lives_on() throws Exception {
        Connection connection = stage.clientThatDrew(1433);

        Answer plan = free("1433 --dry-run");
        assertThat(plan.code()).isEqualTo(1);
        assertThat(plan.text("/outcome")).isEqualTo("planned");
        assertThat(plan.text("/steps/0/cost")).contains("lives on", "ECONNABORTED");
        connection.accepted().write(ByteBuffer.allocate(1)); // still whole

        assertFreed(free("1433 --yes"), "destroy-connection");
        assertThat(free("1433 --yes").text("/outcome")).isEqualTo("notPossible"); // the listener is this process's
    }

    @Test
    void curl_that_drew_the_port_of_a_server_lives_on_and_the_server_starts() throws Exception {
        Files.writeString(folder.resolve("big"), "x".repeat(200_000));
        stage.nginx(folder, "listen 127.0.0.1:9; limit_rate 100; root " + folder + ";");
        stage.dynamicRange(1433, 1433);
        Program curl = stage.start(
                "HTTP/1.1 200",
                List.of(
                        "curl",
                        "-sv",
                        "--no-buffer",
                        "--retry",
                        "5",
                        "--retry-delay",
                        "30",
                        "--retry-all-errors",
                        "-o",
                        "/dev/null",
                        "http://127.0.0.1:9/big"));
        stage.dynamicRange(30_000, 40_000);
        assertThat(stage.ask("why 1433").text("/holders/0/process/name")).isEqualTo("curl");

        assertFreed(free("1433 --yes"), "destroy-connection");

        assertThat(curl.process().isAlive()).isTrue();
    }

    @Test
    void a_time_wait_is_nobodys_and_is_forgotten() throws Exception {
        stage.clientThatDrew(1433).closeByClient();

        Answer free = free("1433 --yes");

        assertThat(free.at("/holders/0/process").isNull()).isTrue();
        assertThat(free.text("/steps/0/cost")).startsWith("no process loses anything");
        assertFreed(free, "destroy-connection");
    }

    @Test
    void a_closed_connection_that_ends_soon_is_waited_for() throws Exception {
        stage.set("ipv4/tcp_fin_timeout", "2");
        stage.clientThatDrew(1433).leaveByClient();

        Answer free = free("1433 --wait 5 --yes");

        assertThat(free.texts("/steps", "/way")).containsExactly("wait");
        assertFreed(free);
    }

    @Test
    void a_connection_whose_peer_has_closed_is_destroyed() throws Exception {
        stage.clientThatDrew(1433).closeByPeer();

        assertFreed(free("1433 --yes"), "destroy-connection");
    }

    @Test
    void a_connection_to_itself_is_destroyed() throws Exception {
        stage.dynamicRange(1433, 1433);
        stage.socket().connect(at(LOOPBACK, 1433));

        assertFreed(free("1433 --yes"), "destroy-connection");
    }

    @Test
    void a_connection_that_bound_the_port_itself_takes_its_process() throws Exception {
        stage.listener(LOOPBACK, 9);
        Program client = stage.start(
                "ready",
                Program.python("s = socket.socket(); s.bind(('127.0.0.1', 1433)); s.connect(('127.0.0.1', 9))\n"));

        Answer refused = free("1433 --yes --by destroy");
        assertThat(refused.code()).isEqualTo(4);
        assertThat(refused.text("/next")).contains("--by signal");
        assertThat(client.process().isAlive()).isTrue();
        Answer free = free("1433 --yes");

        assertThat(free.text("/steps/0/way")).isEqualTo("signal");
        assertThat(free.texts("/acts", "/act")).startsWith("signal-process"); // then what it left behind
        assertThat(free.code()).as(free.document().toString()).isZero();
        ended(client);
    }

    @Test
    void a_socket_that_is_only_bound_takes_its_process() throws Exception {
        Program holder = stage.start("ready", Program.python("s = socket.socket(); s.bind(('127.0.0.1', 1433))\n"));

        assertFreed(free("1433 --yes"), "signal-process");
        ended(holder);
    }

    @Test
    void a_java_server_is_asked_to_end() throws Exception {
        Path source = Files.writeString(folder.resolve("Server.java"), """
                void main() throws Exception {
                    var server = new java.net.ServerSocket(1433);
                    System.out.println("ready");
                    server.accept();
                }
                """);
        Program server = stage.start(
                "ready",
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), source.toString()));

        assertFreed(free("1433 --yes"), "signal-process");
        ended(server);
    }

    @Test
    void what_ignores_the_request_is_killed_only_when_forced() throws Exception {
        Program stubborn = stage.start("ready", Program.python("""
                        import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)
                        s = socket.socket(); s.bind(('127.0.0.1', 1433)); s.listen()
                        """));

        Answer held = free("1433 --yes --grace 1");
        assertThat(held.code()).isEqualTo(1);
        assertThat(held.text("/outcome")).isEqualTo("stillHeld");
        assertThat(held.text("/next")).contains("--force");
        assertThat(held.text("/heldBy/0/process/name")).isEqualTo("python3");
        assertThat(stubborn.process().isAlive()).isTrue();
        Files.delete(folder.resolve("state/acts.jsonl"));

        assertFreed(free("1433 --yes --grace 1 --force"), "signal-process", "signal-process");
        assertThat(log()).anyMatch(line -> line.contains("SIGKILL"));
        ended(stubborn);
    }

    @Test
    void a_forked_process_that_outlives_the_first_is_asked_as_well() throws Exception {
        Program parent = stage.start("ready", Program.python("""
                s = socket.socket(); s.bind(('0.0.0.0', 1433)); s.listen()
                if os.fork() == 0:
                    import time; time.sleep(60)
                    os._exit(0)
                """));

        Answer free = free("1433 --yes");

        assertFreed(free, "signal-process", "signal-process");
        ended(parent);
    }

    @Test
    void the_master_of_nginx_ends_with_its_workers() throws Exception {
        Program nginx = stage.nginx(folder, "listen 1433;");

        Answer free = free("1433 --yes");

        assertThat(free.at("/notes/0").asString()).contains("processes hold the same socket");
        assertThat(free.texts("/acts", "/summary")).containsExactly("send SIGTERM to nginx (pid " + nginx.pid() + ")");
        assertFreed(free, "signal-process");
        ended(nginx);
    }

    @Test
    void a_group_that_shares_the_port_is_named_and_ended_one_by_one() throws Exception {
        String member = """
                        s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
                        s.bind(('127.0.0.1', 1433)); s.listen()
                        """;
        Program one = stage.start("ready", Program.python(member));
        Program other = stage.start("ready", Program.python(member));

        Answer free = free("1433 --yes");

        assertThat(free.at("/notes/0").asString())
                .contains("2 sockets listen on 127.0.0.1:1433 together (SO_REUSEPORT)");
        assertFreed(free, "signal-process", "signal-process");
        ended(one);
        ended(other);
    }

    @Test
    void what_a_server_leaves_behind_is_cleared_away_where_it_is_in_the_way() throws Exception {
        Program server = stage.start("ready", Program.python("""
                        s = socket.socket(); s.bind(('127.0.0.1', 1433)); s.listen()
                        c = socket.create_connection(('127.0.0.1', 1433)); a, _ = s.accept()
                        a.shutdown(socket.SHUT_WR)
                        """));

        assertFreed(free("1433 --yes"), "signal-process", "destroy-connection");
        ended(server);
    }

    @Test
    void what_a_sharing_server_leaves_behind_is_left_alone() throws Exception {
        Program server = stage.start("ready", Program.python("""
                        s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                        s.bind(('127.0.0.1', 1433)); s.listen()
                        c = socket.create_connection(('127.0.0.1', 1433)); a, _ = s.accept()
                        a.shutdown(socket.SHUT_WR)
                        """));

        assertFreed(free("1433 --yes"), "signal-process");
        ended(server);
    }

    @Test
    void a_client_whose_remote_port_it_is_is_never_touched() throws Exception {
        stage.clientThatDrew(1433);
        stage.dynamicRange(30_000, 40_000);
        Connection bystander = stage.connect(stage.listener("127.0.0.2", 1433));

        Answer free = free("1433 --yes --address 127.0.0.1");

        assertThat(free.text("/outcome")).as(free.document().toString()).isEqualTo("freed");
        assertThat(free.texts("/acts", "/summary"))
                .containsExactly("destroy the connection 127.0.0.1:1433 to 127.0.0.1:9");
        bystander.client().write(ByteBuffer.allocate(1));
        assertThat(bystander.accepted().read(ByteBuffer.allocate(1))).isEqualTo(1);
    }

    @Test
    void berth_does_not_end_itself_nor_what_it_was_started_from() throws Exception {
        stage.listener(LOOPBACK, 1433);

        Answer itself = free("1433 --yes");
        assertThat(itself.code()).isEqualTo(4);
        assertThat(itself.text("/why")).contains("is berth itself or what it was started from");

        Aside child = aside(List.of(), "free 1433 --yes"); // whose parent holds the port: this process
        assertThat(child.code()).as(child.err()).isEqualTo(4);
        assertThat(child.err()).contains("is berth itself or what it was started from");
    }

    @Test
    void a_service_is_stopped_through_its_manager() throws Exception {
        Program server =
                stage.start("ready", Program.python("s = socket.socket(); s.bind(('127.0.0.1', 1433)); s.listen()\n"));
        String unit = "berth-test-" + server.pid() + ".service";
        Path group = group(unit);
        try {
            Files.writeString(group.resolve("cgroup.procs"), server.pid());
            Path manager = Files.createDirectory(folder.resolve("bin")).resolve("systemctl");
            Files.writeString(manager, "#!/bin/sh\necho \"$@\" >" + folder + "/asked\nkill " + server.pid() + "\n");
            Files.setPosixFilePermissions(manager, PosixFilePermissions.fromString("rwxr-xr-x"));

            Aside freed = aside(List.of("PATH=" + manager.getParent() + ":/usr/bin:/bin"), "free 1433 --yes --json");

            Answer answer = Answer.of("free", freed.code(), freed.out(), freed.err());
            assertThat(answer.texts("/acts", "/summary")).containsExactly("stop the service " + unit);
            assertFreed(answer, "stop-unit");
            assertThat(folder.resolve("asked")).content().contains("stop", unit);
            ended(server);
        } finally {
            server.close();
            Files.delete(group);
        }
    }

    /** A control group named as systemd names that of a service. */
    private static Path group(String unit) {
        for (String hierarchy : List.of("/sys/fs/cgroup/systemd", "/sys/fs/cgroup")) {
            try {
                Path group = Files.createDirectory(Path.of(hierarchy, unit));
                if (Files.exists(group.resolve("cgroup.procs"))) {
                    return group;
                }
                Files.delete(group);
            } catch (IOException e) {
                // read-only here, or not there
            }
        }
        return Assumptions.abort("needs a hierarchy of control groups that can be written to");
    }

    /** How another process with Berth in it ended. */
    private record Aside(int code, String out, String err) {}

    private Aside aside(List<String> environment, String line) throws Exception {
        var command = new ArrayList<>(stage.within());
        command.addAll(List.of("env", "BERTH_STATE=" + folder.resolve("state")));
        command.addAll(environment);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(line.split(" ", -1)));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        var process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("%s ends", line)
                    .isTrue();
            return new Aside(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            process.destroyForcibly();
        }
    }
}
