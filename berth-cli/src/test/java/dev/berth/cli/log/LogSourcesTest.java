package dev.berth.cli.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.cli.log.LogReader.Sizes;
import dev.berth.platform.Gap;
import dev.berth.platform.HostReadException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogSourcesTest {
    private static final String ERROR = "bind: Address already in use\n";

    @TempDir
    Path folder;

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("a.log"), bytes);
    }

    private static byte[] packed(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static Logs read(Path file) throws Exception {
        try (InputStream in = LogSources.open(file)) {
            return Logs.of(in, null, new Sizes(64, 4_096));
        }
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    @Test
    void a_file_is_read_as_it_is() throws Exception {
        assertThat(read(file((ERROR + "x").getBytes(StandardCharsets.UTF_8))).numbers())
                .containsExactly(1L);
        assertThat(read(file(new byte[0])).lines()).isZero();
        assertThat(read(file(new byte[] {0x1f})).lines()).isEqualTo(1);
        assertThat(read(file("BZip is no bzip2\nBZh\n".getBytes(StandardCharsets.UTF_8)))
                        .lines())
                .isEqualTo(2);
    }

    @Test
    void what_gzip_packed_is_unpacked_and_so_is_what_was_added() throws Exception {
        byte[] both = joined(packed("one\n" + ERROR), packed("three\n" + ERROR));
        assertThat(read(file(both)).numbers()).containsExactly(2L, 4L);
        var unsure = new ByteArrayInputStream(both) {
            @Override
            public synchronized int available() {
                return 0; // as a pipe that waits for its writer
            }
        };
        assertThat(Logs.of(LogSources.piped(unsure), null, Logs.ORDINARY).numbers())
                .containsExactly(2L, 4L);
    }

    @Test
    void of_what_breaks_off_the_readable_part_is_read_and_the_rest_is_a_gap() throws Exception {
        byte[] whole = packed(ERROR + "x".repeat(10));
        Logs logs = read(file(Arrays.copyOf(whole, whole.length - 9)));
        assertThat(logs.numbers()).containsExactly(1L);
        assertThat(logs.gaps()).singleElement().extracting(Gap::what).isEqualTo("the rest of the log");
    }

    @Test
    void what_only_begins_like_gzip_is_refused() throws Exception {
        assertThatThrownBy(() -> read(file(new byte[] {0x1f, (byte) 0x8b, 99, 1, 2, 3, 4, 5, 6, 7, 8})))
                .isInstanceOfSatisfying(
                        HostReadException.class, e -> assertThat(e.why()).startsWith("it begins as what gzip packs"));
    }

    @ParameterizedTest
    @CsvSource({"28b52ffd00, zstdcat", "fd377a585a0000, xzcat", "425a6839314159265359, bzcat", "504b030414, unzip -p"})
    void what_others_packed_is_refused_with_the_command_to_pipe_it_through(String magic, String program)
            throws Exception {
        Path file = file(java.util.HexFormat.of().parseHex(magic));
        assertThatThrownBy(() -> read(file)).isInstanceOfSatisfying(HostReadException.class, e -> {
            assertThat(e.kind()).isEqualTo(HostReadException.Kind.BAD_INPUT);
            assertThat(e.next()).isEqualTo(program + " " + file + " | berth explain -");
        });
    }

    @Test
    void a_missing_file_a_directory_and_one_that_may_not_be_read_are_told_apart() throws Exception {
        assertThatThrownBy(() -> LogSources.open(folder.resolve("none")))
                .isInstanceOfSatisfying(
                        HostReadException.class, e -> assertThat(e.why()).isEqualTo("there is no such file"));
        assertThatThrownBy(() -> LogSources.open(folder))
                .isInstanceOfSatisfying(
                        HostReadException.class, e -> assertThat(e.why()).isEqualTo("it is a directory"));
        Path secret = file(new byte[] {1});
        assumeTrue(Files.getFileStore(secret).supportsFileAttributeView("posix"));
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
        assumeTrue(!Files.isReadable(secret), "root may read everything");
        assertThatThrownBy(() -> LogSources.open(secret))
                .isInstanceOfSatisfying(
                        HostReadException.class,
                        e -> assertThat(e.kind()).isEqualTo(HostReadException.Kind.NOT_PERMITTED));
    }
}
