package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.platform.FakeHostNetwork;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two threads write a long list, a run of 2,048 rows at a time each. */
class LongListTest {
    private static final int FIRST = 10_000;

    @ParameterizedTest
    @ValueSource(ints = {1, 2047, 2048, 2049, 4096, 4097, 9000})
    void every_socket_stands_once_and_in_the_order_of_its_port(int sockets) {
        List<Integer> ports = ports(Ran.on(host(sockets, "web(7)", "web(7)"), "list"));
        assertThat(ports).containsExactlyElementsOf(from(FIRST, sockets, 1));
    }

    @Test
    void a_filter_by_owner_leaves_out_the_others_of_every_run() {
        Ran ran = Ran.on(host(9000, "web(7)", "shop(8)"), "list", "process=shop");
        assertThat(ports(ran)).containsExactlyElementsOf(from(FIRST + 1, 4500, 2));
    }

    @Test
    void the_head_is_there_where_only_the_last_run_has_rows() {
        FakeHostNetwork host = host(9000, "web(7)", "web(7)").add("0.0.0.0:65000 LISTEN shop(8)");
        assertThat(Ran.on(host, "list", "process=shop").out())
                .startsWith("     STATE ")
                .contains("shop")
                .hasLineCount(2);
    }

    /** Even ports are held by one process and odd ones by another. */
    private static FakeHostNetwork host(int sockets, String even, String odd) {
        var lines = new ArrayList<String>();
        for (int port : from(FIRST, sockets, 1)) {
            lines.add("127.0.0.1:" + port + " LISTEN " + (port % 2 == 0 ? even : odd));
        }
        Collections.shuffle(lines, new Random(1));
        return FakeHostNetwork.with(lines.toArray(String[]::new));
    }

    private static List<Integer> from(int first, int count, int step) {
        return IntStream.range(0, count).mapToObj(i -> first + i * step).toList();
    }

    private static List<Integer> ports(Ran ran) {
        return ran.out()
                .lines()
                .skip(1)
                .map(line -> Integer.valueOf(line.replaceAll(".*127\\.0\\.0\\.1:(\\d+).*", "$1")))
                .toList();
    }
}
