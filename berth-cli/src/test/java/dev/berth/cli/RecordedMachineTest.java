package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.platform.FakeHostNetwork;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.ObjectMapper;

/** What berth says of the machine in {@code fixtures/linux-6.18-amd64}, wherever it is asked. */
class RecordedMachineTest {
    private static final String FIXTURE = "../fixtures/linux-6.18-amd64/host.capture";

    private static Ran asked(String line) {
        return Ran.on(FakeHostNetwork.with(), (line + " --from " + FIXTURE).split(" ", -1));
    }

    @ParameterizedTest
    @CsvSource({
        "1433, listener, 1",
        "8080, listener, 1",
        "1521, client, 4",
        "2000, time-wait, 4",
        "5555, bound-only, 4",
        "9, free, 0",
    })
    void each_port_has_its_verdict(int port, String verdict, int code) {
        Ran ran = asked("why " + port + " --json");
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out())
                .contains("\"verdict\":\"" + verdict + "\"")
                .contains("no bind was tried (this is a recording)");
        assertThat(ran.code()).isEqualTo(code);
    }

    @Test
    void a_log_of_that_machine_is_explained_from_the_recording(@TempDir Path folder) throws Exception {
        Path log = Files.writeString(
                folder.resolve("error.log"),
                IntStream.of(1433, 1521, 2000, 5555, 9)
                        .mapToObj(("2026/11/20 22:11:30 [emerg] 1#1: bind() to 0.0.0.0:%d failed "
                                + "(98: Address already in use)\n")::formatted)
                        .collect(Collectors.joining()));

        Ran ran = asked("explain " + log + " --json");
        Ran shown = asked("explain " + log);

        assertThat(ran.code()).as(ran.err()).isEqualTo(1);
        assertThat(Schemas.errors("explain", ran.out())).isEmpty();
        assertThat(new ObjectMapper().readTree(ran.out()).at("/incidents").valueStream())
                .extracting(incident -> incident.at("/local/port").asInt() + " "
                        + incident.at("/verdict").asString())
                .containsExactly("1433 listener", "1521 client", "2000 time-wait", "5555 bound-only", "9 free");
        assertThat(shown.out())
                .contains("  here   tcp 1521 may not be available: a connection of python3 (9) has it.\n")
                .containsPattern("This is how host-\\w+ was when it was recorded, 2026-11-20 22:11:34Z\\.");
    }

    @Test
    void every_socket_is_listed() {
        Ran ran = asked("list");
        assertThat(ran.out()).isEqualTo("""
                     STATE        LOCAL                  REMOTE                     PID  PROCESS
                tcp  LISTEN       132.156.229.213:1433   -                            9  python3
                tcp  LISTEN       [::]:8080              -                            9  python3
                tcp  ESTABLISHED  132.156.229.213:1433   10.115.35.174:41861          9  python3
                tcp  ESTABLISHED  132.156.229.213:1433   10.115.35.174:38267          9  python3
                tcp  ESTABLISHED  132.156.229.213:1433   132.156.229.213:1521         9  python3
                tcp  ESTABLISHED  132.156.229.213:1433   10.115.35.174:46247          9  python3
                tcp  ESTABLISHED  132.156.229.213:1521   132.156.229.213:1433         9  python3
                tcp  ESTABLISHED  10.115.35.174:38267    132.156.229.213:1433         9  python3
                tcp  ESTABLISHED  10.115.35.174:41861    132.156.229.213:1433         9  python3
                tcp  ESTABLISHED  10.115.35.174:46247    132.156.229.213:1433         9  python3
                tcp  FIN_WAIT2    132.156.229.213:1433   132.156.229.213:42848        -  59 s left
                tcp  TIME_WAIT    10.115.35.174:2000     132.156.229.213:1433         -  59 s left
                tcp  CLOSE_WAIT   132.156.229.213:42848  132.156.229.213:1433         9  python3
                udp  BOUND        0.0.0.0:5353           -                            9  python3
                tcp  BOUND        127.0.0.1:5555         -                            9  python3
                """);
        assertThat(ran.code()).isZero();
    }

    @Test
    void the_checkup_finds_what_was_staged() {
        Ran ran = asked("doctor --json");
        assertThat(ran.out())
                .contains("\"id\":\"reservation-not-persistent\"", "\"id\":\"bound-only-holder\"")
                .contains("\"TIME_WAIT\":1", "\"CLOSE_WAIT\":1", "\"FIN_WAIT2\":1", "\"BOUND\":1");
        assertThat(ran.code()).isEqualTo(1);
    }

    @Test
    void the_capacity_is_that_of_the_recorded_machine() {
        Ran ran = asked("capacity --rate 1000 --json");
        assertThat(ran.out())
                .contains(
                        "\"ports\":28232,\"keptOpen\":0,\"range\":{\"first\":32768,\"last\":60999},\"timeWaitSeconds\":62.0")
                .contains("\"neededPorts\":62000,\"fits\":false", "\"source\":\"10.115.35.174\"");
        assertThat(ran.code()).isEqualTo(1);
    }

    @Test
    void the_reservation_is_told() {
        assertThat(asked("ranges --json").out()).contains("\"reserved\":[{\"first\":8080,\"last\":8080");
    }

    @Test
    void a_namespace_that_was_not_recorded_is_refused() {
        Ran ran = asked("list --netns blue");
        assertThat(ran.err()).contains("no network namespace 'blue' in this recording");
        assertThat(ran.code()).isEqualTo(2);
    }

    @Test
    void a_file_that_is_no_capture_is_refused() {
        Ran ran = Ran.on(FakeHostNetwork.with(), "list", "--from", "pom.xml");
        assertThat(ran.err()).contains("cannot open the capture pom.xml");
        assertThat(ran.code()).isEqualTo(2);
    }
}
