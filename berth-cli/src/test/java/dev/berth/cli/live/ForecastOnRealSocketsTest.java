package dev.berth.cli.live;

import static dev.berth.cli.live.Stage.LOOPBACK;
import static dev.berth.cli.live.Stage.at;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.berth.cli.live.Load.Client;
import dev.berth.cli.live.Load.Said;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code berth doctor} under load: what one look says of the last minute and of the next is held against what happens. */
class ForecastOnRealSocketsTest {
    private final Stage stage = new Stage();

    ForecastOnRealSocketsTest() throws Exception {}

    @AfterEach
    void leave() throws Exception {
        stage.close();
    }

    @Test
    void the_rate_is_the_true_one_and_the_ports_run_out_when_it_says(@TempDir Path folder) throws Exception {
        stage.nginx(folder, "listen 127.0.0.5:8080; return 200 ok;");
        stage.dynamicRange(40_000, 41_552);
        stage.set("ipv4/tcp_tw_reuse", "0");
        stage.set("ipv4/ip_local_reserved_ports", "40100-40149");
        stage.socket().bind(at("127.0.0.66", 40_007));
        stage.socket()
                .bind(at(LOOPBACK, 40_008))
                .connect(stage.listener("127.0.0.67", 40_009).getLocalAddress());
        int capacity = 1500; // of 1,553 ports less 50 reserved and 3 with an owner
        List<Client> clients = List.of(
                Client.of("ipv4", "127.0.0.2", 9000, 150, 600),
                Client.of("ipv6", "::1", 9001, 160, 640),
                Client.of("mapped", "::ffff:127.0.0.3", 9002, 170, 680),
                new Client("nginx", "127.0.0.5", 8080, 140, "plain", "caller", 560),
                new Client("noport", "127.0.0.4", 9003, 180, "noport", "client", 720));
        stage.ask("doctor"); // what is loaded at the first question takes no time of the next
        Load load = Load.start(stage, clients);
        var truth = new HashMap<String, Said>();
        for (Client _ : clients) {
            Said said = load.await("opened");
            truth.put(said.name(), said);
        }

        double before = System.currentTimeMillis() / 1000.0;
        Answer doctor = stage.ask("doctor");
        double asked = (before + System.currentTimeMillis() / 1000.0) / 2;

        for (Client client : clients) {
            JsonNode destination = destination(doctor, client);
            double rate = destination.at("/closesPerSecond").asDouble();
            double truly = requireNonNull(truth.get(client.name())).perSecond();
            System.out.printf("%s: %.1f closes/s told, %.1f truly%n", client.name(), rate, truly);
            assertThat(rate).isCloseTo(truly, within(truly * 0.05));
            assertThat(destination.at("/capacity").asInt()).isEqualTo(capacity);
        }
        assertThat(doctor.findings("exhaustion-forecast")).hasSize(clients.size());
        assertThat(doctor.code()).isEqualTo(1);
        for (Client _ : clients) {
            Said failed = load.await("failed");
            JsonNode destination = destination(
                    doctor,
                    clients.stream()
                            .filter(client -> client.name().equals(failed.name()))
                            .findFirst()
                            .orElseThrow());
            double told = destination.at("/secondsToExhaustion/expected").asDouble();
            double truly = failed.epochSeconds() - asked;
            System.out.printf(
                    "%s: no port left in %.2f s told (%.2f to %.2f), %.2f s truly%n",
                    failed.name(),
                    told,
                    destination.at("/secondsToExhaustion/low").asDouble(),
                    destination.at("/secondsToExhaustion/high").asDouble(),
                    truly);
            assertThat(told).isCloseTo(truly, within(truly * 0.1));
        }
        assertThat(stage.ask("doctor").findings("tuple-space-exhausted")).hasSize(clients.size());
    }

    private static JsonNode destination(Answer doctor, Client client) {
        return doctor.destination(client.address().replace("::ffff:", ""), client.port());
    }

    @Test
    void a_second_look_counts_what_was_opened() throws Exception {
        stage.set("ipv4/tcp_tw_reuse", "0");
        Client churn = Client.of("churn", "127.0.0.2", 9000, 200, 100);
        Client leak = new Client("leak", "127.0.0.3", 9000, 60, "plain", "nobody", 30);
        Client trapped = new Client("trapped", "127.0.0.4", 9000, 100, "plain", "server", 50);
        Load load = Load.start(stage, List.of(churn, leak, trapped));
        for (int i = 0; i < 3; i++) {
            load.await("opened");
        }

        Answer doctor = stage.ask("doctor --measure 3");

        JsonNode churning = destination(doctor, churn);
        double opens = churning.at("/opensPerSecond").asDouble();
        System.out.printf("churn: %.1f opens/s measured, 200 truly%n", opens);
        assertThat(opens).isCloseTo(200, within(10.0));
        assertThat(churning.at("/closesPerSecond").asDouble()).isCloseTo(200, within(10.0));
        JsonNode leaking = destination(doctor, leak);
        assertThat(leaking.at("/opensPerSecond").asDouble()).isCloseTo(60, within(3.0));
        assertThat(leaking.at("/closesPerSecond").asDouble()).isZero();
        assertThat(leaking.at("/growth/perSecond").asDouble()).isCloseTo(60, within(3.0));
        assertThat(leaking.at("/opensCounted/events").asInt()).isGreaterThan(170);
        assertThat(leaking.at("/secondsToExhaustion/expected").asDouble())
                .as("each second 60 more ports are kept")
                .isCloseTo(leaking.at("/left").asInt() / 60.0, within(25.0));
        assertThat(doctor.texts("/gaps", "/what"))
                .as("what the peer closed leaves no trace here, and the kernel has counted it")
                .contains("some opens of the measured time");
        assertThat(doctor.texts("/servers", "/port")).contains("9000");
    }

    @Test
    void what_may_be_taken_over_is_not_called_exhausted() throws Exception {
        stage.dynamicRange(40_000, 40_599);
        Load load = Load.start(stage, List.of(Client.of("loopback", "127.0.0.2", 9000, 200, 800)));
        load.await("opened"); // more than there are ports: some were taken over

        Answer doctor = stage.ask("doctor");

        assertThat(doctor.findings("tuple-space-exhausted")).isEmpty();
        assertThat(doctor.findings("exhaustion-forecast")).isEmpty();
        JsonNode destination = doctor.destination("127.0.0.2", 9000);
        assertThat(destination.at("/recyclable").asInt()).isPositive();
        assertThat(destination.at("/left").asInt())
                .isEqualTo(600
                        - destination.at("/inUse").asInt()
                        + destination.at("/recyclable").asInt());
        assertThat(destination.at("/closesPerSecond").asDouble()).isCloseTo(200, within(20.0));
        assertThat(destination.at("/secondsToExhaustion").isNull()).isTrue();

        JsonNode twice = stage.ask("doctor --measure 4").destination("127.0.0.2", 9000);
        assertThat(twice.at("/closesPerSecond").asDouble())
                .as("of four seconds, of which most entries are gone")
                .isCloseTo(200, within(20.0));
        assertThat(twice.at("/closesCounted/lowerBound").asBoolean()).isTrue();
        assertThat(twice.at("/opensPerSecond").asDouble()).isCloseTo(200, within(20.0));
        assertThat(twice.at("/opensCounted/lowerBound").asBoolean()).isTrue();
    }

    @Test
    @Tag("long")
    void three_hundred_thousand_time_waits_are_counted_to_the_last() throws Exception {
        stage.dynamicRange(1024, 65_535);
        stage.set("ipv4/tcp_tw_reuse", "0");
        stage.set("ipv4/tcp_max_tw_buckets", "400000");
        int each = 28_000; // past half of the range connects become slow
        int destinations = 11;
        for (int i = 1; i <= destinations; i++) {
            stage.leaveTimeWaits(stage.listener("127.0.0." + i, 900), each);
        }

        long start = System.nanoTime();
        Answer doctor = stage.ask("doctor");
        System.out.printf(
                "%d TIME_WAITs in %d ms%n",
                doctor.at("/counts/TIME_WAIT").asInt(), (System.nanoTime() - start) / 1_000_000);

        assertThat(doctor.at("/counts/TIME_WAIT").asInt()).isEqualTo(each * destinations);
        for (int i = 1; i <= destinations; i++) {
            assertThat(doctor.destination("127.0.0." + i, 900).at("/timeWait").asInt())
                    .isEqualTo(each);
        }
    }
}
