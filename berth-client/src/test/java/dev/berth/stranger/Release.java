package dev.berth.stranger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A release as {@code docs/release.md} makes it, of a copy of the sources, into a folder that is laid out as a public repository. */
record Release(Path repository) {
    static final String VERSION = "9.9";

    private static final List<String> LIBRARIES = List.of("berth-net", "berth-client");
    private static final Pattern VERSION_OF_SOURCES =
            Pattern.compile("<artifactId>berth</artifactId>\\s*<version>([^<]+)");

    /**
     * Publishes with the command of the page.
     *
     * @param folder takes the sources and the repository
     * @param also what the command is given beside that
     */
    static Release in(Path folder, Map<String, String> environment, String... also) throws Exception {
        Path sources = copySources(folder.resolve("sources"));
        Path repository = folder.resolve("repository");
        var command = new ArrayList<>(List.of(
                "mvn",
                "-B",
                "-Dpublish",
                "-pl",
                "berth-client",
                "-am",
                "deploy",
                "-DaltDeploymentRepository=release::" + repository.toUri(),
                "-Dmaven.repo.local=" + knownArtifacts(),
                "-Dmaven.install.skip")); // what a test makes is nobody's to depend on
        command.addAll(List.of(also));
        run(sources, environment, command);
        return new Release(repository);
    }

    private static Path copySources(Path sources) throws IOException {
        Path root = Path.of("..").toRealPath();
        String parent = Files.readString(root.resolve("pom.xml"));
        String version = VERSION_OF_SOURCES
                .matcher(parent)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
        var poms = new ArrayList<>(List.of("."));
        Pattern.compile("<module>([^<]+)").matcher(parent).results().forEach(module -> poms.add(module.group(1)));
        for (String folder : poms) {
            Files.createDirectories(sources.resolve(folder));
            String pom = Files.readString(root.resolve(folder).resolve("pom.xml"));
            Files.writeString(sources.resolve(folder).resolve("pom.xml"), pom.replace(version, VERSION));
        }
        Files.copy(root.resolve("LICENSE"), sources.resolve("LICENSE"));
        copy(root, ".mvn", sources);
        for (String library : LIBRARIES) {
            copy(root, library + "/src/main", sources);
        }
        return sources;
    }

    private static void copy(Path root, String tree, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(root.resolve(tree))) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                Path copied = to.resolve(root.relativize(file));
                Files.createDirectories(copied.getParent());
                Files.copy(file, copied);
            }
        }
    }

    /** Where Maven finds what it has downloaded already. */
    static Path knownArtifacts() {
        return Path.of(System.getProperty(
                "localRepository", // as Surefire tells it
                System.getProperty("user.home") + "/.m2/repository"));
    }

    static void run(Path folder, Map<String, String> environment, List<String> command) throws Exception {
        Path log = folder.resolveSibling(folder.getFileName() + ".log"); // a file waits for no reader
        var start = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        start.environment().put("JAVA_HOME", System.getProperty("java.home"));
        start.environment()
                .put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"); // half the time, for so short a run
        start.environment().putAll(environment);
        Process process = start.start();
        process.getOutputStream().close();
        int status = process.waitFor();
        assertThat(status).as(Files.readString(log, StandardCharsets.UTF_8)).isZero();
    }

    /** The jar of a library: {@code ""}, {@code "-sources"} or {@code "-javadoc"}. */
    Path jar(String library, String kind) {
        return of(library).resolve(library + "-" + VERSION + kind + ".jar");
    }

    Path pom(String artifact) {
        return of(artifact).resolve(artifact + "-" + VERSION + ".pom");
    }

    private Path of(String artifact) {
        return repository.resolve("dev/berth").resolve(artifact).resolve(VERSION);
    }

    /** What is of this version, without the checksums. */
    List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(repository)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().matches(".*\\.(md5|sha1)"))
                    .filter(file -> !file.endsWith("maven-metadata.xml")) // of all versions, with the time of the last
                    .toList();
        }
    }
}
