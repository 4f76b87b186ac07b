package dev.berth.diagnosis.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that no product file knows. */
class PlainWordsTest {
    private static final Recogniser RECOGNISER = new Recogniser(ErrorTexts.shipped(), List.of());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Error: Port 3000 is already in use | bind *:3000 EADDRINUSE",
                "port 5000 already in use, please choose another | bind *:5000 EADDRINUSE",
                "    Port 10251 is in use | bind *:10251 EADDRINUSE",
                "Port 3000 is in use, retrying | bind *:3000 EADDRINUSE",
                "port 8080 is currently in use by pid 42 | bind *:8080 EADDRINUSE",
                "Port 8080 seems to be in use by another process. | bind *:8080 EADDRINUSE",
                "The port 8443 is occupied by another program | bind *:8443 EADDRINUSE",
                "Port '8400' is taken with an error | bind *:8400 EADDRINUSE",
                "ERROR: port 9200 (http) is being used by another process | bind *:9200 EADDRINUSE",
                "127.0.0.1:7000 is in use by another process | bind 127.0.0.1:7000 EADDRINUSE",
                "http://localhost:4000 is already in use | bind localhost:4000 EADDRINUSE",
                "Port already in use: 7199 | bind *:7199 EADDRINUSE",
                "failed to bind to 0.0.0.0:5432 | bind 0.0.0.0:5432",
                "Unable to bind to port 25565 | bind *:25565",
                "Could not bind to port=2181, exiting | bind *:2181",
                "cannot bind socket [0.0.0.0:8889] | bind 0.0.0.0:8889",
                "Couldn't listen on 10.0.0.5:993 | bind 10.0.0.5:993",
                "failed to start listening on [::]:8000 | bind [::]:8000",
                "Failed to bind UDP port 1900 | bind *:1900 udp",
                "bind to 0.0.0.0:22 failed | bind 0.0.0.0:22",
            })
    void a_sentence_about_a_port_that_was_not_to_be_had_is_understood(String line, String reads) {
        assertThat(RECOGNISER.recognise(line)).as(line).hasToString(reads);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bind to 0.0.0.0:9092 succeeded, no check failed",
                "port 8080 is not in use",
                "port 8080 is no longer in use",
                "Listening on port 8080; 512M of memory in use",
                "Failed to bind properties under 'server.port' to 8080",
                "cannot bind parameter: port 8080",
                "Could not connect to port 8080",
                "listening on port 8080, 3 checks failed",
                "failed to listen: nothing said on port 8080",
            })
    void a_sentence_about_something_else_is_none(String line) {
        assertThat(RECOGNISER.recognise(line)).as(line).isNull();
    }
}
