package dev.berth.platform.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.berth.platform.HostReadException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whatever bytes are given for a capture: it is read or refused, and nothing else. */
class CaptureFuzzTest {
    @FuzzTest
    void a_file_is_a_capture_or_refused(byte @NotNull [] bytes) throws IOException {
        Path file = Files.createTempFile("fuzz", ".capture");
        try {
            Files.write(file, bytes);
            readAll(file);
        } catch (HostReadException refused) {
            assertThat(refused.kind()).isEqualTo(HostReadException.Kind.BAD_INPUT);
            assertThat(refused.why()).isNotBlank();
        } finally {
            Files.delete(file);
        }
    }

    @FuzzTest
    void text_is_a_manifest_or_refused(byte @NotNull [] json) {
        try {
            assertThat(ManifestJson.read(json).facts().system()).isNotNull();
        } catch (MalformedManifestException refused) {
            assertThat(refused).message().isNotBlank();
        }
    }

    private static void readAll(Path file) throws HostReadException {
        try (Capture capture = CaptureFiles.open(file)) {
            for (String name : capture.names("")) {
                assertThat(capture.bytes(name)).isNotNull();
            }
        }
    }
}
