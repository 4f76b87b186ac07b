package dev.berth.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SelfConnectTest {
    @Test
    void a_client_that_retries_takes_its_servers_port_and_a_reservation_ends_that() throws Exception {
        Played played = Played.quickly("self-connect");
        assertThat(played.typed("cat shop.log").output())
                .contains("127.0.0.1:50000 to localhost/127.0.0.1:50000", "answered: anybody there?");
        assertThat(played.typed("orders 50000").output()).contains("BindException: Address already in use");
        assertThat(played.typed("ss -ltn").output()).doesNotContain("50000");
        assertThat(played.typed("berth why 50000").output())
                .contains("the connection from 127.0.0.1:50000 to itself", "berth free 50000 --by destroy");
        assertThat(played.typed("berth doctor").output()).contains("shop (", "is connected to itself");
        assertThat(played.table().rows())
                .hasSize(2)
                .last()
                .satisfies(reserved -> assertThat(reserved.values())
                        .containsEntry("connectedToItself", 0.0)
                        .containsEntry("attempts", 60_000.0));
    }
}
