package dev.berth.diagnosis.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Long lines that are made to keep a reader busy: each is read in a share of a second of the processor's time. */
class HostileLinesTest {
    private static final int LENGTH = 64 * 1024;
    private static final Duration MOST = Duration.ofSeconds(2); // ten times what any took when this was written
    private static final ErrorTexts TEXTS = ErrorTexts.shipped();
    private static final List<Sentence> SENTENCES = ProductFile.shipped(TEXTS);
    private static final Recogniser RECOGNISER = new Recogniser(TEXTS, SENTENCES);

    static Stream<String> repeated() {
        Stream<String> pieces = Stream.of(
                "(",
                "[",
                "{",
                "'",
                "\"",
                ":",
                ".",
                "/",
                "-",
                "*",
                "9",
                "0",
                "a",
                " ",
                "\t",
                "ä",
                "\uD83D",
                "\u0000",
                "::",
                "('",
                "[(",
                "a:",
                "a.",
                "1.",
                "1:",
                ":1 ",
                "a/",
                "//",
                "->",
                "bind ",
                "bind(",
                "connect: ",
                "listen tcp ",
                "port ",
                "port=1 ",
                "port [",
                "errno ",
                "errno 98 ",
                "error(-99)",
                "0x8007",
                "{0,0,0,0},",
                "{0,0,0,0},1 ",
                "('a', ",
                "http://",
                "http://a:",
                "[::]:80 ",
                "10.0.0.1:80 ",
                "10.0.0.1 and port ",
                "address ",
                "email address already in use ",
                "unix:",
                "code: 98, kind",
                "address already in use ",
                "EADDRINUSE ",
                "WSAEADDRINUSE (0x2740) ");
        return Stream.concat(
                pieces, SENTENCES.stream().map(sentence -> sentence.template().trigger()));
    }

    @BeforeAll
    static void warm_up() {
        repeated().forEach(piece -> RECOGNISER.recognise(piece.repeat(20)));
    }

    @ParameterizedTest
    @MethodSource("repeated")
    void a_line_of_one_piece_over_and_over_takes_no_time(String piece) {
        String line = piece.repeat(LENGTH / piece.length() + 1) + " bind() failed (98: Address already in use)";
        assertThat(processorTime(line)).isLessThan(MOST);
    }

    private static Duration processorTime(String line) {
        var threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        RECOGNISER.recognise(line);
        return Duration.ofNanos(threads.getCurrentThreadCpuTime() - before);
    }
}
