package dev.berth.cli.explain.products;

import dev.berth.linux.PrivateNamespace;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A program of the distribution, to be made to fail.
 *
 * @param folder where it runs, and whatever it writes
 * @param privileged false for one that refuses to run as root; it then owns the folder
 * @param namespace where it runs; null for the host's own network
 */
record RealProduct(
        Path folder,
        List<String> command,
        boolean privileged,
        @Nullable PrivateNamespace namespace) {
    private static final String NOBODY = "65534";
    private static final int PATIENCE_SECONDS = 60;
    private static final Path POSTGRESQL = Path.of("/usr/lib/postgresql");

    static RealProduct of(Path folder, Path program, String... arguments) {
        var command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        return new RealProduct(folder, command, true, null);
    }

    RealProduct asNobody() {
        return new RealProduct(folder, command, false, namespace);
    }

    RealProduct within(PrivateNamespace there) {
        return new RealProduct(folder, command, privileged, there);
    }

    /** Where the program is, by PATH and in the folders for administrators; skips the test where it is not. */
    static Path find(String name, String debianPackage) {
        String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
        return Stream.concat(Stream.of(path.split(File.pathSeparator, -1)), Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(place -> Path.of(place, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(() -> missing(name + " is not installed: apt-get install " + debianPackage));
    }

    /** A program of the newest PostgreSQL: Debian keeps each release apart, and none in PATH. */
    static Path findPostgres(String name) throws IOException {
        if (Files.isDirectory(POSTGRESQL)) {
            try (var releases = Files.list(POSTGRESQL)) {
                var newest = releases.map(release -> release.resolve("bin").resolve(name))
                        .filter(Files::isExecutable)
                        .max(Comparator.naturalOrder());
                if (newest.isPresent()) {
                    return newest.get();
                }
            }
        }
        return find(name, "postgresql");
    }

    private static Path missing(String reason) {
        if (System.getenv("CI") != null) {
            throw new AssertionError(reason); // nothing tried is nothing proved
        }
        return Assumptions.abort(reason);
    }

    /** Takes a port of 127.0.0.1 from everybody else until closed. */
    static ServerSocket taken() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    }

    /** Runs it until it gives up, and returns what it said on both outputs. */
    ProductLog run() throws Exception {
        try (Running running = start()) {
            return running.toEnd();
        }
    }

    Running start() throws Exception {
        if (!privileged && isRoot()) {
            new ProcessBuilder("chown", "-R", NOBODY + ":" + NOBODY, folder.toString())
                    .start()
                    .waitFor();
        }
        return new Running(namespace == null ? process() : namespace.call(this::process));
    }

    private Process process() throws IOException {
        var words = new ArrayList<String>();
        if (!privileged && isRoot()) {
            words.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
        }
        words.addAll(command);
        var builder = new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        return builder.start();
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** While it runs; it is stopped when closed, and at the latest after a minute. */
    static final class Running implements AutoCloseable {
        private final Process process;
        private final BufferedReader output;
        private final List<String> said = new ArrayList<>();
        private final CompletableFuture<Void> impatience;

        Running(Process process) {
            this.process = process;
            output = process.inputReader(StandardCharsets.UTF_8);
            impatience = CompletableFuture.runAsync(
                    process::destroyForcibly, CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS));
        }

        /** Reads until it has said so. */
        Running await(String words) throws IOException {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                said.add(line);
                if (line.contains(words)) {
                    return this;
                }
            }
            throw new IOException("it never said '" + words + "':\n" + String.join("\n", said));
        }

        /** Reads until it ends, and returns all it said. */
        ProductLog toEnd() throws IOException {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                said.add(line);
            }
            return soFar();
        }

        /** What it has said as far as it was read. */
        ProductLog soFar() {
            return new ProductLog(List.copyOf(said));
        }

        @Override
        public void close() {
            impatience.cancel(false);
            process.destroy();
            process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
            process.destroyForcibly().onExit().join();
        }
    }
}
