package dev.berth.linux.rule;

import dev.berth.linux.PrivateNamespace;
import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.net.TcpState;
import dev.berth.net.rule.Flag;
import dev.berth.net.rule.Holding;
import dev.berth.net.rule.Origin;
import dev.berth.net.rule.Sharing;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** A program in a private network namespace that makes sockets as it is told: sockets.py, which has the protocol. */
final class RealSockets implements AutoCloseable {
    private static final Pattern RELEASE = Pattern.compile("(\\d+)\\.(\\d+).*", Pattern.DOTALL);

    private final PrivateNamespace namespace;
    private final Process process;
    private final BufferedWriter toProgram;
    private final BufferedReader fromProgram;
    private final List<String> devices;

    private RealSockets(PrivateNamespace namespace, Process process) throws IOException {
        this.namespace = namespace;
        this.process = process;
        this.toProgram = process.outputWriter(StandardCharsets.US_ASCII);
        this.fromProgram = process.inputReader(StandardCharsets.US_ASCII);
        this.devices = List.of(read().split(" ", 2)[1].split(",", -1));
    }

    /** Skips the test, visibly, without root, without python3, and on kernels that are known to answer otherwise. */
    static RealSockets open() throws Exception {
        Matcher release = RELEASE.matcher(release());
        boolean answersSo = release.matches()
                && Integer.parseInt(release.group(1)) * 1000 + Integer.parseInt(release.group(2)) >= 6018;
        Assumptions.assumeTrue(answersSo, "the rules were taken from Linux 6.18, and this is another: " + release());
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "needs python3");
        PrivateNamespace namespace = PrivateNamespace.open();
        try {
            return start(namespace);
        } catch (Exception e) {
            namespace.close();
            throw e;
        }
    }

    private static RealSockets start(PrivateNamespace namespace) throws IOException {
        try (var program = Objects.requireNonNull(RealSockets.class.getResourceAsStream("sockets.py"))) {
            String text = new String(program.readAllBytes(), StandardCharsets.UTF_8);
            Process process = new ProcessBuilder(
                            "nsenter", "--net=/proc/" + namespace.pid() + "/ns/net", "python3", "-c", text)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try {
                return new RealSockets(namespace, process);
            } catch (IOException | RuntimeException e) {
                process.destroyForcibly();
                throw e;
            }
        }
    }

    static String release() throws IOException {
        return Files.readString(Path.of("/proc/version")).split(" ", 4)[2];
    }

    /** The indices of the devices that a socket may be bound to. */
    List<String> devices() {
        return devices;
    }

    /** One line there, one line back, in its parts. */
    List<String> ask(String line) {
        try {
            toProgram.write(line + "\n");
            toProgram.flush();
            return Arrays.asList(read().split("\\|", -1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String read() throws IOException {
        return Objects.requireNonNull(fromProgram.readLine(), "the program has ended: see its last words above");
    }

    /** A socket that is there, and its port. */
    record Held(int port, Holding holding) {
        static List<Held> parse(String list) {
            return Arrays.stream(list.split(";", -1))
                    .filter(text -> !text.isEmpty())
                    .map(Held::one)
                    .toList();
        }

        private static Held one(String text) {
            String[] words = text.split(",", -1);
            return new Held(
                    Integer.parseInt(words[0]),
                    new Holding(
                            TcpState.valueOf(words[1]),
                            IpAddress.parse(words[2]),
                            words[3].equals("-")
                                    ? null
                                    : new Endpoint(IpAddress.parse(words[3]), Integer.parseInt(words[4])),
                            Flag.of(words[5].equals("1")),
                            Sharing.linux(words[6].equals("1"), words[7].equals("1")),
                            words[8].equals("-") ? null : words[8],
                            Integer.parseInt(words[9]),
                            Origin.valueOf(words[10])));
        }
    }

    @Override
    public void close() throws IOException {
        try (namespace) {
            toProgram.close(); // it ends with its input, or is ended
            process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
        } finally {
            process.destroyForcibly();
        }
    }
}
