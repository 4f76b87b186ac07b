package dev.berth.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.Cases;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogTimesTest {
    private static final ZoneId ZONE = ZoneId.of("+02:00");
    private static final LogTimes TIMES =
            new LogTimes(ZONE, InstantSource.fixed(Instant.parse("2026-11-22T12:00:00Z")));

    private static @Nullable Instant in(String line) {
        return in(TIMES, line);
    }

    private static @Nullable Instant in(LogTimes times, String line) {
        byte[] bytes = ("2020-01-01 00:00:00 the line above\n" + line).getBytes(StandardCharsets.UTF_8);
        return times.in(bytes, bytes.length - line.getBytes(StandardCharsets.UTF_8).length, bytes.length);
    }

    /** Who writes it, what the line begins with, when that was, in a zone two hours east of Greenwich. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            Spring Boot      ; 2024-03-01T10:20:30.123+01:00  INFO 1 --- [main]                 ; 2024-03-01T09:20:30.123Z
            log4j            ; 2024-03-01 10:20:30,123 ERROR [main]                             ; 2024-03-01T08:20:30.123Z
            PostgreSQL       ; 2024-03-01 10:20:30.123 UTC [1] LOG:  could not bind             ; 2024-03-01T10:20:30.123Z
            Elasticsearch    ; [2024-03-01T10:20:30,123][INFO ][o.e.n.Node]                     ; 2024-03-01T08:20:30.123Z
            MySQL            ; 2024-03-01T10:20:30.123456Z 0 [ERROR] [MY-010262]                ; 2024-03-01T10:20:30.123456Z
            MariaDB          ; 2024-03-01 10:20:30 0 [ERROR] Can't start server                 ; 2024-03-01T08:20:30Z
            SQL Server       ; 2024-03-01 10:20:30.12 Server      Error: 26023                  ; 2024-03-01T08:20:30.12Z
            rsyslog          ; 2024-03-01T10:20:30.123456-05:00 host prog[1]: x                 ; 2024-03-01T15:20:30.123456Z
            short-iso        ; 2024-03-01T10:20:30+0100 host prog[1]: x                         ; 2024-03-01T09:20:30Z
            docker compose   ; web-1  | 2024-03-01T10:20:30Z x                                  ; 2024-03-01T10:20:30Z
            nginx            ; 2018/03/16 17:57:18 [emerg] 1#1: bind()                          ; 2018-03-16T15:57:18Z
            nginx access     ; 10.0.0.9 - - [16/Mar/2018:17:57:18 +0000] "GET / HTTP/1.1"       ; 2018-03-16T17:57:18Z
            Apache httpd     ; [Fri Nov 22 01:51:05.123456 2024] [mpm:error] [pid 1]            ; 2024-11-21T23:51:05.123456Z
            syslog           ; Nov 22 01:51:05 host nginx[98]: x                                ; 2026-11-21T23:51:05Z
            syslog, padded   ; Jan  2 01:51:05 host nginx[98]: x                                ; 2026-01-01T23:51:05Z
            syslog last year ; Dec 24 18:00:00 host nginx[98]: x                                ; 2025-12-24T16:00:00Z
            a leap day       ; Feb 29 18:00:00 host nginx[98]: x                                ; 2024-02-29T16:00:00Z
            Tomcat           ; 08-Nov-2024 18:19:00.123 SEVERE [main]                           ; 2024-11-08T16:19:00.123Z
            BIND             ; 08-Nov-2024 18:19:00.123 network: error: x                       ; 2024-11-08T16:19:00.123Z
            Erlang           ; =ERROR REPORT==== 8-Nov-2024::18:19:00 ===                       ; 2024-11-08T16:19:00Z
            Redis            ; 1:M 22 Nov 2024 01:51:05.123 # Warning: Could not create         ; 2024-11-21T23:51:05.123Z
            HAProxy 2.2      ; [ALERT] 213/135403 (1) : Starting frontend f                     ; 2026-08-02T11:54:03Z
            java.util.logging; Nov 2, 2024 1:51:05 PM org.apache.coyote.AbstractProtocol init   ; 2024-11-02T11:51:05Z
            klog             ; I0102 15:04:05.000001       1 server.go:1] x                     ; 2026-01-02T13:04:05.000001Z
            zap              ; {"level":"error","ts":1700000000.25,"msg":"x"}                   ; 2023-11-14T22:13:20.25Z
            pino             ; {"level":50,"time":1700000000123,"msg":"x"}                      ; 2023-11-14T22:13:20.123Z
            slog             ; {"time":"2024-03-01T10:20:30.5+01:00","msg":"x"}                 ; 2024-03-01T09:20:30.5Z
            logstash         ; {"@timestamp" : "2024-03-01T10:20:30.5Z","message":"x"}          ; 2024-03-01T10:20:30.5Z
            MongoDB          ; {"t":{"$date":"2024-03-01T10:20:30.500+00:00"},"s":"E"}          ; 2024-03-01T10:20:30.5Z
            docker json-file ; {"log":"x\\n","stream":"stderr","time":"2024-03-01T10:20:30Z"}   ; 2024-03-01T10:20:30Z
            """)
    void the_time_of_a_line_is_read(String product, String line, Instant at) {
        assertThat(in(line)).as(product).isEqualTo(at);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bind() to 0.0.0.0:80 failed (98: Address already in use)",
                "2024-02-30 10:20:30 no such day",
                "2024-13-01 10:20:30 no such month",
                "2024-03-01 24:20:30 no such hour",
                "2024-03-01 10:20",
                "2024-03-0110:20:30",
                "Now 22 01:51:05 no month",
                "123/456 (1)",
                "366/000000 (1) : only leap years have so many, and 999/000000 (1) none",
                "10.0.0.9:443",
                "{\"time\":12,\"ts\":0.25,\"t\":\"x\"}",
                "\tat java.base/sun.nio.ch.Net.bind0(Native Method)"
            })
    void what_carries_no_time_has_none(String line) {
        assertThat(in(line)).isNull();
    }

    @Test
    void whatever_is_written_in_a_known_notation_is_read_back() {
        List<String> notations = List.of(
                "yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSSX",
                "yyyy-MM-dd HH:mm:ss,SSSSSSSSSXXX",
                "yyyy/MM/dd HH:mm:ss.SSSSSSSSS",
                "dd-MMM-yyyy HH:mm:ss.SSSSSSSSS",
                "d MMM yyyy HH:mm:ss.SSSSSSSSS",
                "'['EEE MMM dd HH:mm:ss.SSSSSSSSS yyyy']'");
        Cases.of(random -> random).forEach(random -> {
            Instant at = Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
            for (String notation : notations) {
                String line = DateTimeFormatter.ofPattern(notation, Locale.US)
                                .withZone(ZONE)
                                .format(at) + " x";
                assertThat(in(line)).as(line).isEqualTo(at);
            }
        });
    }

    @Test
    void a_time_without_a_year_is_in_the_year_that_has_just_been() {
        Cases.of(random -> random).forEach(random -> {
            Instant now = Instant.ofEpochSecond(1_500_000_000L + random.nextInt(1_000_000_000));
            Instant at = now.minus(random.nextInt(364 * 24 * 3_600), ChronoUnit.SECONDS);
            var times = new LogTimes(ZoneOffset.UTC, InstantSource.fixed(now));
            LocalDateTime there = LocalDateTime.ofInstant(at, ZoneOffset.UTC);
            for (String notation : List.of("MMM dd HH:mm:ss' host x'", "'E'MMdd HH:mm:ss'.000000 x'")) {
                String line = DateTimeFormatter.ofPattern(notation, Locale.US).format(there);
                assertThat(in(times, line)).as(line).isEqualTo(at);
            }
        });
    }

    @Test
    void any_bytes_carry_a_time_or_none() {
        Cases.of((Random random) -> random).count(20_000).forEach(random -> {
            var line = new StringBuilder();
            for (int i = random.nextInt(40); i > 0; i--) {
                line.append("0123456789-/: .,TZ+{}\"tsNovI()[]ADJ".charAt(random.nextInt(34)));
            }
            Instant at = in(line.toString());
            assertThat(at == null || at.isAfter(Instant.MIN)).isTrue();
        });
    }
}
