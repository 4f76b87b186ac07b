package dev.berth.linux.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.platform.HostFacts;
import dev.berth.platform.capture.CaptureFiles;
import dev.berth.platform.capture.CaptureWriter;
import dev.berth.platform.capture.Manifest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedFilesTest {
    @Test
    void files_and_directories_are_those_of_the_namespace(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("host.capture");
        try (var writer = CaptureWriter.create(file)) {
            writer.add("netns/1/files/proc/7/stat", new byte[] {7});
            writer.add("netns/1/files/proc/7/status", new byte[] {8});
            writer.add("netns/12/files/proc/9/stat", new byte[] {9});
            var facts = new HostFacts("linux", "6.18", "db1", Instant.EPOCH, true, true);
            writer.commit(new Manifest("0.1.0", facts, false, List.of(), List.of()));
        }
        try (var capture = CaptureFiles.open(file)) {
            var files = new RecordedFiles(capture, "netns/1/files");
            assertThat(files.read("/proc/7/stat")).containsExactly(7);
            assertThat(files.read("/proc/9/stat")).isNull();
            assertThat(files.list("/proc")).containsExactly("7");
            assertThat(files.list("/proc/7")).containsExactly("stat", "status");
            assertThat(files.list("/etc")).isEmpty();
        }
    }
}
