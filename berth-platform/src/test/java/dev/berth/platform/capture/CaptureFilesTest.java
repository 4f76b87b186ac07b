package dev.berth.platform.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.net.Cases;
import dev.berth.platform.Gap;
import dev.berth.platform.HostFacts;
import dev.berth.platform.HostReadException;
import dev.berth.platform.NetworkNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class CaptureFilesTest {
    private static final Manifest MANIFEST = new Manifest(
            "0.1.0",
            new HostFacts("linux", "6.18.44", "db1", Instant.parse("2026-01-02T03:04:05Z"), true, true, true),
            false,
            List.of(new NetworkNamespace(4026531840L, null), new NetworkNamespace(4026532000L, "blue")),
            List.of(new Gap("files of process 7", "it had ended")));

    @TempDir
    Path directory;

    @Test
    void what_was_recorded_is_read_back() throws Exception {
        Path file = recorded();

        try (Capture capture = CaptureFiles.open(file)) {
            assertThat(capture.manifest()).isEqualTo(MANIFEST);
            assertThat(capture.names("proc/")).containsExactly("proc/net/tcp", "proc/stat");
            assertThat(capture.bytes("proc/stat")).isEqualTo("btime 1".getBytes(UTF_8));
            assertThat(capture.bytes("proc/none")).isNull();
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has lists instead of modes: AccessListTest")
    void only_its_owner_may_read_it() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(recorded())))
                .isEqualTo("rw-------");
    }

    @Test
    void an_interrupted_recording_leaves_nothing() throws Exception {
        try (var writer = CaptureWriter.create(directory.resolve("cut"))) {
            writer.add("proc/stat", new byte[10]);
        }
        try (var left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void a_directory_is_not_replaced() {
        assertThatThrownBy(() -> CaptureWriter.create(directory)).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void what_is_missing_or_a_directory_is_refused() {
        assertThat(refusal(directory.resolve("none")).why()).isEqualTo("there is no such file");
        assertThat(refusal(directory).why()).isEqualTo("it is not a regular file");
    }

    @Test
    void an_empty_file_and_text_are_refused() throws Exception {
        Path file = directory.resolve("other");
        assertThat(refusal(Files.write(file, new byte[0])).why()).startsWith("it is not a capture");
        assertThat(refusal(Files.writeString(file, "tcp LISTEN")).why()).startsWith("it is not a capture");
    }

    @Test
    void a_zip_of_something_else_is_refused() throws Exception {
        assertThat(refusal(zipOf("readme", "hello")).why()).contains("some other zip file");
    }

    @Test
    void a_name_that_leads_out_of_the_capture_is_refused() throws Exception {
        assertThat(refusal(zipOf("../../etc/passwd", "root")).why()).contains("leads out");
        assertThat(refusal(zipOf("/etc/passwd", "root")).why()).contains("leads out");
    }

    @Test
    void a_newer_format_is_refused_by_name() throws Exception {
        assertThat(refusal(zipOf("manifest.json", "{\"schema\":\"berth.capture/2\"}"))
                        .why())
                .isEqualTo("its format is berth.capture/2, and this version of berth reads berth.capture/1");
    }

    @Test
    void a_capture_cut_off_anywhere_is_refused() throws Exception {
        byte[] whole = Files.readAllBytes(recorded());
        Path file = directory.resolve("cut");
        Cases.of(random -> random.nextInt(whole.length)).count(100).forEach(length -> {
            write(file, Arrays.copyOf(whole, length));
            refusal(file);
        });
    }

    @Test
    void a_damaged_capture_reads_or_is_refused_and_nothing_else() throws Exception {
        byte[] whole = Files.readAllBytes(recorded());
        Path file = directory.resolve("damaged");
        Cases.of(random -> {
                    byte[] damaged = whole.clone();
                    for (int i = 0; i < 4; i++) {
                        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
                    }
                    return damaged;
                })
                .forEach(damaged -> {
                    write(file, damaged);
                    try (Capture capture = CaptureFiles.open(file)) {
                        for (String name : capture.names("")) {
                            capture.bytes(name);
                        }
                    } catch (HostReadException e) {
                        assertThat(e.kind()).isEqualTo(HostReadException.Kind.BAD_INPUT);
                    }
                });
    }

    private Path recorded() throws IOException {
        Path file = directory.resolve("host.capture");
        try (var writer = CaptureWriter.create(file)) {
            writer.add("proc/stat", "btime 1".getBytes(UTF_8));
            writer.add("proc/net/tcp", "sl".repeat(1000).getBytes(UTF_8));
            writer.commit(MANIFEST);
        }
        return file;
    }

    private Path zipOf(String name, String contents) throws IOException {
        Path file = directory.resolve("made.zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(contents.getBytes(UTF_8));
        }
        return file;
    }

    private static void write(Path file, byte[] contents) {
        try {
            Files.write(file, contents);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HostReadException refusal(Path file) {
        var refused = catchThrowableOfType(
                HostReadException.class, () -> CaptureFiles.open(file).close());
        assertThat(refused).as("opening %s", file).isNotNull();
        assertThat(refused.kind()).isEqualTo(HostReadException.Kind.BAD_INPUT);
        return refused;
    }
}
