package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.linux.PrivateNamespace;
import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import dev.berth.platform.FakeHostNetwork;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostProvider;
import dev.berth.platform.Hosts;
import dev.berth.platform.NamespaceChoice;
import dev.berth.platform.SocketQuery;
import dev.berth.platform.capture.CaptureRequest;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scrubbing takes names and addresses away, and no answer. */
class ScrubbedVerdictsTest {
    private static final String SERVER = "192.0.2.10";
    private static final String CLIENT = "10.1.2.3";

    private static final Pattern NO_ADDRESS = Pattern.compile(
            "\"(?:verdict|listenable|cause|state|id|severity|inUse|capacity|timeWait|port|first|last|holdersComplete"
                    + "|LISTEN|ESTABLISHED|TIME_WAIT|CLOSE_WAIT|FIN_WAIT2|BOUND)\":[^,}\\]]*");

    @Test
    void every_answer_stays_but_for_addresses(@TempDir Path directory) throws Exception {
        try (var namespace = PrivateNamespace.open()) {
            giveAddresses(namespace);
            var sockets = namespace.call(ScrubbedVerdictsTest::stage);
            awaitAcknowledgedEnds(namespace);
            Path plain = recorded(namespace, directory.resolve("plain"), false);
            Path scrubbed = recorded(namespace, directory.resolve("scrubbed"), true);
            var questions = new ArrayList<>(List.of("doctor --json", "list --json", "ranges --json"));
            for (int port : new int[] {1433, 2000, 2001, 5555, 9}) {
                questions.add("why " + port + " --json");
                questions.add("who " + port + " --json");
            }
            for (String question : questions) {
                Ran asPlain = asked(question, plain);
                Ran asScrubbed = asked(question, scrubbed);
                assertThat(essence(asScrubbed))
                        .as(question)
                        .isEqualTo(essence(asPlain))
                        .isNotEmpty();
                assertThat(asScrubbed.code()).as(question).isEqualTo(asPlain.code());
                assertThat(asScrubbed.out()).as(question).doesNotContain(SERVER, CLIENT);
            }
            assertThat(asked("why 2000 --json", plain).out()).contains("\"verdict\":\"time-wait\"", CLIENT);
            for (AutoCloseable socket : sockets) {
                socket.close();
            }
        }
    }

    private static void giveAddresses(PrivateNamespace namespace) throws Exception {
        for (String address : List.of(SERVER, CLIENT)) {
            int exit = new ProcessBuilder(
                            "nsenter",
                            "--net=/proc/" + namespace.pid() + "/ns/net",
                            "ip",
                            "address",
                            "add",
                            address + "/32",
                            "dev",
                            "lo")
                    .inheritIO()
                    .start()
                    .waitFor();
            Assumptions.assumeTrue(exit == 0, "needs nsenter and ip to give loopback more addresses");
        }
    }

    private static List<AutoCloseable> stage() throws Exception {
        var server = ServerSocketChannel.open().bind(new InetSocketAddress(SERVER, 1433));
        var closed = client(server, 2000);
        var closedPeer = server.accept();
        closed.close();
        closedPeer.read(ByteBuffer.allocate(1));
        closedPeer.close();
        var leaking = client(server, 2001);
        server.accept().close();
        leaking.read(ByteBuffer.allocate(1));
        var open = client(server, 0);
        var accepted = server.accept();
        var bound = SocketChannel.open().bind(new InetSocketAddress(CLIENT, 5555));
        return List.of(server, leaking, open, accepted, bound);
    }

    /** The kernel acknowledges an end a moment later, and then the socket of the other side changes its state. */
    private static void awaitAcknowledgedEnds(PrivateNamespace namespace) throws Exception {
        SocketQuery underWay = SocketQuery.all(Protocol.TCP).with(Set.of(TcpState.FIN_WAIT1, TcpState.LAST_ACK));
        HostProvider here = Objects.requireNonNull(Hosts.here());
        try (HostNetwork host =
                here.open(new NamespaceChoice.OfProcess(namespace.pid())).getFirst()) {
            Instant deadline = Instant.now().plusSeconds(10);
            while (host.snapshot(underWay).sockets().size() > 0) {
                assertThat(Instant.now()).isBefore(deadline);
                Thread.onSpinWait();
            }
        }
    }

    private static SocketChannel client(ServerSocketChannel server, int port) throws Exception {
        var client = SocketChannel.open()
                .setOption(StandardSocketOptions.SO_REUSEADDR, true)
                .bind(new InetSocketAddress(CLIENT, port));
        client.connect(server.getLocalAddress());
        return client;
    }

    private static Path recorded(PrivateNamespace namespace, Path file, boolean scrub) throws Exception {
        HostProvider here = Objects.requireNonNull(Hosts.here());
        here.record(file, new CaptureRequest(new NamespaceChoice.OfProcess(namespace.pid()), scrub));
        return file;
    }

    private static Ran asked(String question, Path capture) {
        return Ran.on(FakeHostNetwork.with(), (question + " --from " + capture).split(" ", -1));
    }

    private static List<String> essence(Ran ran) {
        return NO_ADDRESS
                .matcher(ran.out())
                .results()
                .map(found -> found.group())
                .sorted()
                .toList();
    }
}
