package dev.berth.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.cli.Main;
import dev.berth.diagnosis.doctor.Checkup;
import dev.berth.linux.LinuxProvider;
import dev.berth.net.PortSet;
import dev.berth.platform.Hosts;
import dev.berth.remedy.free.FreePlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.commons.cli.CommandLine;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.core.JsonGenerator;

/** A user without any privilege and a copy of Berth that this user can read. */
record Nobody(String classPath, Path state) {
    private static final List<String> SETPRIV =
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--bounding-set=-all");
    private static final List<Class<?>> PARTS = List.of(
            Main.class,
            Checkup.class,
            FreePlan.class,
            LinuxProvider.class,
            Hosts.class,
            PortSet.class,
            JsonGenerator.class,
            CommandLine.class);

    /** How a run ended. */
    record Result(int code, String out, String err) {}

    static Nobody in(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        var copies = new ArrayList<String>();
        for (Class<?> part : PARTS) {
            var source = Objects.requireNonNull(part.getProtectionDomain().getCodeSource());
            Path copy = folder.resolve(part.getSimpleName());
            copy(Path.of(source.getLocation().getPath()), copy);
            copies.add(copy.toString());
        }
        Path state = Files.createDirectory(folder.resolve("state"));
        Files.setAttribute(state, "unix:uid", 65_534);
        return new Nobody(String.join(":", copies), state);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var all = Files.walk(from)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                Files.copy(path, to.resolve(from.relativize(path).toString()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** Runs {@code berth LINE --json} in the network namespace of {@code stage}. */
    Answer ask(Stage stage, String line) throws Exception {
        Result ran = run(stage, line + " --json");
        return Answer.of(line.split(" ", -1)[0], ran.code(), ran.out(), ran.err());
    }

    Result run(Stage stage, String line) throws Exception {
        return run(stage.within(), line);
    }

    /** @param within the words that make the command after them run where it should */
    Result run(List<String> within, String line) throws Exception {
        var command = new ArrayList<>(within);
        command.addAll(List.of("env", "BERTH_STATE=" + state));
        command.addAll(SETPRIV);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                Main.class.getName()));
        command.addAll(Arrays.asList(line.split(" ", -1)));
        try {
            var err = Files.createTempFile("berth", ".err");
            try {
                var process =
                        new ProcessBuilder(command).redirectError(err.toFile()).start();
                String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                var result = new Result(process.waitFor(), out, Files.readString(err));
                assertThat(result.err()).doesNotContain("setpriv:", "Exception");
                return result;
            } finally {
                Files.delete(err);
            }
        } catch (IOException e) {
            return Assumptions.abort("needs setpriv and nsenter: " + e.getMessage());
        }
    }
}
