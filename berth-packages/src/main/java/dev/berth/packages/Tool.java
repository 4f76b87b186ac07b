package dev.berth.packages;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** Programs that packages are made with: those of the JDK in this process, others as processes. */
final class Tool {
    private static final List<String> MEANT_FOR_SERVERS =
            List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    private Tool() {}

    /** Whether a command of that name can be run. */
    static boolean isThere(String name) {
        String path = System.getenv("PATH");
        return path != null
                && Stream.of(path.split(File.pathSeparator))
                        .anyMatch(folder -> new File(folder, Here.program(name)).canExecute());
    }

    /** Runs a tool of the JDK that this runs on. */
    static void ofTheJdk(String name, String... arguments) throws PackagingException {
        ToolProvider tool = ToolProvider.findFirst(name)
                .orElseThrow(() -> new PackagingException(
                        "no " + name, "this Java is no whole JDK", "run ./package, which looks for one"));
        var said = new StringWriter();
        var writer = new PrintWriter(said);
        if (tool.run(writer, writer, arguments) != 0) {
            throw failed(name, Arrays.asList(arguments), said.toString());
        }
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
