package dev.berth.client.servers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs a database server in a folder of its own, not as root, until the tests end. */
final class ServerProcess {
    private static final String NOBODY = "65534";

    private ServerProcess() {}

    /** A port of 127.0.0.1 that is free just now. */
    static int freePort() throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return free.getLocalPort();
        }
    }

    /** Runs a program that ends by itself. */
    static void run(Path folder, String... command) throws IOException, InterruptedException {
        Process process = begin(folder, command);
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command[0] + ":\n" + said);
        }
    }

    /** Starts a server, and returns when its log says that it is ready. The folder goes with the server. */
    static void start(Path folder, String ready, String... command) throws IOException, InterruptedException {
        Process process = begin(folder, command);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process, folder)));
        var impatience =
                CompletableFuture.runAsync(process::destroy, CompletableFuture.delayedExecutor(1, TimeUnit.MINUTES));
        BufferedReader log = process.inputReader(StandardCharsets.UTF_8);
        var said = new StringBuilder();
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            said.append(line).append('\n');
            if (line.contains(ready)) {
                impatience.cancel(false);
                Thread.ofVirtual().start(() -> drain(log));
                return;
            }
        }
        throw new IOException(command[0] + " did not start:\n" + said);
    }

    /** A server whose log nobody reads stops when the pipe is full. */
    private static void drain(BufferedReader log) {
        try {
            while (log.readLine() != null) {
                // nobody asks
            }
        } catch (IOException e) {
            // it has ended
        }
    }

    private static Process begin(Path folder, String[] command) throws IOException, InterruptedException {
        var words = new ArrayList<String>();
        if ("root".equals(System.getProperty("user.name"))) { // PostgreSQL refuses to run as root
            new ProcessBuilder("chown", "-R", NOBODY + ":" + NOBODY, folder.toString())
                    .start()
                    .waitFor();
            words.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
        }
        words.addAll(List.of(command));
        return new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
    }

    private static void end(Process process, Path folder) {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) { // PostgreSQL waits for clients that a failed test left behind
                process.destroyForcibly().waitFor();
            }
            delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e); // nobody interrupts the end
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
