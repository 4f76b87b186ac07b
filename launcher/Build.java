import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Builds Berth from this checkout and trains its AOT cache, for {@code berth} and {@code berth.cmd}.
 *
 * <p>Called as {@code java Build.java HOME JDK_BUILD}. Does only what is missing, under a lock that other first uses
 * wait for. Results appear whole or not at all, in {@code .berth}: {@code berth-HASH.jar}, {@code
 * berth-HASH-JDK_BUILD.aot}, others for the quickest questions alone, and {@code current}, which names the hash and carries the time the build began; so do the jar and the caches, and one that is newer is no longer as it was
 * built.
 *
 * <p>Exit codes: 0 done; 3 the folder may not be written; 4 no Maven; 70 the build failed.
 */
final class Build {
    private static final int NOT_PERMITTED = 3;
    private static final int NOT_POSSIBLE = 4;
    private static final int FAILED = 70;

    private final Path home;
    private final Path folder;
    private final Path current;
    private final String jdkBuild;

    Build(Path home, String jdkBuild) {
        this.home = home.toAbsolutePath().normalize();
        this.folder = this.home.resolve(".berth");
        this.current = folder.resolve("current");
        this.jdkBuild = jdkBuild;
    }

    static void main(String[] args) throws Exception {
        try {
            new Build(Path.of(args[0]), args[1]).run();
        } catch (Failure failure) {
            System.err.println(failure.getMessage());
            System.exit(failure.exitCode);
        }
    }

    void run() throws Exception {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw notWritable(e);
        }
        try (var channel = FileChannel.open(folder.resolve("lock"), CREATE, WRITE);
                var lock = exclusive(channel)) {
            if (isStale()) {
                buildJar();
            }
            var hash = Files.readString(current).strip();
            for (var scope : List.of("", "look", "who")) {
                var suffix = scope.isEmpty() ? "" : "-" + scope;
                var cache = folder.resolve("berth-" + hash + "-" + jdkBuild + suffix + ".aot");
                if (!Files.exists(cache) || isChanged(cache)) {
                    train(folder.resolve("berth-" + hash + ".jar"), cache, scope);
                }
            }
        } catch (FileSystemException e) {
            throw notWritable(e);
        }
    }

    private static FileLock exclusive(FileChannel channel) throws IOException {
        var lock = channel.tryLock();
        if (lock == null) {
            say("waiting for another first use to finish building");
            lock = channel.lock();
        }
        return lock;
    }

    private boolean isStale() throws IOException {
        if (!Files.exists(current)) {
            return true;
        }
        var jar = folder.resolve("berth-" + Files.readString(current).strip() + ".jar");
        if (!Files.exists(jar) || isChanged(jar)) {
            return true;
        }
        for (var source : sources()) {
            try (var tree = Files.walk(source)) {
                for (var path : (Iterable<Path>) tree::iterator) {
                    if (isChanged(path)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private boolean isChanged(Path path) throws IOException {
        return Files.getLastModifiedTime(path).compareTo(Files.getLastModifiedTime(current)) > 0;
    }

    /** What a build depends on; the launchers look at the same places. */
    private List<Path> sources() throws IOException {
        var sources = new ArrayList<>(List.of(home.resolve("pom.xml"), home.resolve("launcher")));
        try (var modules = Files.newDirectoryStream(home, module -> Files.exists(module.resolve("pom.xml")))) {
            for (var module : modules) {
                sources.add(module.resolve("pom.xml"));
                if (Files.exists(module.resolve("src/main"))) {
                    sources.add(module.resolve("src/main"));
                }
            }
        }
        return sources;
    }

    private void buildJar() throws Exception {
        say("building from source; this happens once, and again when the sources change");
        var begun = FileTime.from(Instant.now()); // an edit made while we build counts as newer
        var target = folder.resolve("build");
        delete(target);
        var log = folder.resolve("build.log");
        var maven = new ProcessBuilder(
                maven(),
                "-B",
                "-ntp",
                "-Dplain=build",
                "-pl",
                "berth-cli",
                "-am",
                "package");
        maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
        maven.environment()
                .merge("MAVEN_OPTS", "--sun-misc-unsafe-memory-access=allow", (users, ours) -> users + " " + ours);
        if (run(maven.directory(home.toFile()), log) != 0) {
            delete(target);
            throw new Failure(
                    FAILED,
                    "the build failed",
                    firstErrors(log),
                    "read " + log + "; a first build needs the network for its dependencies");
        }
        var built = target.resolve("berth-cli").resolve("berth.jar");
        var hash = hash(built);
        Files.setLastModifiedTime(built, begun);
        publish(built, folder.resolve("berth-" + hash + ".jar"));
        var previous = Files.exists(current) ? Files.readString(current).strip() : hash;
        var next = Files.writeString(folder.resolve("current.new"), hash + "\n");
        Files.setLastModifiedTime(next, begun);
        publish(next, current);
        deleteAllBut(hash, previous);
        delete(target);
        Files.deleteIfExists(log);
    }

    /**
     * Runs the commands of a scope once, so that their classes are in the cache: a cache costs a start the more, the more
     * classes it has. Without a cache Berth is slower, not worse.
     *
     * @param scope as {@code dev.berth.cli.Training} knows it, or nothing for all commands
     */
    private void train(Path jar, Path cache, String scope) throws Exception {
        try (var held = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            train(jar, cache, scope, held);
        } catch (SocketException e) { // out of ports, which is when Berth is needed: run without, and try another time
            say("no fast start this time, for want of a free port (" + e.getMessage() + ")");
        }
    }

    private void train(Path jar, Path cache, String scope, ServerSocket held) throws Exception {
        say("preparing a fast start" + switch (scope) {
            case "who" -> " of who";
            case "look" -> " of list and doctor";
            default -> "";
        } + " on JDK " + jdkBuild);
        var unfinished = folder.resolve("training.aot");
        var log = folder.resolve("training.log");
        var java = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + home.resolve("launcher").resolve("jvm.options"),
                "-XX:AOTCacheOutput=" + unfinished.getFileName(),
                "-cp",
                jar.getFileName().toString(),
                "dev.berth.cli.Training",
                Integer.toString(held.getLocalPort()),
                scope);
        for (var meantForServers : List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS")) {
            java.environment().remove(meantForServers);
        }
        int exitCode;
        try (var client = new Socket(held.getInetAddress(), held.getLocalPort());
                var accepted = held.accept()) {
            client.setSoLinger(true, 0); // a close that leaves no TIME_WAIT for the first doctor to find
            accepted.setSoLinger(true, 0);
            exitCode = run(java.directory(folder.toFile()), log);
        }
        if (exitCode == 0 && Files.exists(unfinished)) {
            Files.deleteIfExists(log);
        } else {
            Files.write(unfinished, new byte[0]); // tried in vain: do not try at every start
            say("no fast start on this JDK, see " + log);
        }
        Files.setLastModifiedTime(unfinished, Files.getLastModifiedTime(current));
        publish(unfinished, cache);
    }

    private static int run(ProcessBuilder program, Path log) throws IOException, InterruptedException {
        var process = program.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        process.getOutputStream().close();
        return process.waitFor();
    }

    private static String maven() throws Failure {
        var name = File.pathSeparatorChar == ';' ? "mvn.cmd" : "mvn";
        var path = System.getenv("PATH"); // not by way of the map: Windows calls it Path
        for (var folder : path == null ? new String[0] : path.split(File.pathSeparator)) {
            var candidate = Path.of(folder.replace("\"", ""), name); // Windows takes entries in quotes
            if (Files.isExecutable(candidate)) {
                return candidate.toString();
            }
        }
        throw new Failure(
                NOT_POSSIBLE,
                "cannot build: mvn is not on PATH",
                "Berth is built from source with Maven 3.8 or newer",
                howToGetMaven());
    }

    private static String howToGetMaven() {
        var commands = Map.of(
                "/usr/bin/apt-get", "sudo apt-get install maven",
                "/usr/bin/dnf", "sudo dnf install maven",
                "/usr/bin/zypper", "sudo zypper install maven",
                "/sbin/apk", "sudo apk add maven",
                "/usr/bin/pacman", "sudo pacman -S maven",
                "/opt/homebrew/bin/brew", "brew install maven",
                "/usr/local/bin/brew", "brew install maven");
        return commands.entrySet().stream()
                .filter(entry -> Files.exists(Path.of(entry.getKey())))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("get it from https://maven.apache.org/download.cgi");
    }

    private static String firstErrors(Path log) throws IOException {
        try (var lines = Files.lines(log)) {
            var errors = lines.filter(line -> line.startsWith("[ERROR] ") && line.length() > 8)
                    .takeWhile(line -> !line.contains("full stack trace"))
                    .limit(3)
                    .map(line -> line.substring(8))
                    .toList();
            return errors.isEmpty() ? "Maven ended without saying why" : String.join("\n        ", errors);
        }
    }

    private static String hash(Path jar) throws Exception {
        var digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));
        return HexFormat.of().formatHex(digest, 0, 8);
    }

    /** Moves a finished file to its name, its bytes on the disk first. */
    private static void publish(Path finished, Path name) throws IOException {
        try (var file = FileChannel.open(finished, READ, WRITE)) {
            file.force(true);
        }
        Files.move(finished, name, ATOMIC_MOVE);
    }

    /** Keeps the build before this one: a Berth that starts now may have read its name already. */
    private void deleteAllBut(String hash, String previous) throws IOException {
        try (var files = Files.newDirectoryStream(folder, "berth-*")) {
            for (var file : files) {
                var name = file.getFileName().toString();
                if (!name.startsWith("berth-" + hash) && !name.startsWith("berth-" + previous)) {
                    deleteUnlessInUse(file);
                }
            }
        }
    }

    /** Windows keeps a file that a running Berth has open; the build after the next tries again. */
    private static void deleteUnlessInUse(Path file) throws IOException {
        try {
            Files.delete(file);
        } catch (FileSystemException inUse) {
            // older than the build before this one: nobody asks for it by name any more
        }
    }

    private static void delete(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (var tree = Files.walk(root)) {
            for (var path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private Failure notWritable(IOException cause) {
        return new Failure(
                NOT_PERMITTED,
                "cannot build in " + folder,
                cause + "; what was built there is missing or older than the sources",
                "run berth once as the user who owns " + home + ", or use a checkout of your own");
    }

    private static void say(String progress) {
        System.err.println("berth: " + progress + " ...");
    }

    private static final class Failure extends Exception {
        private final int exitCode;

        Failure(int exitCode, String what, String why, String next) {
            super("berth: " + what + "\n  why:  " + why + "\n  next: " + next);
            this.exitCode = exitCode;
        }
    }
}
