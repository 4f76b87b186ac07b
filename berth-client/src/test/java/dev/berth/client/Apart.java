package dev.berth.client;

import dev.berth.linux.PrivateNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/** Runs test bodies in a private network namespace, and changes and looks at the one it is called in. */
final class Apart {
    interface Body {
        void run() throws Exception;
    }

    private Apart() {}

    /** All sockets of the body, and of the platform threads that it starts, are in a namespace of their own. */
    static void run(Body body) throws Exception {
        try (var namespace = PrivateNamespace.open()) {
            namespace.call(() -> {
                body.run();
                return null;
            });
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error assertion) {
                throw assertion;
            }
            throw e;
        }
    }

    /** @param key below {@code /proc/sys/net} */
    static void set(String key, String value) throws IOException {
        Files.writeString(Path.of("/proc/sys/net", key), value);
    }

    static void ip(String words) throws Exception {
        var command = ("ip " + words).split(" ");
        Process ip = new ProcessBuilder(command).inheritIO().start();
        if (ip.waitFor() != 0) {
            throw new IOException("ip " + words + " failed");
        }
    }

    static InetSocketAddress at(String address, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }

    static InetAddress address(String literal) {
        return InetAddress.ofLiteral(literal);
    }

    /** How many TCP sockets there are with that local port, that remote port and that state ({@code 01} established, {@code 02} SYN sent, {@code 06} TIME_WAIT). */
    static long count(String state, int local, int remote) throws IOException {
        return List.of("tcp", "tcp6").stream()
                .flatMap(Apart::rows)
                .filter(fields -> fields[3].equals(state))
                .filter(fields -> local == 0 || port(fields[1]) == local)
                .filter(fields -> remote == 0 || port(fields[2]) == remote)
                .count();
    }

    private static Stream<String[]> rows(String table) {
        try {
            return Files.readAllLines(Path.of("/proc/thread-self/net", table)).stream()
                    .skip(1)
                    .map(line -> line.strip().split("\\s+", 5));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.indexOf(':') + 1), 16);
    }
}
