package dev.berth.cli.live;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Another process, ended with the test. */
record Program(Process process) implements Closeable {
    /** Returns once the program has printed a line with {@code ready}; skips the test where there is no such program. */
    static Program start(String ready, List<String> command) throws IOException {
        try {
            var program = new Program(
                    new ProcessBuilder(command).redirectErrorStream(true).start());
            program.await(ready);
            return program;
        } catch (IOException e) {
            return Assumptions.abort("needs to run " + command.getFirst() + ": " + e.getMessage());
        }
    }

    /** A program in Python, for what Java cannot do; it prints {@code ready} and then waits for its input to end. */
    static List<String> python(String text) {
        return List.of(
                "python3", "-c", "import os, socket, sys\n" + text + "print('ready', flush=True)\nsys.stdin.read()");
    }

    String pid() {
        return String.valueOf(process.pid());
    }

    private void await(String ready) throws IOException {
        var said = new StringBuilder();
        var output = process.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.contains(ready)) {
                return;
            }
            said.append(line).append('\n');
        }
        throw new IOException("it ended with: " + said);
    }

    @Override
    public void close() throws IOException {
        process.outputWriter().close();
        process.destroy();
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
