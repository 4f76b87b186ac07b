package dev.berth.lab.ground;

import dev.berth.lab.LabException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that goes on in the background. */
public final class Running {
    private static final Duration PATIENCE = Duration.ofMinutes(5); // for what hangs; a busy machine is slow
    private static final long LOOK_EVERY_MILLIS = 20;
    private static final long END_WITHIN_SECONDS = 5;

    private final String line;
    private final Process process;
    private final String name;
    private final Path log;

    /** @param name of its log, as it is typed there */
    Running(String line, Process process, String name, Path log) {
        this.line = line;
        this.process = process;
        this.name = name;
        this.log = log;
    }

    /** Waits until its output has {@code text}; not at all for none. */
    public void await(String text) throws LabException, IOException, InterruptedException {
        if (!says(text)) {
            throw LabException.failed(line + " ended, exit " + process.exitValue(), said());
        }
    }

    /** Waits until its output has {@code text} or it has ended; whether it has. */
    public boolean says(String text) throws LabException, IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!log().contains(text)) {
            if (process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                return log().contains(text);
            }
            if (System.nanoTime() > deadline) {
                throw LabException.failed(
                        line + " did not say " + text + " within " + PATIENCE.toMinutes() + " minutes", said());
            }
        }
        return true;
    }

    /** All it has written. */
    public String log() throws IOException {
        return Files.exists(log)
                ? new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                : ""; // half a character may stand at the end
    }

    private String said() throws IOException {
        String last = lastLines(log());
        return last.isEmpty() ? name + " is empty" : name + " ends with: " + last;
    }

    /** The last two lines that are not blank, as one: where a program says why it ended. */
    static String lastLines(String output) {
        List<String> lines = output.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        return String.join("; ", lines.subList(Math.max(0, lines.size() - 2), lines.size()));
    }

    /** Waits until it ends by itself; its exit code. */
    public int join() throws LabException, IOException, InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw LabException.failed(line + " did not end within " + PATIENCE.toMinutes() + " minutes", said());
        }
        return process.exitValue();
    }

    /** Whether it is still there. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Asks it to end, and makes it where it does not. */
    public void stop() throws InterruptedException {
        process.children().forEach(ProcessHandle::destroy);
        if (!process.waitFor(END_WITHIN_SECONDS, TimeUnit.SECONDS)) {
            end(process);
        }
    }

    /** What runs there is a child of the process that went there. */
    static void end(Process process) throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
    }
}
