package dev.berth.stranger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** The oldest Java that the library is for: compiles for it, and runs on it where there is one. */
record Java17(Path program) {
    static final int CLASS_FILE_VERSION = 61; // JVMS table 4.1-A

    /** That of a JRE or JDK 17; skips the test where there is none: newer systems no longer have it. */
    static Java17 installed() throws IOException {
        var homes = new ArrayList<Path>();
        for (String variable : List.of("JAVA_HOME_17", "JAVA_HOME_17_X64")) {
            String home = System.getenv(variable);
            if (home != null) {
                homes.add(Path.of(home));
            }
        }
        Path installed = Path.of("/usr/lib/jvm");
        if (Files.isDirectory(installed)) {
            try (Stream<Path> all = Files.list(installed)) {
                all.sorted().forEach(homes::add);
            }
        }
        for (Path home : homes) {
            Path java = home.resolve(File.separatorChar == '/' ? "bin/java" : "bin/java.exe");
            if (Files.isExecutable(java) && isVersion17(home.resolve("release"))) {
                return new Java17(java);
            }
        }
        return abort("no Java 17: looked at JAVA_HOME_17, JAVA_HOME_17_X64 and " + installed);
    }

    private static boolean isVersion17(Path release) throws IOException {
        return Files.exists(release)
                && Files.readAllLines(release).stream().anyMatch(line -> line.startsWith("JAVA_VERSION=\"17"));
    }

    /** Compiles with the compiler of this JDK, which knows what Java 17 had. */
    static void compile(String... arguments) {
        var all = new ArrayList<>(List.of("--release", "17"));
        all.addAll(List.of(arguments));
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, all.toArray(String[]::new)))
                .isZero();
    }

    /** What a program says, which ends well. */
    String run(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
