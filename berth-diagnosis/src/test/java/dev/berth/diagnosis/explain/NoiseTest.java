package dev.berth.diagnosis.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.Cases;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What loggers and collectors put around a line does not change what it says. */
class NoiseTest {
    private static final Recogniser RECOGNISER = Recogniser.ofAllProducts();

    private static final List<String> BEFORE = List.of(
            "",
            "2026-11-22T02:00:00.123Z ",
            "2026-11-22 02:00:00,098 ERROR [main] (13) ",
            "Nov 22 02:00:00 host1 app[98]: ",
            "I0102 15:04:05.000048       1 main.go:99] ",
            "[2026-11-22 02:00:00 +0000] [48] [ERROR] ",
            "time=\"2026-11-22T02:00:00Z\" level=error msg=\"",
            "{\"ts\":1700010048.098,\"level\":\"error\",\"caller\":\"app/server.go:105\",\"msg\":\"",
            "2026/11/22 02:00:00 [emerg] 98#13: *48 ",
            "\u001B[31mERROR\u001B[0m ",
            "app-1  | ",
            "<31>1 2026-11-22T02:00:00Z host1 app 10048 ID47 - ",
            "Caused by: ",
            "    ");

    private static final List<String> AFTER = List.of(
            "",
            " ",
            "\"",
            "\"}",
            ", retrying in 5s",
            " (attempt 3 of 5)",
            " [trace=4bf92f3577b34da6a3ce929d0e0e4736]",
            "\u001B[0m",
            "\r");

    private record Wrapped(String before, LabelledLine line, String after) {
        static Wrapped of(Random random, List<LabelledLine> lines) {
            return new Wrapped(one(random, BEFORE), one(random, lines), one(random, AFTER));
        }

        private static <T> T one(Random random, List<T> all) {
            return all.get(random.nextInt(all.size()));
        }

        String text() {
            return before + line.line() + after;
        }
    }

    @Test
    void a_line_says_the_same_whatever_stands_around_it() throws IOException {
        List<LabelledLine> lines = RecognitionTest.lines();
        Cases.of(random -> Wrapped.of(random, lines))
                .seed(Cases.fresh())
                .forEach(wrapped -> assertThat(Reading.of(RECOGNISER.recognise(wrapped.text())))
                        .isEqualTo(
                                Reading.of(RECOGNISER.recognise(wrapped.line().line()))));
    }
}
