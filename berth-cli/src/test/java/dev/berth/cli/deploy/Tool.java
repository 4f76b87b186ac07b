package dev.berth.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** Programs of this machine, run to their end. */
final class Tool {
    /** The folder of this repository. */
    static final Path REPOSITORY = repository();

    private static final List<String> FOLDERS =
            List.of((System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/sbin").split(":", -1));

    private Tool() {}

    /** How a program ended and what it wrote, standard error included. */
    record Ended(int code, String said) {
        /** What it wrote, where it ended with 0. */
        String well() {
            assertThat(code).as(said).isZero();
            return said;
        }
    }

    /** Skips the test, visibly, where this machine has no program of that name. */
    static void need(String program) {
        Assumptions.assumeTrue(
                FOLDERS.stream().anyMatch(folder -> Files.isExecutable(Path.of(folder, program))),
                "needs the program " + program);
    }

    /** Runs {@code command}; its first word is the program. */
    static Ended run(String... command) throws Exception {
        return run(Map.of(), command);
    }

    static Ended run(Map<String, String> environment, String... command) throws Exception {
        need(command[0]);
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectInput(new File("/dev/null"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said);
    }

    /**
     * Runs a shell script as root with a network and mounts of its own, its sysctl.d empty; skips the test, visibly, where that
     * is not permitted.
     */
    static Ended apart(String script, Path... arguments) throws Exception {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
        need("unshare");
        Assumptions.assumeTrue(
                run("unshare", "--net", "--mount", "true").code() == 0, "unshare --net --mount is not permitted");
        var command = new ArrayList<>(List.of("unshare", "--net", "--mount", "--propagation", "private", "sh", "-euc"));
        command.add("mount -t tmpfs none /etc/sysctl.d\n" + script);
        command.add("apart");
        Arrays.stream(arguments).map(Path::toString).forEach(command::add);
        return run(command.toArray(String[]::new));
    }

    private static Path repository() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("deploy"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException(
                        "no folder deploy above " + Path.of("").toAbsolutePath());
            }
        }
        return folder;
    }

    /** A file of the folder deploy. */
    static Path deployed(String file) {
        return REPOSITORY.resolve("deploy").resolve(file);
    }

    /** Writes a file, and the folders it is in. */
    static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        return Files.writeString(file, text);
    }
}
