package dev.berth.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.cli.Berth;
import dev.berth.cli.command.Surroundings;
import dev.berth.linux.PrivateNamespace;
import dev.berth.platform.Hosts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** A private network namespace, the sockets a test makes in it, and Berth asked about them through its own entry. */
final class Stage implements Closeable {
    static final String LOOPBACK = "127.0.0.1";

    private static final int COMMAND_NOT_FOUND = 127;

    private final PrivateNamespace namespace = PrivateNamespace.open();
    private final Deque<Closeable> open = new ArrayDeque<>();

    Stage() throws Exception {}

    /** Both ends of a connection. */
    record Connection(SocketChannel client, SocketChannel accepted) {
        /** This side closes first, so it keeps the connection in TIME_WAIT. */
        void closeByClient() throws Exception {
            client.close();
            awaitEnd(accepted);
            accepted.close();
        }

        /** The other side closes, and this side does not notice. */
        void closeByPeer() throws Exception {
            accepted.close();
            awaitEnd(client);
        }

        /** This side closes first, and the other not at all. */
        void leaveByClient() throws Exception {
            client.shutdownOutput();
            awaitEnd(accepted);
            accepted.write(ByteBuffer.allocate(1)); // what arrives with it acknowledges the end
            client.read(ByteBuffer.allocate(1));
            client.close();
        }

        private static void awaitEnd(SocketChannel channel) throws Exception {
            if (channel.read(ByteBuffer.allocate(1)) != -1) {
                throw new IllegalStateException("the peer sent data");
            }
        }
    }

    /** A process that only lives in this namespace. */
    int resident() {
        return namespace.pid();
    }

    static String thisProcess() {
        return String.valueOf(ProcessHandle.current().pid());
    }

    /** Runs {@code berth LINE --json --netns PID} and holds the document to its schema. */
    Answer ask(String line) throws Exception {
        return askAnywhere(line + " --netns " + resident());
    }

    /** As {@link #ask}, with what it writes down kept in {@code state}. */
    Answer free(String line, Path state) throws Exception {
        return askAnywhere("free " + line + " --netns " + resident(), Map.of("BERTH_STATE", state.toString()));
    }

    /** Types a command of Berth's that a report offers, and says yes. */
    static Answer type(String command, Path state) throws Exception {
        assertThat(command).startsWith("berth ");
        return askAnywhere(command.substring("berth ".length()) + " --yes", Map.of("BERTH_STATE", state.toString()));
    }

    static Answer askAnywhere(String line) throws Exception {
        return askAnywhere(line, Map.of());
    }

    static Answer askAnywhere(String line, Map<String, String> environment) throws Exception {
        return askAnywhere((line + " --json").split(" ", -1), environment);
    }

    /** As {@link #ask}, with words that may have blanks in them. */
    static Answer askAnywhere(String[] words, Map<String, String> environment) throws Exception {
        return ask(words, InputStream.nullInputStream(), environment);
    }

    private static Answer ask(String[] words, InputStream in, Map<String, String> environment) throws Exception {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int code = Berth.run(words, new Surroundings(in, out, err, environment, Hosts.here()));
        return Answer.of(words[0], code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Pipes a log into {@code berth explain --json --netns PID}. */
    Answer explain(String log) throws Exception {
        return ask(new String[] {"explain", "--json", "--netns", "" + resident()}, piped(log), Map.of());
    }

    /** What {@code berth explain --netns PID}, which the log is piped into, writes for a person. */
    String explained(String log) {
        return show("explain", piped(log));
    }

    private static InputStream piped(String log) {
        return new ByteArrayInputStream(log.getBytes(StandardCharsets.UTF_8));
    }

    /** What {@code berth LINE --netns PID} writes for a person. */
    String show(String line) {
        return show(line, InputStream.nullInputStream());
    }

    private String show(String line, InputStream in) {
        var out = new ByteArrayOutputStream();
        Berth.run(
                (line + " --netns " + resident()).split(" ", -1),
                new Surroundings(in, out, OutputStream.nullOutputStream(), Map.of(), Hosts.here()));
        return out.toString(StandardCharsets.UTF_8);
    }

    /** What {@code berth LINE --netns PID}, which ends with exit code 2, says on standard error. */
    String refused(String line) {
        var err = new ByteArrayOutputStream();
        int code = Berth.run(
                (line + " --netns " + resident()).split(" ", -1),
                new Surroundings(
                        InputStream.nullInputStream(), OutputStream.nullOutputStream(), err, Map.of(), Hosts.here()));
        String said = err.toString(StandardCharsets.UTF_8);
        if (code != 2) {
            throw new AssertionError("exit code " + code + ": " + said);
        }
        return said;
    }

    void dynamicRange(int first, int last) throws Exception {
        set("ipv4/ip_local_port_range", first + " " + last);
    }

    void set(String key, String value) throws Exception {
        namespace.set(key, value);
    }

    /** Sets a long value in one write, which a file channel does not promise of a kernel's file. */
    void setWhole(String key, String value) throws Exception {
        namespace.call(() -> {
            try (var file = new FileOutputStream("/proc/sys/net/" + key)) {
                file.write(value.getBytes(StandardCharsets.US_ASCII));
            }
            return key;
        });
    }

    <C extends Closeable> C closing(C resource) {
        open.push(resource);
        return resource;
    }

    /** A TCP socket over IPv6 as Java makes it, and so at an IPv4 address in its mapped form. */
    ServerSocketChannel listener(String address, int port) throws Exception {
        return namespace.call(() -> closing(ServerSocketChannel.open()).bind(at(address, port)));
    }

    ServerSocketChannel unboundListener() throws Exception {
        return namespace.call(() -> closing(ServerSocketChannel.open(StandardProtocolFamily.INET)));
    }

    /** A TCP socket over IPv4, not bound and not connected. */
    SocketChannel socket() throws Exception {
        return namespace.call(() -> closing(SocketChannel.open(StandardProtocolFamily.INET)));
    }

    /** A TCP socket over IPv6 that may speak IPv4, as Java's own choice is. */
    SocketChannel dualSocket() throws Exception {
        return namespace.call(() -> closing(SocketChannel.open()));
    }

    DatagramChannel datagrams() throws Exception {
        return datagrams(StandardProtocolFamily.INET);
    }

    DatagramChannel datagrams(StandardProtocolFamily family) throws Exception {
        return namespace.call(() -> closing(DatagramChannel.open(family)));
    }

    Connection connect(ServerSocketChannel listener) throws Exception {
        var to = (InetSocketAddress) listener.getLocalAddress();
        SocketChannel client = socket();
        client.connect(at(to.getAddress().isAnyLocalAddress() ? LOOPBACK : to.getHostString(), to.getPort()));
        return new Connection(client, closing(listener.accept()));
    }

    /** Leaves that many connections to {@code listener} in TIME_WAIT, for their clients closed first. */
    void leaveTimeWaits(ServerSocketChannel listener, int count) throws Exception {
        var to = listener.getLocalAddress();
        namespace.call(() -> {
            for (int i = 0; i < count; i++) {
                try (SocketChannel client = SocketChannel.open(StandardProtocolFamily.INET)) {
                    client.connect(to);
                }
                listener.accept().close();
            }
            return count;
        });
    }

    /** A connection whose client drew {@code port}, the only one there was to draw. */
    Connection clientThatDrew(int port) throws Exception {
        ServerSocketChannel far = listener(LOOPBACK, 9);
        dynamicRange(port, port);
        return connect(far);
    }

    /** Starts a program in this namespace; it has said {@code ready} when this returns. */
    Program start(String ready, List<String> command) throws Exception {
        var inside = new ArrayList<>(within());
        inside.addAll(command);
        return closing(Program.start(ready, inside));
    }

    /**
     * Starts nginx of the distribution with two workers; skips the test where there is none.
     *
     * @param folder for its files
     * @param server what its one server does, in nginx's words
     */
    Program nginx(Path folder, String server) throws Exception {
        String nginx = "/usr/sbin/nginx";
        Assumptions.assumeTrue(Files.isExecutable(Path.of(nginx)), "needs nginx of the distribution in /usr/sbin");
        Path configuration = Files.writeString(folder.resolve("nginx.conf"), """
                daemon off;
                user root;
                pid %1$s/nginx.pid;
                error_log stderr notice;
                worker_processes 2;
                events {}
                http {
                    access_log off;
                    client_body_temp_path %1$s; proxy_temp_path %1$s; fastcgi_temp_path %1$s;
                    uwsgi_temp_path %1$s; scgi_temp_path %1$s;
                    server { %2$s }
                }
                """.formatted(folder, server));
        return start("start worker process ", List.of(nginx, "-e", "stderr", "-c", configuration.toString()));
    }

    /** Runs a shell command in this namespace, as a user would type it. */
    void run(String command) throws Exception {
        var words = new ArrayList<>(within());
        words.addAll(List.of("sh", "-c", command));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        Assumptions.assumeTrue(code != COMMAND_NOT_FOUND, () -> "needs the commands of: " + command);
        if (code != 0) {
            throw new IllegalStateException(command + ": " + said);
        }
    }

    /** The words that make the command after them run in this namespace. */
    List<String> within() {
        return List.of("nsenter", "--net=/proc/" + resident() + "/ns/net");
    }

    static InetSocketAddress at(String address, int port) {
        return new InetSocketAddress(address, port);
    }

    @Override
    public void close() throws IOException {
        while (!open.isEmpty()) {
            open.pop().close();
        }
        namespace.close();
    }
}
