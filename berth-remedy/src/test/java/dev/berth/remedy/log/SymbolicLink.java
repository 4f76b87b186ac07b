package dev.berth.remedy.log;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A link for tests; skips the test where there can be none. */
public final class SymbolicLink {
    private SymbolicLink() {}

    public static void make(Path link, Path to) throws IOException {
        try {
            Files.createSymbolicLink(link, to);
        } catch (FileSystemException e) {
            Assumptions.abort("on Windows making a link takes a right: " + e.getMessage());
        }
        Assumptions.assumeTrue(Files.isSymbolicLink(link), "Wine shows what a link leads to, and no link");
    }
}
