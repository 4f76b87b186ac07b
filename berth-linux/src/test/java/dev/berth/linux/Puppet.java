package dev.berth.linux;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A Python process that does what a test tells it, line by line, and ends with the test. */
public final class Puppet implements AutoCloseable {
    private static final String LOOP = """
            import errno, os, socket, sys, time
            def text(answer):
                return answer if isinstance(answer, str) else repr(answer)
            for line in sys.stdin:
                try:
                    try:
                        said = text(eval(line))
                    except SyntaxError:
                        exec(line)
                        said = 'done'
                except OSError as e:
                    said = errno.errorcode.get(e.errno, str(e))
                print(said, flush=True)
            """;

    private final Process process;
    private final BufferedReader output;
    private final BufferedWriter input;

    private Puppet(Process process) {
        this.process = process;
        this.output = process.inputReader();
        this.input = process.outputWriter();
    }

    /** @param prefix a command that changes what it may do, such as {@code setpriv} and its options */
    public static Puppet start(String... prefix) throws IOException {
        var command = new ArrayList<>(Arrays.asList(prefix));
        command.addAll(List.of("python3", "-c", LOOP));
        try {
            return new Puppet(new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            return Assumptions.abort("needs " + command.getFirst() + " on the PATH: " + e.getMessage());
        }
    }

    /** What a line of Python comes to; the name of the error where it fails as a system call does. */
    public String ask(String line) throws IOException {
        input.write(line + "\n");
        input.flush();
        String answer = output.readLine();
        if (answer == null) {
            throw new IOException("the puppet has ended; its error is on stderr");
        }
        return answer;
    }

    /** A line that must succeed. */
    public void run(String line) throws IOException {
        String answer = ask(line);
        if (!answer.equals("done") && !answer.equals("None")) {
            throw new IOException(line + " came to " + answer);
        }
    }

    public int number(String line) throws IOException {
        return Integer.parseInt(ask(line));
    }

    public int pid() {
        return (int) process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** How it ended: an exit code, or 128 and the signal. */
    public int exit() throws InterruptedException {
        return process.waitFor(10, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
