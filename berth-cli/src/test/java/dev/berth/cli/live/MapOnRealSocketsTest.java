package dev.berth.cli.live;

import static dev.berth.cli.live.Stage.LOOPBACK;
import static dev.berth.cli.live.Stage.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code berth map} in a namespace where each kind of port is known. */
class MapOnRealSocketsTest {
    private static final List<String> KINDS =
            List.of("listening", "boundOnly", "inUse", "timeWait", "reserved", "excluded", "dynamic", "free");

    private final Stage stage = new Stage();

    MapOnRealSocketsTest() throws Exception {}

    @AfterEach
    void leave() throws Exception {
        stage.close();
    }

    /** The kinds that have the port: one, on a map that is right. */
    private static List<String> kinds(Answer map, int port) {
        return KINDS.stream()
                .filter(kind -> map.at("/ports/" + kind)
                        .valueStream()
                        .anyMatch(range -> range.at("/first").asInt() <= port
                                && port <= range.at("/last").asInt()))
                .toList();
    }

    @Test
    void every_kind_of_port_is_where_it_was_made() throws Exception {
        stage.set("ipv4/ip_local_reserved_ports", "21003,21010-21019");
        stage.dynamicRange(21_000, 21_999);
        ServerSocketChannel server = stage.listener(LOOPBACK, 1433);
        var open = (InetSocketAddress) stage.connect(server).client().getLocalAddress();
        Stage.Connection closing = stage.connect(server);
        var closed = (InetSocketAddress) closing.client().getLocalAddress();
        closing.closeByClient();
        stage.socket().bind(at(LOOPBACK, 1500));
        stage.datagrams().bind(at(LOOPBACK, 53));
        stage.run("ss -tan state time-wait | grep -q :" + closed.getPort());

        Answer map = stage.ask("map");

        assertThat(map.code()).isZero();
        assertThat(kinds(map, 1433)).containsExactly("listening");
        assertThat(kinds(map, 1500)).containsExactly("boundOnly");
        assertThat(kinds(map, open.getPort())).containsExactly("inUse");
        assertThat(kinds(map, closed.getPort())).containsExactly("timeWait");
        assertThat(kinds(map, 21_003)).containsExactly("reserved");
        assertThat(kinds(map, 21_999)).containsExactly("dynamic");
        assertThat(kinds(map, 53)).as("of TCP").containsExactly("free");
        assertThat(KINDS.stream().map(kind -> map.text("/counts/" + kind)))
                .containsExactly("1", "1", "1", "1", "11", "0", "987", "64533");
        assertThat(kinds(stage.ask("map --protocol udp"), 53)).containsExactly("listening");
        assertThat(stage.show("map --range 1433-1500"))
                .contains("\n 1433  L.....")
                .contains("\n 1497  ...B\n");
    }

    @Test
    void a_connection_on_a_listeners_port_and_a_reserved_port_that_is_used_show_the_stronger() throws Exception {
        stage.set("ipv4/ip_local_reserved_ports", "1433,1434");
        Stage.Connection connection = stage.connect(stage.listener(LOOPBACK, 1433));
        ServerSocketChannel gone = stage.listener(LOOPBACK, 1434);
        stage.connect(gone);
        gone.close();

        Answer map = stage.ask("map --range 1433-1434");

        assertThat(connection.client().isConnected()).isTrue();
        assertThat(kinds(map, 1433)).containsExactly("listening");
        assertThat(kinds(map, 1434)).as("its listener is gone").containsExactly("inUse");
    }

    @Test
    void whoever_may_not_write_there_is_told_so_and_sees_the_map_all_the_same(@TempDir Path folder) throws Exception {
        var nobody = Nobody.in(folder);
        stage.listener(LOOPBACK, 1433);

        Nobody.Result refused = nobody.run(stage, "map --png " + folder.resolve("map.png"));

        assertThat(refused.code()).isEqualTo(3);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).contains("\n  why   this user may not write there\n");
        assertThat(kinds(nobody.ask(stage, "map"), 1433)).containsExactly("listening");
        Path png = nobody.state().resolve("map.png");
        assertThat(nobody.run(stage, "map --png " + png).out()).isEqualTo("wrote the map into " + png + "\n");
        assertThat(ImageIO.read(png.toFile())).isNotNull();
    }
}
