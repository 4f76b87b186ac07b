package dev.berth.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A copy of the source tree. A stand-in for its program prints {@link #ANSWER}, its arguments, and exits with 7. */
record Checkout(Path folder) {
    static final String ANSWER = "stand-in answers";

    private static final Path MAIN = Path.of("berth-cli/src/main/java/dev/berth/cli/Main.java");

    /** What a process left behind. */
    record Result(int exitCode, String out, String err) {}

    /** A process under way; its output goes to files, so that it never waits for a reader. */
    record Running(Process process, Path out, Path err) {
        Result result() throws IOException, InterruptedException {
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IllegalStateException("still running after 5 minutes: " + Files.readString(err));
            }
            return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
        }
    }

    /** A copy of the sources as they are. */
    static Checkout whole(Path folder) throws Exception {
        Files.createDirectories(folder);
        var source = Path.of("..").toRealPath();
        shell("cd '" + source
                + "' && tar -c --exclude .git --exclude target --exclude .berth --exclude .cache . | tar -x -C '"
                + folder + "'");
        return new Checkout(folder);
    }

    private static @Nullable Checkout built;

    /** One that is built, and that no test changes; the same for all. */
    static synchronized Checkout built() throws Exception {
        Checkout one = built;
        if (one == null) {
            Path folder = Files.createTempDirectory("berth-built");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    shell("rm -rf '" + folder + "'");
                } catch (IOException | InterruptedException e) {
                    System.err.println("left behind: " + folder);
                }
            }));
            one = whole(folder.resolve("checkout"));
            one.berth("version");
            built = one;
        }
        return one;
    }

    static Checkout withStandIn(Path folder) throws Exception {
        var checkout = whole(folder);
        shell("rm -rf '" + folder.resolve(MAIN).getParent() + "'");
        Files.createDirectories(folder.resolve(MAIN).getParent());
        Files.writeString(folder.resolve(MAIN).resolveSibling("package-info.java"), "package dev.berth.cli;\n");
        Files.writeString(
                folder.resolve(MAIN).resolveSibling("Training.java"),
                "package dev.berth.cli; class Training { public static void main(String[] a) { Main.answer(a); } }\n");
        checkout.answerWith(ANSWER);
        return checkout;
    }

    /** A copy with the same modification times, the built program included. */
    Checkout copyTo(Path other) throws Exception {
        shell("cp -a '" + folder + "' '" + other + "'");
        return new Checkout(other);
    }

    void answerWith(String answer) throws IOException {
        Files.writeString(folder.resolve(MAIN), """
                package dev.berth.cli;
                public class Main {
                    static void answer(String[] args) { System.out.println("%s" + java.util.List.of(args)); }
                    public static void main(String[] args) { answer(args); System.exit(7); }
                }
                """.formatted(answer));
    }

    void breakSource() throws IOException {
        Files.writeString(folder.resolve(MAIN), "no Java at all");
    }

    /** Runs what builds, as the launcher does where something may have changed. */
    Result build() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var cache = cache().getFileName().toString(); // berth-HASH-JDK_BUILD-who.aot
        var jdkBuild = cache.substring(cache.indexOf('-', "berth-".length()) + 1, cache.length() - "-who.aot".length());
        return start(Map.of(), List.of(java, builder().toString(), folder.toString(), jdkBuild))
                .result();
    }

    /** What builds fails from now on; the launcher does not see that it changed. */
    void breakBuild() throws IOException {
        var time = Files.getLastModifiedTime(builder());
        Files.writeString(builder(), "no Java at all");
        Files.setLastModifiedTime(builder(), time);
    }

    private Path builder() {
        return folder.resolve("launcher/Build.java");
    }

    /** The AOT cache that the next {@code who} will be given. */
    Path cache() throws IOException {
        try (var caches = Files.newDirectoryStream(folder.resolve(".berth"), "*-who.aot")) {
            return caches.iterator().next();
        }
    }

    Result berth(String... arguments) throws Exception {
        return run(Map.of(), arguments);
    }

    Result run(Map<String, String> environment, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(folder.resolve("berth").toString()));
        command.addAll(List.of(arguments));
        return start(environment, command).result();
    }

    Running start(Map<String, String> environment, List<String> command) throws IOException {
        var out = Files.createTempFile("berth", ".out");
        var err = Files.createTempFile("berth", ".err");
        out.toFile().deleteOnExit();
        err.toFile().deleteOnExit();
        var program = new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        var mine = new HashMap<>(Map.of("JAVA_HOME", System.getProperty("java.home")));
        mine.putAll(environment);
        for (var name : List.of("MAVEN_OPTS", "BERTH_DEBUG", "BERTH_JAVA_OPTIONS", "BERTH_JDK_FOLDERS")) {
            program.environment().remove(name);
        }
        program.environment().putAll(mine);
        return new Running(program.start(), out, err);
    }

    static void shell(String script) throws IOException, InterruptedException {
        var code = new ProcessBuilder("sh", "-c", script).inheritIO().start().waitFor();
        if (code != 0) {
            throw new IOException("exit " + code + ": " + script);
        }
    }
}
