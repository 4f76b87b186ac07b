package dev.berth.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** A Java of only those modules that the program needs, with the program in it and its flags built in. */
final class LinkedImage {
    /** Programs and files for developers, which modules bring with them. */
    private static final String UNUSED =
            "/*/bin/keytool*,/*/bin/jwebserver*,/*/lib/jexec,/*/lib/jrt-fs.jar,/*/lib/classlist";

    private LinkedImage() {}

    /** Links {@code module} with those of the JDK that this runs on, into {@code image}. */
    static void link(Path home, Path module, Path image) throws IOException, InterruptedException, PackagingException {
        Folder.delete(image);
        Tool.ofTheJdk(
                "jlink",
                "--module-path",
                module.toString(),
                "--add-modules",
                ProgramModule.NAME,
                "--strip-debug",
                "--no-header-files",
                "--no-man-pages",
                "--exclude-files=" + UNUSED,
                "--add-options",
                options(home.resolve("launcher/jvm.options")),
                "--output",
                image.toString());
    }

    /** What runs it. */
    static Path java(Path image) {
        return image.resolve("bin").resolve(Here.program("java"));
    }

    /** Those of a checkout; where the launcher does not see to it, that an archive of classes is checked before it is used. */
    private static String options(Path file) throws IOException {
        try (var lines = Files.lines(file)) {
            return lines.map(String::strip)
                            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                            .map(line -> line.replace("ALL-UNNAMED", ProgramModule.NAME))
                            .collect(Collectors.joining(" "))
                    + (Here.isWindows() ? " -XX:+VerifySharedSpaces" : "");
        }
    }
}
