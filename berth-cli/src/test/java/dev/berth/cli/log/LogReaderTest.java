package dev.berth.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.berth.cli.log.LogReader.Sizes;
import dev.berth.diagnosis.explain.LogLine;
import dev.berth.net.Cases;
import dev.berth.platform.Gap;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogReaderTest {
    private static final String ERROR = "bind: Address already in use";
    private static final String FRENCH = "bind: Adresse déjà utilisée";

    @Test
    void lines_with_a_trigger_are_told_with_their_numbers() {
        Logs logs = Logs.of("one\n" + ERROR + "\r\n\n\nlisten EADDRINUSE :::80\nfive");
        assertThat(logs.texts()).containsExactly(ERROR, "listen EADDRINUSE :::80");
        assertThat(logs.numbers()).containsExactly(2L, 5L);
        assertThat(logs.lines()).isEqualTo(6);
        assertThat(logs.gaps()).isEmpty();
    }

    @Test
    void the_last_line_needs_no_end() {
        assertThat(Logs.of(ERROR).texts()).containsExactly(ERROR);
        assertThat(Logs.of(ERROR + "\n").lines()).isEqualTo(1);
        assertThat(Logs.of("").lines()).isZero();
    }

    @Test
    void a_line_with_two_triggers_is_told_once() {
        assertThat(Logs.of("EADDRINUSE: address already in use EADDRINUSE\n").texts())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    void every_encoding_of_unicode_is_read_with_and_without_a_mark(String name) {
        Charset charset = Charset.forName(name);
        for (String mark : List.of("", "\ufeff")) {
            Logs logs = Logs.of(
                    (mark + "2026-11-22 10:00:00.12 Server\r\n" + FRENCH + " \ud83d\ude00\r\n").getBytes(charset));
            assertThat(logs.texts()).containsExactly(FRENCH + " \ud83d\ude00");
            assertThat(logs.numbers()).containsExactly(2L);
            assertThat(logs.told().getFirst().at()).isEqualTo("2026-11-22T10:00:00.12Z");
            assertThat(logs.gaps()).isEmpty();
        }
    }

    @Test
    void what_is_no_utf_8_is_read_as_windows_1252_and_that_is_said() {
        Logs logs = Logs.of("d\u00e9faut: EADDRINUSE\nEADDRINUSE\n".getBytes(Charset.forName("windows-1252")));
        assertThat(logs.texts()).containsExactly("d\u00e9faut: EADDRINUSE", "EADDRINUSE");
        assertThat(logs.gaps())
                .containsExactly(new Gap("the letters of a line", "bytes that are no UTF-8 were read as windows-1252"));
    }

    @Test
    void a_binary_file_is_read_and_called_one() {
        Logs logs = Logs.of("\u007fELF\0\0\0" + ERROR + "\0\0");
        assertThat(logs.texts()).singleElement().asString().contains(ERROR);
        assertThat(logs.gaps()).singleElement().extracting(Gap::what).isEqualTo("what in the log is no text");
    }

    @Test
    void escapes_of_json_are_undone() {
        Logs logs = Logs.of(
                "{\"log\":\"listen EADDRINUSE: \\\"\\u00e9\\\"\\ttab\\n\",\"stream\":\"stderr\",\"time\":\"2026-11-22T10:00:00.5Z\"}\n");
        assertThat(logs.texts()).containsExactly("{\"log\":\"listen EADDRINUSE: \"\u00e9\"\ttab");
        assertThat(logs.told().getFirst().at()).isEqualTo("2026-11-22T10:00:00.5Z");
    }

    @Test
    void the_lines_of_a_stack_trace_in_json_are_told_each() {
        Logs logs = Logs.of(
                "{\"message\":\"failed\",\"stack\":\"x.Y: no\\n\\tat a.b\\nCaused by: Address already in use\\n\\tat c.d\"}");
        assertThat(logs.texts()).containsExactly("Caused by: Address already in use");
        assertThat(logs.lines()).isEqualTo(1);
    }

    @Test
    void the_few_lines_of_a_message_in_json_are_one_sentence() {
        Logs logs = Logs.of("{\"msg\":\"bind failed\\nAddress already in use\\r\\n  at :8080\"}");
        assertThat(logs.texts()).containsExactly("{\"msg\":\"bind failed Address already in use   at :8080\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"log\":\"EADDRINUSE \\u12",
                "{EADDRINUSE \\",
                "{EADDRINUSE \\uzzzz",
                "{EADDRINUSE \\q",
                "{\"EADDRINUSE"
            })
    void broken_json_is_a_line_like_any_other(String line) {
        assertThat(Logs.of(line).texts()).containsExactly(line);
    }

    @Test
    void colours_are_left_out() {
        assertThat(Logs.of(
                                "\u001b[1;31mError\u001b[0m: \u001b]8;;http://x\u001b\\listen\u001b]0;t\u0007 EADDRINUSE\u001b[")
                        .texts())
                .containsExactly("Error: listen EADDRINUSE");
    }

    @Test
    void a_line_without_a_time_has_that_of_the_nearest_above() {
        Logs logs = Logs.of("2026-11-22 10:00:00 a\nb\n2026-11-22 11:00:00 c\nd\n" + ERROR + "\ne\n" + ERROR + "\n");
        assertThat(logs.told())
                .extracting(LogLine::at)
                .containsOnly(Instant.parse("2026-11-22T11:00:00Z"))
                .hasSize(2);
    }

    @Test
    void a_time_200_lines_above_counts_and_one_further_up_does_not() {
        String time = "2026-11-22 10:00:00 a\n";
        assertThat(Logs.of(time + "b\n".repeat(199) + ERROR).told().getFirst().at())
                .isNotNull();
        assertThat(Logs.of(time + "b\n".repeat(200) + ERROR).told().getFirst().at())
                .isNull();
        Logs through = Logs.of(time + "b\n".repeat(198) + ERROR + "\n" + ERROR + "\n" + ERROR + "\n");
        assertThat(through.told()).extracting(line -> line.at() != null).containsExactly(true, true, false);
    }

    @Test
    void what_was_written_before_is_left_out_and_what_has_no_time_is_kept_and_said() {
        String log = ERROR + " 0\n2026-11-22 10:00:00 " + ERROR + " 1\n2026-11-22 11:00:00 " + ERROR + " 2\n";
        Logs logs = Logs.of(
                new ByteArrayInputStream(log.getBytes(StandardCharsets.UTF_8)),
                Instant.parse("2026-11-22T10:30:00Z"),
                Logs.ORDINARY);
        assertThat(logs.numbers()).containsExactly(1L, 3L);
        assertThat(logs.gaps()).singleElement().extracting(Gap::what).isEqualTo("when a line was written");
    }

    @Test
    void of_a_line_too_long_every_trigger_is_found_once_and_what_surrounds_it_is_told() {
        var line = new StringBuilder("x".repeat(400_000));
        int[] places = {0, 40_000, 72_755, 200_000, 232_760, 232_780, 399_980};
        for (int i = 0; i < places.length; i++) {
            line.replace(places[i], places[i] + 12, "EADDRINUSE " + i);
        }
        Logs logs = Logs.of("a\n" + line + "\n" + ERROR + "\n");
        assertThat(logs.numbers()).endsWith(2L, 3L).startsWith(2L);
        assertThat(logs.texts()).allSatisfy(text -> assertThat(text.length()).isLessThanOrEqualTo(64 * 1024));
        for (int i = 0; i < places.length; i++) {
            String trigger = "EADDRINUSE " + i;
            assertThat(logs.texts()).filteredOn(text -> text.contains(trigger)).hasSize(1);
        }
        assertThat(logs.gaps())
                .containsExactly(new Gap(
                        "all of a line", "of a line longer than 64 KiB only what surrounds an error is looked at"));
    }

    @Test
    void the_longest_line_that_is_told_whole_has_64_kib() {
        String most = "x".repeat(64 * 1024 - ERROR.length()) + ERROR;
        assertThat(Logs.of(most + "\n" + most).texts()).containsExactly(most, most);
        Logs more = Logs.of("y" + most + "\n");
        assertThat(more.texts()).singleElement().asString().hasSize(32 * 1024);
        assertThat(more.gaps()).hasSize(1);
    }

    /** Gives the bytes in pieces of chance. */
    private static final class Bits extends InputStream {
        private final InputStream in;
        private final Random random;
        private final int most;

        Bits(byte[] bytes, Random random, int most) {
            this.in = new ByteArrayInputStream(bytes);
            this.random = random;
            this.most = most;
        }

        @Override
        public int read() throws java.io.IOException {
            return in.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws java.io.IOException {
            return in.read(into, offset, Math.min(length, 1 + random.nextInt(most)));
        }
    }

    private static String randomLog(Random random) {
        var log = new StringBuilder();
        List<String> parts = List.of(
                "EADDRINUSE",
                "EADDRIN",
                "Address already in use",
                "déjà",
                "Adresse déjà utilisée",
                "x",
                " ",
                "\r",
                "{",
                "\\n",
                "2026-11-22 10:%02d:00 ",
                "Nov 22 10:%02d:01 ",
                "\ud83d\ude00",
                "\0");
        for (int i = random.nextInt(120); i > 0; i--) {
            String part = parts.get(random.nextInt(parts.size())).formatted(random.nextInt(60));
            log.append(random.nextInt(12) == 0 ? part.repeat(1 + random.nextInt(80)) : part);
            if (random.nextInt(4) == 0) {
                log.append('\n');
            }
        }
        return log.toString();
    }

    @Test
    void however_the_bytes_come_the_same_lines_are_told() {
        Cases.of(random -> random.nextLong()).count(500).forEach(seed -> {
            var random = new Random(seed);
            byte[] log = randomLog(random)
                    .getBytes(random.nextInt(8) == 0 ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8);
            int longest = 64 + random.nextInt(400);
            Logs atOnce = Logs.of(new ByteArrayInputStream(log), null, new Sizes(32 * 1024, longest));
            for (int most : new int[] {1, 7, 300, 100_000}) {
                assertThat(Logs.of(new Bits(log, random, most), null, new Sizes(1 + random.nextInt(200), longest)))
                        .isEqualTo(atOnce);
            }
        });
    }

    @Test
    void what_is_told_is_what_splitting_at_newlines_tells() {
        Cases.of(LogReaderTest::randomLog).count(1_000).forEach(log -> {
            var expected = new ArrayList<Long>();
            String[] lines = log.split("\n", -1);
            for (int i = 0; i < lines.length; i++) {
                byte[] line = lines[i].getBytes(StandardCharsets.UTF_8);
                if (Logs.TRIGGERS.find(line, 0, line.length) >= 0) {
                    expected.add(i + 1L);
                }
            }
            Logs logs = Logs.of(
                    new ByteArrayInputStream(log.getBytes(StandardCharsets.UTF_8)), null, new Sizes(4_096, 32 * 1024));
            assertThat(logs.numbers().stream().distinct().toList()).isEqualTo(expected);
            assertThat(logs.lines()).isEqualTo(log.isEmpty() ? 0 : lines.length - (log.endsWith("\n") ? 1 : 0));
        });
    }

    /** Gives one line that is not to end, and counts how much it is asked for at once. */
    private static final class Endless extends InputStream {
        private long left;
        private int mostAtOnce;

        Endless(long left) {
            this.left = left;
        }

        @Override
        public int read() {
            return left-- > 0 ? 'x' : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            mostAtOnce = Math.max(mostAtOnce, length);
            int count = (int) Math.min(length, left);
            Arrays.fill(into, offset, offset + count, (byte) 'x');
            byte[] error = ERROR.getBytes(StandardCharsets.UTF_8);
            System.arraycopy(error, 0, into, offset, Math.min(count, error.length));
            left -= count;
            return count;
        }
    }

    @Test
    void endless_input_takes_no_more_memory() {
        var endless = new Endless(300_000_000);
        int[] pieces = {0};
        var reader = new LogReader(
                Logs.TRIGGERS, null, line -> pieces[0] += line.text().length() <= 64 * 1024 ? 1 : 1_000_000);
        try {
            reader.read(endless);
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
        assertThat(endless.mostAtOnce).isLessThan(1024 * 1024);
        assertThat(pieces[0]).isBetween(200, 1_000);
        assertThat(reader.lines()).isEqualTo(1);
    }

    @Test
    void another_log_counts_its_own_lines() throws Exception {
        var told = new ArrayList<LogLine>();
        var reader = new LogReader(Logs.TRIGGERS, null, told::add);
        for (int i = 0; i < 2; i++) {
            reader.read(new ByteArrayInputStream(("a\n" + ERROR + "\nb").getBytes(StandardCharsets.UTF_8)));
        }
        assertThat(told).extracting(LogLine::number).containsExactly(2L, 2L);
        assertThat(reader.lines()).isEqualTo(6);
    }

    @FuzzTest
    void any_bytes_are_a_log(@NotNull byte[] bytes) {
        Logs logs = Logs.of(new ByteArrayInputStream(bytes), Logs.NOW, new Sizes(16, 96));
        assertThat(logs.lines()).isBetween(0L, (long) bytes.length);
        assertThat(logs.told()).allSatisfy(line -> assertThat(line.number()).isBetween(1L, logs.lines()));
    }
}
