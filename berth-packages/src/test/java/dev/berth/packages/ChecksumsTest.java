package dev.berth.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChecksumsTest {
    @Test
    void a_file_that_is_no_package_is_left_out(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("berth-1.tar.gz"), "");
        Files.writeString(folder.resolve("diary.txt"), "");
        assertThat(Checksums.write(folder))
                .hasContent("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  berth-1.tar.gz");
    }

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
