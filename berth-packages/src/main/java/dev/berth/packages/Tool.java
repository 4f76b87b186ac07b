package dev.berth.packages;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Programs that packages are made with. */
final class Tool {
    private static final List<String> MEANT_FOR_SERVERS =
            List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    private static final Path JDK = Path.of(System.getProperty("java.home"));

    private Tool() {}

    /** Whether a command of that name can be run. */
    static boolean isThere(String name) {
        String path = System.getenv("PATH");
        return path != null
                && Stream.of(path.split(File.pathSeparator))
                        .anyMatch(folder -> new File(folder, Here.program(name)).canExecute());
    }

    /** Runs a tool of the JDK that this runs on: as a process, for jlink links the same differently in one where it has run. */
    static void ofTheJdk(String name, String... arguments)
            throws IOException, InterruptedException, PackagingException {
        Path tool = JDK.resolve("bin").resolve(Here.program(name));
        if (!Files.isExecutable(tool)) {
            throw new PackagingException(
                    "no " + name, "this Java is no whole JDK: " + JDK, "run ./package, which looks for one");
        }
        var command = new ArrayList<>(List.of(tool.toString()));
        command.addAll(List.of(arguments));
        run(Path.of("."), Map.of(), command);
    }

    /** Runs a command to its end. @return what it printed */
    static String run(Path folder, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException, PackagingException {
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        MEANT_FOR_SERVERS.forEach(builder.environment()::remove);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw failed(command.getFirst(), command.subList(1, command.size()), said);
        }
        return said;
    }

    private static PackagingException failed(String name, List<String> arguments, String said) {
        return new PackagingException(
                name + " failed",
                said.isBlank() ? "it did not say why" : said.strip(),
                "run it by hand: " + name + " " + String.join(" ", arguments));
    }
}
