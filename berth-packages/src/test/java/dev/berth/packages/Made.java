package dev.berth.packages;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All packages of this checkout, made once for all tests. */
final class Made {
    static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
    static final Path JAR = CHECKOUT.resolve("berth-cli/target/berth.jar");

    private static final Path WORK = Path.of("target/packaging").toAbsolutePath();
    private static @Nullable Path folder;
    private static @Nullable Release release;

    private Made() {}

    /** The folder with them in it. */
    static synchronized Path packages() throws Exception {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "these packages are made on Linux");
        assumeTrue(Files.exists(JAR), "the program is not packed yet: mvn -pl berth-packages -am verify");
        assumeTrue(
                Files.exists(JAR.resolveSibling("libraries")),
                "the program was packed before its libraries were laid beside it: mvn -pl berth-packages -am verify");
        if (folder == null) {
            Path out = Folder.fresh(Path.of("target/packages").toAbsolutePath());
            Packages.make(CHECKOUT, JAR, release(), out, WORK);
            folder = out;
        }
        return folder;
    }

    /** What they were made from on the way. */
    static Path work() throws Exception {
        packages();
        return WORK;
    }

    /** What they are made of: of one moment, for somebody may change a file while the tests run. */
    static synchronized Release release() throws Exception {
        if (release == null) {
            release = Release.of(CHECKOUT);
        }
        return release;
    }

    /** The one whose name ends so. */
    static Path one(String end) throws Exception {
        try (Stream<Path> files = Files.list(packages())) {
            return files.filter(file -> file.toString().endsWith(end))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
