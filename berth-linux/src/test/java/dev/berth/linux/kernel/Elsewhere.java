package dev.berth.linux.kernel;

import dev.berth.net.PortSet;
import dev.berth.platform.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Runs a test's main class under a command that changes what it may see: {@code unshare -n}, {@code setpriv}. */
public final class Elsewhere {
    private Elsewhere() {}

    /** What the program prints; the test is skipped where the command is not to be had. */
    public static String run(List<String> under, Class<?> main, String... arguments) throws IOException {
        var command = new ArrayList<>(under);
        String classPath = Stream.of(main, KernelFiles.class, Settings.class, PortSet.class)
                .map(Elsewhere::home)
                .collect(Collectors.joining(":"));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath,
                main.getName()));
        command.addAll(Arrays.asList(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exit = process.onExit().join().exitValue();
            Assumptions.assumeTrue(exit == 0, () -> "needs to run " + under + ", which said: " + output);
            return output;
        } catch (IOException e) {
            return Assumptions.abort("needs " + under.getFirst() + " on the PATH: " + e.getMessage());
        }
    }

    private static String home(Class<?> type) {
        CodeSource source = Objects.requireNonNull(type.getProtectionDomain().getCodeSource());
        return Path.of(source.getLocation().getPath()).toString();
    }
}
