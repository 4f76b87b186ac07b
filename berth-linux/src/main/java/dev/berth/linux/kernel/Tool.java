package dev.berth.linux.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs a program of the system for what it prints: no shell, no input, English, and an end to the waiting. */
final class Tool {
    private static final Duration MOST = Duration.ofSeconds(10);
    private static final int LONGEST = 128 * 1024 * 1024;
    private static final int LONGEST_COMPLAINT = 300;

    /** Administrators' programs are outside of many users' PATH. */
    private static final List<String> ALSO_IN = List.of("/usr/sbin", "/sbin", "/usr/local/sbin");

    private Tool() {}

    static ToolReply run(List<String> command) {
        Path program = find(command.getFirst());
        if (program == null) {
            return new ToolReply.Missing();
        }
        var words = new ArrayList<>(command);
        words.set(0, program.toString());
        var builder = new ProcessBuilder(words);
        builder.environment().put("LC_ALL", "C");
        try {
            return await(builder.start(), command.getFirst());
        } catch (IOException e) {
            return new ToolReply.Failed(command.getFirst() + " does not start: " + e.getMessage());
        }
    }

    private static @Nullable Path find(String name) {
        String path = System.getenv().getOrDefault("PATH", "");
        var directories = new ArrayList<>(List.of(path.split(":", -1)));
        directories.addAll(ALSO_IN);
        for (String directory : directories) {
            Path program = Path.of(directory, name);
            if (program.isAbsolute() && Files.isExecutable(program) && !Files.isDirectory(program)) {
                return program;
            }
        }
        return null;
    }

    private static ToolReply await(Process process, String name) throws IOException {
        process.getOutputStream().close();
        FutureTask<byte[]> output = reading(process.getInputStream());
        FutureTask<byte[]> complaint = reading(process.getErrorStream());
        try {
            if (!process.waitFor(MOST.toMillis(), TimeUnit.MILLISECONDS)) {
                return new ToolReply.Failed(name + " did not end within " + MOST.toSeconds() + " seconds");
            }
            if (process.exitValue() != 0) {
                return new ToolReply.Failed(name + ": " + firstLine(complaint.get()));
            }
            byte[] said = output.get();
            return said.length < LONGEST
                    ? new ToolReply.Said(new String(said, StandardCharsets.UTF_8))
                    : new ToolReply.Failed(name + " prints more than Berth reads");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new ToolReply.Failed(name + " was not waited for");
        } catch (ExecutionException e) {
            return new ToolReply.Failed(name + ": what it prints cannot be read");
        } finally {
            process.destroyForcibly();
        }
    }

    /** Both streams are read as they come, so that neither fills and stops the program. */
    private static FutureTask<byte[]> reading(InputStream stream) {
        var task = new FutureTask<>(() -> {
            byte[] head = stream.readNBytes(LONGEST);
            stream.skip(Long.MAX_VALUE);
            return head;
        });
        Thread.ofPlatform().daemon().name("tool-output").start(task);
        return task;
    }

    private static String firstLine(byte[] complaint) {
        String line = new String(complaint, StandardCharsets.UTF_8)
                .lines()
                .filter(one -> !one.isBlank())
                .findFirst()
                .orElse("it failed and did not say why")
                .strip();
        return line.substring(0, Math.min(line.length(), LONGEST_COMPLAINT));
    }
}
