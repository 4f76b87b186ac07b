package dev.berth.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.lab.Told;
import org.junit.jupiter.api.Test;

class ThreeAmTest {
    @Test
    void a_server_that_lost_its_port_to_a_client_gets_it_back_and_keeps_it_over_boots() throws Exception {
        Played played = Played.quickly("three-am");
        assertThat(played.typed("sqlserver").output())
                .contains("Server TCP provider failed to listen on [ 'any' <ipv6> 1433]. Tcp port is already in use.")
                .contains("Error: 17182, Severity: 16, State: 1.");
        assertThat(played.typed("berth who 1433").output()).contains("LISTEN", "reports (");
        assertThat(played.typed("berth explain errorlog | head -n 13").output())
                .contains("SQL Server cannot bind [::]:1433: EADDRINUSE", "10.0.0.2:1433", "causes confirmed");
        assertThat(played.typed("berth why 1433").output()).contains("a connection of monitor (", "10.0.0.1:5001");
        assertThat(played.all(Told.Typed.class)
                        .filter(typed -> typed.line().equals("berth free 1433 --yes"))
                        .map(Told.Typed::output))
                .satisfiesExactly(
                        listener -> assertThat(listener).contains("cost 1 signal to a process"),
                        client -> assertThat(client).contains("cost 1 connection."));
        assertThat(played.typed("berth ensure berth.yaml --check").output()).contains("1433 is not reserved");
        assertThat(played.table().rows())
                .last()
                .satisfies(reserved -> assertThat(reserved.values())
                        .containsEntry("clientGivenPort", 0.0)
                        .containsEntry("serverStarted", 3.0));
    }
}
