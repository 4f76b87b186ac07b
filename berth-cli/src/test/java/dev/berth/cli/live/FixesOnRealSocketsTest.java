package dev.berth.cli.live;

import static dev.berth.cli.live.Stage.LOOPBACK;
import static dev.berth.cli.live.Stage.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.cli.live.Stage.Connection;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** The commands that {@code why} and {@code doctor} offer, typed as they stand: afterwards the port is free, or reserved. */
class FixesOnRealSocketsTest {
    private final Stage stage = new Stage();

    @TempDir
    private Path folder;

    private final String name = "berth-test-" + stage.resident();

    FixesOnRealSocketsTest() throws Exception { // commands reach another namespace by its name
        stage.run("ip netns attach " + name + " " + stage.resident());
    }

    @AfterEach
    void leave() throws Exception {
        try {
            stage.run("ip netns delete " + name);
        } finally {
            stage.close();
        }
    }

    /** How a client came to hold the port. */
    enum Left {
        OPEN {
            @Override
            void leave(Connection connection) {}
        },
        BY_PEER {
            @Override
            void leave(Connection connection) throws Exception {
                connection.closeByPeer();
            }
        },
        BY_CLIENT {
            @Override
            void leave(Connection connection) throws Exception {
                connection.leaveByClient();
            }
        },
        CLOSED {
            @Override
            void leave(Connection connection) throws Exception {
                connection.closeByClient();
            }
        };

        abstract void leave(Connection connection) throws Exception;
    }

    private void type(Answer answer, String fix) throws Exception {
        String command = answer.at("/fixes")
                .valueStream()
                .filter(offered -> offered.at("/id").asString().equals(fix))
                .map(offered -> offered.at("/command"))
                .map(JsonNode::asString)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + fix + " in " + answer.document()));
        if (!command.startsWith("berth ")) {
            stage.run(command);
            return;
        }
        Answer done = type(command);
        if (command.startsWith("berth free ")) {
            assertThat(done.text("/outcome")).as(done.document().toString()).isEqualTo("freed");
        }
    }

    private Answer type(String command) throws Exception {
        assertThat(command).endsWith(" --netns " + name); // it acts where Berth has looked
        return Stage.type(command, folder);
    }

    private void assertFree(int port) throws Exception {
        Answer why = stage.ask("why " + port);
        assertThat(why.text("/verdict")).as(why.document().toString()).isEqualTo("free");
        assertThat(why.at("/holders").isEmpty()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void destroying_the_connection_frees_the_port(Left left) throws Exception {
        left.leave(stage.clientThatDrew(1433));

        type(stage.ask("why 1433"), "destroy-connection");

        assertFree(1433);
    }

    @Test
    void destroying_a_connection_of_a_dual_socket_frees_the_port() throws Exception {
        ServerSocketChannel far = stage.listener(LOOPBACK, 9);
        stage.dynamicRange(1433, 1433);
        stage.dualSocket().connect(at(LOOPBACK, 9));
        stage.closing(far.accept());

        type(stage.ask("why 1433"), "destroy-connection");

        assertFree(1433);
    }

    @Test
    void destroying_a_connection_over_ipv6_frees_the_port() throws Exception {
        ServerSocketChannel far = stage.listener("::1", 9);
        stage.dynamicRange(1433, 1433);
        stage.dualSocket().connect(far.getLocalAddress());
        stage.closing(far.accept());

        type(stage.ask("why 1433"), "destroy-connection");

        assertFree(1433);
    }

    @Test
    void destroying_a_connection_to_itself_frees_the_port() throws Exception {
        stage.dynamicRange(1433, 1433);
        stage.socket().connect(at(LOOPBACK, 1433));

        type(stage.ask("why 1433"), "destroy-connection");

        assertFree(1433);
    }

    @Test
    void ending_the_first_of_a_family_is_what_its_fix_does() throws Exception {
        Program server =
                stage.start("ready", Program.python("s = socket.socket(); s.bind(('127.0.0.1', 1433)); s.listen()\n"));

        type(stage.ask("why 1433"), "end-process");

        server.process().waitFor();
        assertFree(1433);
    }

    @Test
    void a_reserved_port_is_drawn_by_nobody_and_earlier_reservations_stay() throws Exception {
        stage.set("ipv4/ip_local_reserved_ports", "0,50,40010-40012");
        stage.listener(LOOPBACK, 40_001);

        type(stage.ask("why 40001"), "reserve-port");

        Answer ranges = stage.ask("ranges");
        assertThat(ranges.texts("/tcp/ipv4/reserved", "/first")).contains("50", "40001", "40010");
        assertThat(stage.ask("why 40001").at("/reserved").asBoolean()).isTrue();
        assertThat(stage.ask("doctor").findings("listener-in-dynamic-range")).isEmpty();
    }

    @Test
    void the_ways_out_of_one_report_do_not_undo_each_other() throws Exception {
        stage.dynamicRange(40_000, 40_099);
        stage.set("ipv4/ip_local_reserved_ports", "40050");
        stage.listener(LOOPBACK, 40_001);
        stage.listener(LOOPBACK, 40_003);
        stage.listener(LOOPBACK, 33_060);

        List<String> commands = stage.ask("doctor")
                .at("/findings")
                .valueStream()
                .flatMap(finding -> finding.at("/fixes").valueStream())
                .map(fix -> fix.at("/command").asString())
                .filter(command -> command.matches("berth (reserve|range|reuse|fix) .*"))
                .toList();

        assertThat(commands)
                .filteredOn(command -> command.startsWith("berth range set "))
                .isNotEmpty();
        for (String command : commands.reversed()) {
            type(command);
        }
        assertReserved();
        for (String command : commands) {
            type(command);
        }
        assertReserved();
    }

    private void assertReserved() throws Exception {
        Answer ranges = stage.ask("ranges");
        assertThat(ranges.texts("/tcp/ipv4/reserved", "/first")).containsExactly("33060", "40001", "40003", "40050");
        assertThat(stage.ask("doctor").findings("listener-in-dynamic-range")).isEmpty();
    }
}
