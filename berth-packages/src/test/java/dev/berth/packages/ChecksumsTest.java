package dev.berth.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChecksumsTest {
    @Test
    void sha256sum_finds_every_package_as_it_was_made() throws Exception {
        String said = Tool.run(
                Made.packages(), Map.of("LC_ALL", "C"), List.of("sha256sum", "--check", "--strict", Checksums.FILE));
        try (Stream<Path> files = Files.list(Made.packages())) {
            assertThat(said.lines())
                    .containsExactlyInAnyOrderElementsOf(files.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString())
                            .filter(name -> !name.equals(Checksums.FILE))
                            .map(name -> name + ": OK")
                            .toList());
        }
    }
}
