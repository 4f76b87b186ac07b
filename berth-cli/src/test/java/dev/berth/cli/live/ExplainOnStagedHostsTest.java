package dev.berth.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines of a log, explained on a host on which what they tell of has really happened. */
class ExplainOnStagedHostsTest {
    /** "TCP Port Is Already In Use", Microsoft, 2016: techcommunity.microsoft.com/t5/core-infrastructure-and-security. */
    private static final String SQL_SERVER = """
            2016-07-12 22:41:20.58 spidxxs Server TCP provider failed to listen on [ 'any' <ipv6> 1433]. Tcp port is already in use.
            2016-07-12 22:41:20.58 spidxxs Error: 17182, Severity: 16, State: 1.
            """;

    private final Stage stage = new Stage();

    @TempDir
    private Path folder;

    ExplainOnStagedHostsTest() throws Exception {}

    @AfterEach
    void leave() throws Exception {
        stage.close();
    }

    private static List<String> confirmed(Answer answer) {
        return answer.at("/incidents/0/causes")
                .valueStream()
                .filter(cause -> cause.at("/confirmed").asBoolean(false))
                .map(cause -> cause.at("/id").asString())
                .toList();
    }

    private static void isSqlServerWithoutItsPort(Answer answer) {
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.at("/incidents")).hasSize(1);
        assertThat(answer.text("/incidents/0/product")).isEqualTo("SQL Server");
        assertThat(answer.text("/incidents/0/operation")).isEqualTo("bind");
        assertThat(answer.at("/incidents/0/local/port").asInt()).isEqualTo(1433);
        assertThat(answer.at("/incidents/0/lastLine").asInt()).isEqualTo(2);
        assertThat(answer.texts("/incidents/0/holders", "/process/pid")).containsOnly(Stage.thisProcess());
        assertThat(answer.texts("/incidents/0/fixes", "/id")).contains("reserve-port");
    }

    @Test
    void a_client_that_drew_the_port_of_sql_server_is_named_and_the_port_is_to_be_reserved() throws Exception {
        stage.clientThatDrew(1433);
        stage.dynamicRange(1025, 65_534); // as in Microsoft's text

        Answer answer = stage.explain(SQL_SERVER);

        isSqlServerWithoutItsPort(answer);
        assertThat(answer.text("/incidents/0/verdict")).isEqualTo("client");
        assertThat(confirmed(answer)).containsExactly("client");
        assertThat(stage.explained(SQL_SERVER))
                .startsWith("SQL Server cannot bind [::]:1433: EADDRINUSE\n")
                .contains("(" + Stage.thisProcess() + ")")
                .containsSubsequence("ESTABLISHED", "127.0.0.1:1433", "causes confirmed    A connection has the port")
                .contains("berth reserve 1433 --netns " + stage.resident());
    }

    @Test
    void a_listener_at_the_port_of_sql_server_is_named() throws Exception {
        stage.listener("0.0.0.0", 1433);
        stage.dynamicRange(1025, 65_534);

        Answer answer = stage.explain(SQL_SERVER);

        isSqlServerWithoutItsPort(answer);
        assertThat(answer.text("/incidents/0/verdict")).isEqualTo("listener");
        assertThat(confirmed(answer)).containsExactly("listener");
        assertThat(stage.explained(SQL_SERVER))
                .contains("  here   tcp 1433 is not available: java (" + Stage.thisProcess() + ") listens on it.\n")
                .containsSubsequence(
                        "causes confirmed    Another socket listens", "berth reserve 1433 --netns " + stage.resident());
    }

    /** What is run there: it connects until it cannot, tells that as Java does, and keeps what it has. */
    static final class Shop {
        private Shop() {}

        @SuppressWarnings({"SystemOut", "CatchAndPrintStackTrace"}) // its log is what the test is about
        public static void main(String[] arguments) throws IOException {
            var connections = new ArrayList<Socket>();
            try {
                while (true) {
                    var one = new Socket();
                    connections.add(one);
                    one.connect(new InetSocketAddress("127.0.0.9", 7001));
                }
            } catch (IOException e) {
                e.printStackTrace();
            }
            System.out.println("ready, with " + connections.size());
            System.in.read();
        }
    }

    /** @return its process id */
    private String runShop(Path log) throws Exception {
        return stage.start(
                        "ready",
                        List.of(
                                "sh",
                                "-c",
                                "exec \"$@\" 2>" + log,
                                "sh",
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-cp",
                                "target/test-classes",
                                Shop.class.getName()))
                .pid();
    }

    @Test
    void a_java_client_whose_ports_have_run_out_finds_its_destination_and_itself() throws Exception {
        stage.dynamicRange(40_000, 40_019);
        stage.listener("127.0.0.9", 7001);
        String pid = runShop(folder.resolve("shop.log"));
        String log = Files.readString(folder.resolve("shop.log"));
        assertThat(log).startsWith("java.net.BindException: Cannot assign requested address\n\tat ");

        Answer answer = stage.explain(log);

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.at("/incidents")).hasSize(1);
        assertThat(answer.text("/incidents/0/product")).isEqualTo("Java");
        assertThat(answer.text("/incidents/0/operation")).isEqualTo("connect");
        assertThat(answer.text("/incidents/0/errno/name")).isEqualTo("EADDRNOTAVAIL");
        assertThat(answer.text("/incidents/0/asked/remote/address")).isEqualTo("127.0.0.9");
        assertThat(answer.at("/incidents/0/asked/remote/port").asInt()).isEqualTo(7001);
        assertThat(answer.at("/incidents/0/asked/guessed").asBoolean()).isTrue();
        assertThat(answer.text("/incidents/0/verdict")).isEqualTo("tuple-space-exhausted");
        assertThat(confirmed(answer)).containsExactly("tuple-space-exhausted");
        assertThat(stage.explained(log))
                .containsSubsequence(
                        "Java cannot connect: EADDRNOTAVAIL\n",
                        "  here   No client can connect to 127.0.0.9:7001 from 127.0.0.1: no local port is left.\n",
                        "  by     java (" + pid + "): 20\n",
                        "Ways out\n");
    }
}
