package dev.berth.linux.processes;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A Python program that tells one line of numbers when it is ready, and ends when the test is done with it. */
final class Script implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private Script(Process process) {
        this.process = process;
        this.output = process.inputReader();
    }

    static Script start(String program, String... prefix) throws IOException {
        var command = new ArrayList<>(Arrays.asList(prefix));
        command.addAll(List.of("python3", "-c", program));
        try {
            return new Script(new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            return Assumptions.abort("needs " + command.getFirst() + " on the PATH: " + e.getMessage());
        }
    }

    /** The next line the program tells. */
    List<Long> numbers() throws IOException {
        String line = output.readLine();
        if (line == null) {
            throw new IOException("the script ended without a word; its error is on stderr");
        }
        return Arrays.stream(line.strip().split(" ", -1)).map(Long::valueOf).toList();
    }

    long pid() {
        return process.pid();
    }

    void end() throws IOException {
        process.outputWriter().close(); // the scripts wait for the end of their input
        process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() throws IOException {
        try {
            end();
        } finally {
            process.destroyForcibly();
        }
    }
}
