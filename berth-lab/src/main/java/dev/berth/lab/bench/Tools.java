package dev.berth.lab.bench;

import dev.berth.lab.LabException;
import dev.berth.lab.Need;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The programs that are timed or time, in a folder of their own: made from the sources that Berth ships, or found. */
final class Tools implements AutoCloseable {
    static final String OSHI = "OSHI";
    static final String PSUTIL = "psutil";

    private static final String HEADERS = "gcc libc6-dev linux-libc-dev";
    private static final Need CC = Need.program("cc", HEADERS);
    private static final Pattern OSHI_JAR = Pattern.compile("oshi-core-([0-9.]+[0-9])");
    private static final String CACHE = "-XX:AOTCache=";
    private static final String CLASS_PATH = "-cp";
    private static final String CONNECTIONS = "import psutil\nfor c in psutil.net_connections('tcp'): print(c)";

    private final Path folder;
    private final Berth berth;
    private final @Nullable String oshi;
    private final String python;

    private Tools(Path folder, Berth berth, @Nullable String oshi, String python) {
        this.folder = folder;
        this.berth = berth;
        this.oshi = oshi;
        this.python = python;
    }

    /**
     * @param oshi the class path of OSHI; null to look for it where {@code bench/performance.sh} puts it
     * @throws LabException where there is no C compiler
     */
    static Tools make(Berth berth, @Nullable String oshi) throws LabException, IOException, InterruptedException {
        Need.requireAll("cannot time anything", List.of(CC));
        Path folder = Files.createTempDirectory("berth-lab-bench");
        folder.toFile().deleteOnExit(); // last: what is registered later goes earlier
        var tools = new Tools(folder, berth, oshi == null ? found(berth, "oshi") : oshi, python(berth));
        for (String program : List.of("meas", "populate", "floor")) {
            tools.compile(program);
        }
        ProgramJar.write(folder, OshiConnections.class).toFile().deleteOnExit();
        return tools;
    }

    private static @Nullable Path peers(Berth berth) {
        return berth.home() == null ? null : berth.home().resolve(".berth").resolve("peers");
    }

    private static @Nullable String found(Berth berth, String peer) throws IOException {
        Path peers = peers(berth);
        if (peers == null || !Files.isDirectory(peers.resolve(peer))) {
            return null;
        }
        try (Stream<Path> jars = Files.list(peers.resolve(peer))) {
            List<String> all = jars.map(Path::toString).sorted().toList();
            return all.isEmpty() ? null : String.join(File.pathSeparator, all);
        }
    }

    private static String python(Berth berth) {
        Path peers = peers(berth);
        Path own = peers == null ? Path.of("python3") : peers.resolve("python/bin/python3");
        return Files.isExecutable(own) ? own.toString() : "python3";
    }

    private void compile(String program) throws LabException, IOException, InterruptedException {
        Path source = temporary(program + ".c");
        try (InputStream text = Tools.class.getResourceAsStream(program + ".c")) {
            if (text == null) {
                throw new IOException("berth's jar has no " + program + ".c");
            }
            Files.copy(text, source);
        }
        Path log = temporary("log");
        if (run(List.of("cc", "-O2", "-o", temporary(program).toString(), source.toString()), log) != 0) {
            throw new LabException(
                    LabException.Kind.NOT_POSSIBLE,
                    "cannot time anything",
                    "cc cannot compile " + program + ".c: "
                            + Files.readString(log).lines().findFirst().orElse("it says nothing"),
                    "install a compiler with the headers of C and Linux: on Debian and Ubuntu, apt-get install "
                            + HEADERS);
        }
    }

    /** A file in the folder, which goes when this process ends, however that is. */
    private Path temporary(String name) {
        Path file = folder.resolve(name);
        file.toFile().deleteOnExit();
        return file;
    }

    private void must(List<String> command) throws LabException, IOException, InterruptedException {
        Path log = temporary("log");
        int exitCode = run(command, log);
        if (exitCode != 0) {
            throw LabException.failed(
                    String.join(" ", command) + " failed",
                    "exit " + exitCode + ": "
                            + Files.readString(log, StandardCharsets.UTF_8).strip());
        }
    }

    private static int run(List<String> command, Path log) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.redirectInput(Redirect.from(new File("/dev/null")));
        return builder.start().waitFor();
    }

    /** Of the peers that no system brings. */
    Map<String, String> versions() throws IOException, InterruptedException {
        var versions = new LinkedHashMap<String, String>();
        Path log = temporary("log");
        if (run(List.of(python, "-c", "import psutil; print(psutil.__version__)"), log) == 0) {
            versions.put(PSUTIL, Versions.number(Files.readString(log)));
        }
        if (oshi != null) {
            Matcher jar = OSHI_JAR.matcher(oshi);
            versions.put(OSHI, jar.find() ? jar.group(1) : "of an unknown version");
        }
        return versions;
    }

    String path(String program) {
        return folder.resolve(program).toString();
    }

    Contender floor() {
        return new Contender("floor", Contender.Kind.FLOOR, List.of(path("floor")), null);
    }

    Contender berth(String... arguments) {
        return new Contender(
                "berth " + String.join(" ", arguments), Contender.Kind.BERTH, berth.command(arguments), null);
    }

    /** The same by the launcher; nothing where there is none. */
    List<Contender> launched(String... arguments) {
        Path home = berth.home();
        if (home == null || !Files.isExecutable(home.resolve("berth"))) {
            return List.of();
        }
        List<String> words = Stream.concat(Stream.of(home.resolve("berth").toString()), Stream.of(arguments))
                .toList();
        return List.of(new Contender(
                "berth " + String.join(" ", arguments) + ", by its launcher", Contender.Kind.BERTH, words, null));
    }

    /** On the JVM of Berth, with its flags, and with an AOT cache where Berth has one. */
    List<String> hello() throws LabException, IOException, InterruptedException {
        List<String> own = berth.words();
        List<String> flags = own.subList(1, own.indexOf(CLASS_PATH)).stream()
                .filter(flag -> !flag.startsWith(CACHE))
                .toList();
        Path jar = ProgramJar.write(folder, Hello.class);
        jar.toFile().deleteOnExit();
        List<String> program = List.of("-jar", jar.toString());
        boolean cached = own.stream().anyMatch(word -> word.startsWith(CACHE));
        Path cache = temporary("hello.aot");
        if (cached) {
            must(java(flags, List.of("-XX:AOTCacheOutput=" + cache), program));
        }
        return java(flags, cached ? List.of(CACHE + cache) : List.of(), program);
    }

    Contender psutil() {
        return new Contender(
                PSUTIL,
                Contender.Kind.PEER,
                List.of(python, "-c", CONNECTIONS),
                new Need("psutil", "python3 -m pip install psutil, or bench/performance.sh", null, this::hasPsutil));
    }

    private boolean hasPsutil() {
        var builder = new ProcessBuilder(python, "-c", "import psutil");
        builder.environment().clear(); // as where it will run
        builder.environment().put("PATH", String.join(":", Need.FOLDERS));
        try {
            return builder.start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    Contender oshi() {
        var need = new Need("OSHI", "--oshi CLASSPATH, or bench/performance.sh", null, () -> oshi != null);
        String classPath = oshi + File.pathSeparator + path(OshiConnections.class.getSimpleName() + ".jar");
        List<String> words = List.of(berth.words().getFirst(), CLASS_PATH, classPath, OshiConnections.class.getName());
        return new Contender(OSHI, Contender.Kind.PEER, words, need);
    }

    private List<String> java(List<String> flags, List<String> cache, List<String> program) {
        return Stream.of(berth.words().subList(0, 1), flags, cache, program)
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
