package dev.berth.diagnosis.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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

    static List<LabelledLine> lines() throws IOException {
        return RecognitionTest.lines();
    }

    @ParameterizedTest
    @MethodSource("lines")
    void a_line_says_the_same_whatever_stands_around_it(LabelledLine line) {
        Reading bare = Reading.of(RECOGNISER.recognise(line.line()));
        for (String before : BEFORE) {
            for (String after : AFTER) {
                String wrapped = before + line.line() + after;
                assertThat(Reading.of(RECOGNISER.recognise(wrapped)))
                        .as(wrapped)
                        .isEqualTo(bare);
            }
        }
    }
}
