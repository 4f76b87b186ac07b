package dev.berth.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NodeportTest {
    @Test
    void servers_and_resting_connections_on_node_ports_lose_their_traffic_until_the_ports_are_reserved()
            throws Exception {
        var played = Played.quickly("nodeport");

        assertThat(played.typed("berth doctor").output())
                .contains(
                        "Automatic choice may draw 2768 ports that Kubernetes publishes services on",
                        "kube-proxy (pid ",
                        "berth reserve 30000-32767");
        assertThat(played.table().rows().getFirst().values())
                .allSatisfy((_, value) -> assertThat(value).isPositive());
        assertThat(played.table().rows().getLast().values())
                .containsEntry("serversLost", 0.0)
                .containsEntry("connectionsLost", 0.0);
    }
}
