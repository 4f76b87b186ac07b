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
    /** Variables that would make other packages of the same sources. */
    private static final List<String> SOMEBODYS_OWN = List.of(
            "JAVA_TOOL_OPTIONS",
            "JDK_JAVA_OPTIONS",
            "_JAVA_OPTIONS",
            "BERTH_DEBUG",
            "BERTH_JAVA_OPTIONS",
            "BERTH_STATE",
            "TAR_OPTIONS",
            "GZIP");

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

    /** Runs a command to its end. @return what it printed, without its complaints */
    static String run(Path folder, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException, PackagingException {
        Path complaints = Files.createTempFile("berth-packages", ".txt");
        try {
            var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectError(complaints.toFile());
            SOMEBODYS_OWN.forEach(builder.environment()::remove);
            builder.environment().putAll(environment);
            Process process = started(builder);
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw failed(command, said + Files.readString(complaints));
            }
            return said;
        } finally {
            Files.delete(complaints);
        }
    }

    private static Process started(ProcessBuilder builder) throws PackagingException {
        try {
            return builder.start();
        } catch (IOException e) {
            String name = builder.command().getFirst();
            throw new PackagingException(
                    "cannot run " + name, String.valueOf(e.getMessage()), "install it, or put its folder on PATH");
        }
    }

    private static PackagingException failed(List<String> command, String said) {
        return new PackagingException(
                command.getFirst() + " failed",
                said.isBlank() ? "it did not say why" : said.strip(),
                "run it by hand: " + String.join(" ", command));
    }
}
