package dev.berth.cli.live;

import static dev.berth.cli.live.Stage.LOOPBACK;
import static dev.berth.cli.live.Stage.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.cli.look.IncidentAnswer;
import dev.berth.cli.look.IncidentAnswer.HostAnswer;
import dev.berth.cli.look.IncidentQuestion;
import dev.berth.cli.look.Told;
import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.explain.PossibleCause;
import dev.berth.diagnosis.explain.Refusal;
import dev.berth.platform.Gap;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.Hosts;
import dev.berth.platform.NamespaceChoice;
import java.net.BindException;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What real sockets make of incidents that they really cause. */
class IncidentsOnRealSocketsTest {
    private final Stage stage = new Stage();

    IncidentsOnRealSocketsTest() throws Exception {}

    @AfterEach
    void leave() throws Exception {
        stage.close();
    }

    private IncidentAnswer ask(Told told) throws Exception {
        try (HostNetwork host = Objects.requireNonNull(Hosts.here())
                .open(new NamespaceChoice.OfProcess(stage.resident()))
                .getFirst()) {
            return IncidentQuestion.to(host, () -> List.of(host), true).ask(told.group());
        }
    }

    private static List<String> confirmed(IncidentAnswer answer) {
        return answer.causes().stream()
                .filter(cause -> Boolean.TRUE.equals(cause.confirmed()))
                .map(PossibleCause::id)
                .toList();
    }

    private void isRefused(String address, int port, String text) {
        assertThatThrownBy(() -> stage.listener(address, port))
                .isInstanceOf(BindException.class)
                .hasMessageContaining(text);
    }

    private static Told inUse(int port) {
        return Told.bind(Refusal.ADDRESS_IN_USE).wanting("*", port);
    }

    @Test
    void a_client_that_drew_the_servers_port_is_found_and_the_port_is_reserved() throws Exception {
        stage.clientThatDrew(41_433);
        isRefused("0.0.0.0", 41_433, "Address already in use");

        IncidentAnswer answer = ask(inUse(41_433));

        assertThat(confirmed(answer)).containsExactly("client");
        assertThat(answer.fixes()).extracting(Fix::id).contains("reserve-port", "destroy-connection");
    }

    @Test
    void a_time_wait_of_a_client_is_found() throws Exception {
        stage.clientThatDrew(41_433).closeByClient();
        isRefused("0.0.0.0", 41_433, "Address already in use");

        IncidentAnswer answer = ask(inUse(41_433));

        assertThat(confirmed(answer)).containsExactly("time-wait");
        assertThat(answer.fixes()).extracting(Fix::id).contains("wait-time-wait");
    }

    @Test
    void a_listener_and_a_socket_that_is_bound_only_are_told_apart() throws Exception {
        stage.listener(LOOPBACK, 5001);
        stage.socket().bind(at(LOOPBACK, 5002));

        assertThat(confirmed(ask(inUse(5001)))).containsExactly("listener");
        assertThat(confirmed(ask(inUse(5002)))).containsExactly("bound-only");
    }

    @Test
    void an_address_of_another_host_is_told_by_the_bind() throws Exception {
        isRefused("203.0.113.9", 5001, "Cannot assign requested address");

        IncidentAnswer answer = ask(Told.bind(Refusal.ADDRESS_NOT_AVAILABLE).wanting("203.0.113.9", 5001));

        assertThat(confirmed(answer)).containsExactly("address-not-local");
        assertThat(answer.fixes()).extracting(Fix::id).containsExactly("choose-local-address");
    }

    @Test
    void a_bare_error_of_a_client_finds_its_destination_and_itself() throws Exception {
        stage.dynamicRange(40_000, 40_009);
        ServerSocketChannel full = stage.listener(LOOPBACK, 9000);
        ServerSocketChannel other = stage.listener("127.0.0.2", 9001);
        for (int i = 0; i < 10; i++) {
            stage.connect(full);
        }
        stage.connect(other);
        assertThatThrownBy(() -> stage.connect(full)).hasMessageContaining("Cannot assign requested address");

        IncidentAnswer bare = ask(Told.connect(Refusal.ADDRESS_NOT_AVAILABLE));

        assertThat(confirmed(bare)).containsExactly("tuple-space-exhausted");
        assertThat(bare.host()).isInstanceOfSatisfying(HostAnswer.Client.class, client -> {
            assertThat(client.guessed()).isTrue();
            assertThat(client.why().destination()).hasToString("127.0.0.1:9000");
            assertThat(client.why()
                            .spaces()
                            .getFirst()
                            .processes()
                            .getFirst()
                            .process()
                            .pid())
                    .hasToString(Stage.thisProcess());
        });
        assertThat(confirmed(ask(Told.connect(Refusal.ADDRESS_NOT_AVAILABLE).to(LOOPBACK, 9000))))
                .containsExactly("tuple-space-exhausted");
        assertThat(confirmed(ask(Told.connect(Refusal.ADDRESS_NOT_AVAILABLE).to("127.0.0.2", 9001))))
                .isEmpty();
    }

    @Test
    void where_the_range_is_empty_a_bind_of_port_0_has_no_holder_to_look_for() throws Exception {
        stage.dynamicRange(40_000, 40_003);
        for (int port = 40_000; port <= 40_003; port++) {
            stage.socket().bind(at(LOOPBACK, port));
        }
        isRefused("0.0.0.0", 0, "Address already in use");
        stage.listener("127.0.0.5", 0);

        IncidentAnswer answer = ask(inUse(0));

        assertThat(confirmed(answer)).containsExactly("no-port-left");
        assertThat(answer.fixes()).extracting(Fix::id).contains("widen-range");
        assertThat(ask(Told.bind(Refusal.ADDRESS_IN_USE).wanting("127.0.0.5", 0))
                        .verdict())
                .isEqualTo("ports-left");
    }

    @Test
    void where_ipv6_is_off_nothing_can_be_connected_to_over_it() throws Exception {
        stage.set("ipv6/conf/all/disable_ipv6", "1");
        assertThatThrownBy(() -> stage.dualSocket().connect(at("::1", 5432)))
                .hasMessageContaining("Cannot assign requested address");

        IncidentAnswer answer = ask(Told.connect(Refusal.ADDRESS_NOT_AVAILABLE).to("::1", 5432));

        assertThat(confirmed(answer)).containsExactly("no-ipv6");
    }

    @Test
    void a_source_that_is_not_here_is_a_gap_and_not_the_end() throws Exception {
        IncidentAnswer answer = ask(Told.connect(Refusal.ADDRESS_NOT_AVAILABLE)
                .wanting("192.0.2.1", 0)
                .to(LOOPBACK, 443));

        assertThat(answer.verdict()).isEqualTo("unknown");
        assertThat(answer.gaps()).extracting(Gap::what).contains("no client can connect from 192.0.2.1 here");
        assertThat(confirmed(answer)).containsExactly("address-not-local");
    }

    @Test
    void a_server_that_got_its_port_since_was_only_late() throws Exception {
        try (ServerSocketChannel before = stage.listener(LOOPBACK, 5001)) {
            isRefused(LOOPBACK, 5001, "Address already in use");
            assertThat(before.isOpen()).isTrue();
        }

        IncidentAnswer answer = ask(inUse(5001));

        assertThat(answer.verdict()).isEqualTo("free");
        assertThat(answer.remarks().getFirst()).startsWith("The port is free here now.");
    }
}
