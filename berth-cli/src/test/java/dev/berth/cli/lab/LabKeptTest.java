package dev.berth.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.berth.cli.Berth;
import dev.berth.cli.command.ExitCode;
import dev.berth.cli.command.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Whatever fails once the lab is kept, it is said how to end it. */
@EnabledOnOs(OS.LINUX)
class LabKeptTest {
    private static final Pattern END = Pattern.compile("(?:sudo )?kill -9 (\\d+)");

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int play(OutputStream out, String... options) {
        var words = new String[options.length + 4];
        System.arraycopy(new String[] {"lab", "self-connect", "--quick", "--keep"}, 0, words, 0, 4);
        System.arraycopy(options, 0, words, 4, options.length);
        int code = Berth.run(words, new Surroundings(InputStream.nullInputStream(), out, err, Map.of(), null));
        assumeFalse(code == ExitCode.NOT_POSSIBLE && System.getenv("CI") == null, err::toString);
        return code;
    }

    private static void endBy(String said) {
        Matcher end = END.matcher(said);
        assertThat(end.find()).as(said).isTrue();
        ProcessHandle kept = ProcessHandle.of(Long.parseLong(end.group(1))).orElseThrow();
        assertThat(kept.destroyForcibly()).isTrue();
        kept.onExit().join();
    }

    @Test
    void when_a_file_has_taken_the_place_of_the_transcript(@TempDir Path folder) {
        Path page = folder.resolve("a.md");
        var out = new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] bytes, int from, int length) {
                super.write(bytes, from, length);
                try {
                    Files.writeString(page, "mine");
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
        };
        int code = play(out, "--transcript", page.toString());
        endBy(out.toString(StandardCharsets.UTF_8));
        assertThat(code).isEqualTo(ExitCode.OUTPUT_FAILED);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("cannot write " + page, "it exists by now");
        assertThat(page).hasContent("mine");
    }

    @Test
    void when_the_document_cannot_be_written() {
        var full = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        int code = play(full, "--json");
        endBy(err.toString(StandardCharsets.UTF_8));
        assertThat(code).isEqualTo(ExitCode.OUTPUT_FAILED);
    }
}
