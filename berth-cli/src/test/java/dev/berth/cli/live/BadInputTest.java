package dev.berth.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.cli.Berth;
import dev.berth.cli.command.Surroundings;
import dev.berth.platform.Hosts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user may get wrong, on the real host: exit code 2, nothing on standard output, and what, why, next. */
@EnabledOnOs(OS.LINUX)
class BadInputTest {
    private static void assertRefused(String says, String... words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int code = Berth.run(words, new Surroundings(InputStream.nullInputStream(), out, err, Map.of(), Hosts.here()));
        String said = err.toString(StandardCharsets.UTF_8);
        assertThat(code).as(said).isEqualTo(2);
        assertThat(out.size()).isZero();
        assertThat(said).contains(says);
        assertThat(said.lines())
                .as(said)
                .satisfiesExactly(
                        what -> assertThat(what).startsWith("berth: "),
                        why -> assertThat(why).startsWith("  why   "),
                        next -> assertThat(next).startsWith("  next  "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "80-", "-80", "80-90", "http", "", "８０", "1e3", "99999999999999999999"})
    void what_is_not_a_port_is_refused(String port) {
        assertRefused("port", "who", "--json", "--", port);
        assertRefused("port", "why", "--", port);
    }

    @Test
    void a_namespace_of_an_unknown_name_is_refused() {
        assertRefused("no network namespace 'no-such-place'", "doctor", "--netns", "no-such-place");
        assertRefused("no network namespace '../../proc/self/ns/net'", "list", "--netns", "../../proc/self/ns/net");
    }

    @Test
    void a_process_that_has_ended_has_no_namespace() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        assertRefused("no process " + ended.pid(), "doctor", "--netns", String.valueOf(ended.pid()));
    }

    @Test
    void a_capture_that_is_none_is_refused(@TempDir Path folder) throws Exception {
        byte[] noise = new byte[1 << 20];
        new Random(1).nextBytes(noise);
        Path zip = folder.resolve("empty.zip");
        Files.write(zip, new byte[] {'P', 'K', 5, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        refuses(folder.resolve("missing"));
        refuses(folder);
        refuses(Files.write(folder.resolve("empty"), new byte[0]));
        refuses(Files.write(folder.resolve("binary"), noise));
        refuses(Files.writeString(folder.resolve("text"), "State Recv-Q Send-Q\n"));
        refuses(zip);
        refuses(huge(folder.resolve("huge")));
        refuses(Path.of("/dev/null"));
        refuses(Path.of("/dev/zero"));
    }

    /** As long as a disk, and without a block on it. */
    private static Path huge(Path file) throws IOException {
        try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(1L << 40);
        }
        return file;
    }

    private static void refuses(Path capture) {
        assertRefused(capture.toString(), "doctor", "--from", capture.toString());
    }
}
