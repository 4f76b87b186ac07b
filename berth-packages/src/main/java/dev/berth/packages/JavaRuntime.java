package dev.berth.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The Java in a package.
 *
 * @param vendor who built it; empty where the build does not say
 * @param version with the build: {@code 25.0.3+9-LTS}
 * @param sources where its source is, with the commit; empty where the build does not say
 * @param modules those of it that are there, without the program
 * @param microsoft the files of {@link MicrosoftRuntime} in it, none but on Windows
 */
record JavaRuntime(String vendor, String version, String sources, List<Module> modules, List<String> microsoft) {
    static final String LICENCE = "GPL-2.0-only WITH Classpath-exception-2.0";
    static final String LICENCE_FILE = "legal/java.base/LICENSE";

    private static final String EXCEPTION = "\"CLASSPATH\" EXCEPTION TO THE GPL";

    private static final Pattern SPACES = Pattern.compile(" +");
    private static final Pattern VERSIONED = Pattern.compile("(.+?),? (?:v ?|Version )?([0-9]\\S*)");

    /** One of its modules, with what of others is in it. */
    record Module(String name, List<Piece> pieces) {}

    /**
     * What others wrote, as the {@code legal} folder names it.
     *
     * @param version empty where none is written there
     * @param licences headings of their texts
     */
    record Piece(String name, String version, List<String> licences) {
        String title() {
            return version.isEmpty() ? name : name + " " + version;
        }
    }

    /**
     * @param jdk what it was linked from, which says more of itself
     * @param image what was linked
     * @throws PackagingException when it may not be handed on under {@link #LICENCE}
     * @see <a href="https://openjdk.org/jeps/223">JEP 223</a>
     */
    static JavaRuntime of(Path jdk, Path image) throws IOException, PackagingException {
        if (!mayBeHandedOn(image)) {
            throw new PackagingException(
                    "this Java cannot go into a package",
                    notHandedOn(image),
                    "take a build of OpenJDK, such as Eclipse Temurin or that of the distribution: JAVA_HOME names it");
        }
        Properties whole = release(jdk);
        if (!isX64(whole)) {
            throw new PackagingException(
                    "this Java cannot go into a package",
                    jdk + " is for " + architecture(whole) + ", and the packages are for x86-64",
                    "take a JDK for x86-64: JAVA_HOME names it");
        }
        var modules = new ArrayList<Module>();
        for (String name : SPACES.split(value(release(image), "MODULES"), -1)) {
            if (!name.equals(ProgramModule.NAME)) {
                modules.add(new Module(name, pieces(image.resolve("legal").resolve(name))));
            }
        }
        String commit = value(whole, "SOURCE").replaceFirst("^.*git:", "");
        String repository = value(whole, "SOURCE_REPO");
        return new JavaRuntime(
                value(whole, "IMPLEMENTOR"),
                value(whole, whole.containsKey("JAVA_RUNTIME_VERSION") ? "JAVA_RUNTIME_VERSION" : "JAVA_VERSION"),
                repository.isEmpty() ? "" : repository + "@" + commit,
                modules,
                MicrosoftRuntime.files(image));
    }

    /** Whether it is for x86-64, as far as its {@code release} says: not every build does. */
    static boolean isX64(Properties release) {
        return List.of("", "x86_64", "amd64").contains(architecture(release));
    }

    static String architecture(Properties release) {
        return value(release, "OS_ARCH");
    }

    /** Whether its own licence is {@link #LICENCE}; that of Oracle's JDK, which is built from the same source, is another. */
    static boolean mayBeHandedOn(Path java) throws IOException {
        Path licence = java.resolve(LICENCE_FILE);
        return Files.exists(licence) && Files.readString(licence).contains(EXCEPTION);
    }

    static String notHandedOn(Path java) {
        return java.resolve(LICENCE_FILE) + " is not there, or is not the GNU General Public License with the Classpath"
                + " exception, and under another one it may not be handed on with Berth";
    }

    /** Pieces of all modules. */
    List<Piece> pieces() {
        return modules.stream().flatMap(module -> module.pieces().stream()).toList();
    }

    private static List<Piece> pieces(Path legal) throws IOException {
        var pieces = new ArrayList<Piece>();
        if (!Files.isDirectory(legal)) { // not every runtime has one for each module
            return pieces;
        }
        try (Stream<Path> files = Files.list(legal)) {
            for (Path file : files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !Files.isSymbolicLink(file)) // that of another module
                    .sorted()
                    .toList()) {
                pieces.add(piece(Files.readAllLines(file)));
            }
        }
        return pieces;
    }

    private static Piece piece(List<String> lines) {
        String title = heading(lines.getFirst());
        var versioned = VERSIONED.matcher(title);
        boolean hasVersion = versioned.matches();
        return new Piece(
                hasVersion ? versioned.group(1) : title,
                hasVersion ? versioned.group(2) : "",
                lines.stream()
                        .filter(line -> line.startsWith("### "))
                        .map(JavaRuntime::heading)
                        .toList());
    }

    private static String heading(String line) {
        return line.replaceFirst("^#+ *", "").strip();
    }

    private static Properties release(Path home) throws IOException {
        var properties = new Properties();
        try (var in = Files.newBufferedReader(home.resolve("release"))) {
            properties.load(in);
        }
        return properties;
    }

    private static String value(Properties release, String name) {
        return release.getProperty(name, "").replace("\"", "");
    }
}
