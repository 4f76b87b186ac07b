package dev.berth.client.servers;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Finds the programs of the distribution. */
final class Programs {
    private Programs() {}

    /** Where the program is, by PATH and in the folders for administrators; skips the test where it is not. */
    static Path find(String name, String debianPackage) {
        String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
        return Stream.concat(Stream.of(path.split(File.pathSeparator, -1)), Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(() -> missing(name + " is not installed: apt-get install " + debianPackage));
    }

    private static Path missing(String reason) {
        if (System.getenv("CI") != null) {
            throw new AssertionError(reason); // nothing tried is nothing proved
        }
        return Assumptions.abort(reason);
    }
}
