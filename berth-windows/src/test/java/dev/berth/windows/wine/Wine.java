package dev.berth.windows.wine;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A Windows for tests: the Windows runtime of Java, run by Wine, with a registry and system folder of its own. Skips the test
 * where either is missing; fails it where CI is set. {@code .ci/run} gets both.
 */
public final class Wine implements AutoCloseable {
    private static final List<Path> PROGRAMS = List.of(Path.of("/usr/lib/wine/wine64"), Path.of("/usr/bin/wine64"));
    private static final Path FOLDER = Path.of("target/wine").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path program;
    private final Path java;
    private final Path prefix;

    private final List<String> within;
    private final Path workingFolder;

    private Wine(Path program, Path java, Path prefix, List<String> within, Path workingFolder) {
        this.program = program;
        this.java = java;
        this.prefix = prefix;
        this.within = List.copyOf(within);
        this.workingFolder = workingFolder;
    }

    /** How a program ended. */
    public record Ended(int exit, String output, String complaint) {}

    /** The Windows of this module's tests, below {@code target}: made by the first test that asks, and shared by all of them. */
    public static Wine here() throws IOException, InterruptedException {
        return within(List.of());
    }

    /**
     * The same, with all its sockets in another network namespace.
     *
     * @param words that make the command after them run there
     */
    public static Wine within(List<String> words) throws IOException, InterruptedException {
        if (System.getProperty("os.name").startsWith("Windows")) {
            Assumptions.abort("this is a Windows already");
        }
        Path program = PROGRAMS.stream().filter(Files::isExecutable).findFirst().orElse(null);
        Path java = java();
        if (program == null || java == null) {
            String missing =
                    program == null ? "no wine64 is installed" : "no Windows runtime of Java: .ci/run fetches one";
            if (System.getenv("CI") != null) {
                throw new IllegalStateException(missing);
            }
            Assumptions.abort(missing);
        }
        var wine = new Wine(Objects.requireNonNull(program), Objects.requireNonNull(java), FOLDER, words, Path.of(""));
        if (!Files.exists(FOLDER.resolve("system.reg"))) {
            wine.run(List.of("wineboot", "-i"));
        }
        return wine;
    }

    /** Whether this process runs in one; of a Windows that is not Wine, not. */
    public static boolean isHere() {
        return System.getProperty("os.name").startsWith("Windows")
                && SymbolLookup.libraryLookup("ntdll.dll", Arena.global())
                        .find("wine_get_version")
                        .isPresent();
    }

    /** {@code java.exe} of the Windows runtime, or null where there is none. */
    private static @Nullable Path java() throws IOException {
        String given = System.getenv("BERTH_WINDOWS_RUNTIME");
        Path folder = given != null ? Path.of(given) : checkout().resolve(".cache/windows-runtime");
        Path java = folder.resolve("bin/java.exe");
        return Files.exists(java) ? java : null;
    }

    private static Path checkout() throws IOException {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("berth.cmd"))) {
            folder = Objects.requireNonNull(folder.getParent(), "not in a checkout");
        }
        return folder;
    }

    /** The same, with what it runs standing in that folder. */
    public Wine in(Path folder) {
        return new Wine(program, java, prefix, within, folder);
    }

    /** The folder of the Windows runtime of Java. */
    public Path runtime() {
        return java.resolve("../..").normalize();
    }

    /** How Windows names a file of this machine. */
    public static String path(Path file) {
        return "Z:" + file.toAbsolutePath().toString().replace('/', '\\');
    }

    /** This test's own class path, as Windows writes it. */
    public static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> path(Path.of(entry)))
                .collect(Collectors.joining(";"));
    }

    /** Runs a main class of this test's class path. */
    public Ended java(Class<?> main, String... arguments) throws IOException, InterruptedException {
        return run(command(classPath(), main, arguments));
    }

    /** The words that run a main class. */
    public List<String> command(String classPath, Class<?> main, String... arguments) throws IOException {
        List<String> words = commandWithoutRandomNumbers(classPath, main, arguments);
        words.add(1, "-Djava.security.properties=" + path(randomNumbers()));
        return words;
    }

    /** The same where Java's own random numbers end the virtual machine: whoever makes a secret there does not go unseen. */
    public List<String> commandWithoutRandomNumbers(String classPath, Class<?> main, String... arguments) {
        var words = new ArrayList<>(List.of(
                java.toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath,
                main.getName()));
        words.addAll(List.of(arguments));
        return words;
    }

    /** See {@link WineRandom}. Beside its own folder, which Wine does not show. */
    private static Path randomNumbers() throws IOException {
        Path properties = FOLDER.resolveSibling("wine.java.security");
        return Files.exists(properties)
                ? properties
                : Files.writeString(
                        properties,
                        "security.provider.1=" + WineRandom.class.getName() + "\n"
                                + "security.provider.2=SUN\nsecurity.provider.3=SunJCE\n");
    }

    /** Runs a program, such as {@code reg} with its arguments, to its end. */
    public Ended run(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("wine", ".out");
        Path complaint = Files.createTempFile("wine", ".err");
        try {
            Process running = builder(command)
                    .redirectOutput(output.toFile())
                    .redirectError(complaint.toFile())
                    .start();
            running.getOutputStream().close();
            if (!running.waitFor(PATIENCE)) {
                running.destroyForcibly();
                throw new IllegalStateException(command + " did not end; it wrote " + Files.readString(output));
            }
            return new Ended(running.exitValue(), Files.readString(output), Files.readString(complaint));
        } finally {
            Files.delete(output);
            Files.delete(complaint);
        }
    }

    /** A program to be started, in this Windows. */
    public ProcessBuilder builder(List<String> command) throws IOException {
        Files.createDirectories(prefix);
        var words = new ArrayList<>(within);
        words.add(program.toString());
        words.addAll(command);
        return ofThis(words).directory(workingFolder.toAbsolutePath().toFile());
    }

    private ProcessBuilder ofThis(List<String> words) {
        var builder = new ProcessBuilder(words);
        builder.environment()
                .putAll(Map.of(
                        "HOME",
                        prefix.toString(), // Wine links its folders of documents into it
                        "WINEPREFIX",
                        prefix.toString(),
                        "WINEDEBUG",
                        "-all",
                        "WINEARCH",
                        "win64"));
        return builder;
    }

    /** Ends what still runs in it, and waits until its server has ended: that one would stay in its network namespace. */
    @Override
    public void close() {
        String server = program.resolveSibling("wineserver").toString();
        try {
            ofThis(List.of(server, "--kill"))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
