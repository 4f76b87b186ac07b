package dev.berth.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SinceTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:12:00Z");
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource({
        "30s,2026-11-22T03:11:30Z",
        "10m,2026-11-22T03:02:00Z",
        "2h,2026-11-22T01:12:00Z",
        "3d,2026-11-19T03:12:00Z",
        "1w,2026-11-15T03:12:00Z",
        "2026-11-22,2026-11-21T23:00:00Z",
        "2026-07-01,2026-06-30T22:00:00Z",
        "2026-11-22T01:00,2026-11-22T00:00:00Z",
        "2026-11-22 01:00,2026-11-22T00:00:00Z",
        "2026-11-22T01:00:05.5,2026-11-22T00:00:05.500Z",
        "2026-11-22T01:00Z,2026-11-22T01:00:00Z",
        "2026-11-22T01:00:00Z,2026-11-22T01:00:00Z",
        "2026-11-22T01:00:00+02:00,2026-11-21T23:00:00Z"
    })
    void a_time_is_so_long_ago_or_a_day_or_a_moment(String text, Instant moment) {
        assertThat(Since.parse(text, NOW, ZONE)).isEqualTo(moment);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yesterday",
                "10",
                "-5m",
                "1.5h",
                "9999999d",
                "2026-13-01",
                "2026-02-30",
                "01:00",
                "2026-11-22T25:00",
                "2026-11-22T01:00+99:00",
                "2026-11-22T01:00 UTC"
            })
    void anything_else_is_refused(String text) {
        assertThatThrownBy(() -> Since.parse(text, NOW, ZONE)).isInstanceOf(DateTimeException.class);
    }
}
