package dev.berth.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a package is made of, for those who have to know: a bill of materials, and the licences. */
final class Contents {
    static final String BILL = "berth.cdx.json";
    static final String NOTICES = "NOTICES.txt";

    private Contents() {}

    /**
     * Writes both into {@code folder}.
     *
     * @param jar the program, with the jars that went into it in {@code libraries} beside it
     * @param jdk what Java was taken from
     * @param java the Java in the package
     */
    static void describe(Path home, Path jar, Release release, Path jdk, Path java, Path folder)
            throws IOException, PackagingException {
        Pom berth = pom(home);
        List<Library> libraries = Library.in(jar.resolveSibling("libraries"), berth);
        JavaRuntime runtime = JavaRuntime.of(jdk, java);
        Files.createDirectories(folder);
        boolean windows = Files.exists(java.resolve("bin/java.exe"));
        write(
                folder.resolve(BILL),
                windows,
                new Bill(release, pom(home.resolve("berth-cli")), berth, libraries, runtime).json());
        String legal = folder.relativize(java.resolve("legal")).toString();
        write(folder.resolve(NOTICES), windows, Notices.of(home, release, berth, libraries, runtime, legal));
    }

    private static void write(Path file, boolean windows, String text) throws IOException {
        Files.writeString(file, windows ? WindowsFolder.lineEnds(text) : text);
    }

    private static Pom pom(Path module) throws IOException {
        try (var in = Files.newInputStream(module.resolve("pom.xml"))) {
            return Pom.read(in);
        }
    }
}
