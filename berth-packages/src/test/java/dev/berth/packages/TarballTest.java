package dev.berth.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarballTest {
    @TempDir
    static Path folder;

    private static Path berth;

    @BeforeAll
    static void unpack() throws Exception {
        Path spaced = Files.createDirectories(folder.resolve("a folder with spaces"));
        try (Stream<Path> files = Files.list(Made.packages())) {
            Path tarball = files.filter(file -> file.toString().endsWith("-linux-x64.tar.gz"))
                    .findFirst()
                    .orElseThrow();
            Tool.run(spaced, Map.of(), List.of("tar", "-xzf", tarball.toString()));
        }
        try (Stream<Path> files = Files.list(spaced)) {
            berth = files.findFirst().orElseThrow().resolve("bin/berth");
        }
    }

    @Test
    void berth_runs_from_a_path_with_spaces() throws Exception {
        assertThat(Tool.run(folder, Map.of(), List.of(berth.toString(), "version")))
                .startsWith("berth ");
    }
}
