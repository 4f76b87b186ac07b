package dev.berth.linux.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.platform.program.ProgramOutput;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs programs of the system: no shell, no input, English, and an end to the waiting whatever they leave running. */
public final class Programs {
    /** Administrators' programs are outside of many users' PATH. */
    private static final List<String> ALSO_IN = List.of("/usr/sbin", "/sbin", "/usr/local/sbin");

    private static final int LONGEST_COMPLAINT = 4096;

    private final List<String> directories;

    /**
     * Relative directories are passed over: what is in them depends on where Berth happens to be started.
     *
     * @param directories to look into, in that order
     */
    public Programs(List<String> directories) {
        this.directories =
                directories.stream().filter(one -> one.startsWith("/")).toList();
    }

    /** Those of the PATH, and administrators'. */
    public static Programs here() {
        String path = System.getenv().getOrDefault("PATH", "");
        return new Programs(
                Stream.concat(Stream.of(path.split(":", -1)), ALSO_IN.stream()).toList());
    }

    /** How a run ended. */
    public sealed interface Ending {
        /** There is no such program. */
        record Missing() implements Ending {}

        /** It was still running when its time was over, and was ended. */
        record TooLate() implements Ending {}

        /**
         * It ended by itself.
         *
         * @param cut whether there was more output than was to be kept
         * @param complaint what it wrote to standard error, or the beginning
         */
        record Ended(int exit, String output, boolean cut, String complaint) implements Ending {}
    }

    /**
     * Runs one and waits, no more than a few seconds longer than {@code limit}.
     *
     * @param command the program's name and its arguments
     * @param most bytes of output to keep
     * @throws IOException when it does not start
     */
    public Ending run(List<String> command, Duration limit, int most) throws IOException, InterruptedException {
        Path program = find(command.getFirst());
        if (program == null) {
            return new Ending.Missing();
        }
        var words = new ArrayList<>(command);
        words.set(0, program.toString());
        var builder = new ProcessBuilder(words).redirectInput(new File("/dev/null"));
        builder.environment().put("LC_ALL", "C");
        Process running = builder.start();
        try {
            var output = new ProgramOutput(running.getInputStream(), most);
            var complaint = new ProgramOutput(running.getErrorStream(), LONGEST_COMPLAINT);
            if (!running.waitFor(limit)) {
                return new Ending.TooLate();
            }
            output.finish();
            complaint.finish();
            return new Ending.Ended(running.exitValue(), output.text(UTF_8), output.isCut(), complaint.text(UTF_8));
        } finally {
            running.destroyForcibly();
        }
    }

    private @Nullable Path find(String name) {
        return directories.stream()
                .map(directory -> Path.of(directory, name))
                .filter(program -> Files.isRegularFile(program) && Files.isExecutable(program))
                .findFirst()
                .orElse(null);
    }
}
