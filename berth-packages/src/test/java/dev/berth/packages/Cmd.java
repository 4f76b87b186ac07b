package dev.berth.packages;

import dev.berth.windows.wine.Wine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Scripts of Windows, run by Wine's cmd. */
final class Cmd {
    private Cmd() {}

    /** Runs a script to its end, standing in {@code folder}. */
    static Wine.Ended run(Wine wine, Path folder, Map<String, String> environment, List<String> words)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("cmd", "/c"));
        command.addAll(words);
        Path out = Files.createTempFile("cmd", ".out");
        Path err = Files.createTempFile("cmd", ".err");
        try {
            ProcessBuilder builder = wine.in(folder)
                    .builder(command)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IllegalStateException(words + " did not end; it wrote " + Files.readString(out));
            }
            return new Wine.Ended(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }
}
