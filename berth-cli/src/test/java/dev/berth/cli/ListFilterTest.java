package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.platform.FakeHostNetwork;
import dev.berth.platform.FakeHostProvider;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.ProcessInfo;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListFilterTest {
    private static final FakeHostNetwork HOST = FakeHostNetwork.with(
                    "127.0.0.1:8080 LISTEN java(42)",
                    "[::1]:9090 LISTEN nginx(7)",
                    "10.0.0.1:41000 -> 10.0.0.9:5432 ESTABLISHED java(42)",
                    "10.0.0.1:41002 -> 10.0.0.9:5433 TIME_WAIT expires=12500",
                    "udp 0.0.0.0:53 BOUND dns(9)")
            .process(new ProcessInfo(42, "java", null, null, null, "shop.service", null));
    private static final FakeHostNetwork BLUE =
            FakeHostNetwork.with("0.0.0.0:80 LISTEN web(20)").namespace(new NetworkNamespace(7, "blue"));

    @ParameterizedTest
    @CsvSource({
        "state=LISTEN, 2",
        "'state=listen,time-wait', 3",
        "port=8080, 1",
        "port=41000-41999, 2",
        "local=127.0.0.1, 1",
        "local=10.0.0.1:41000, 1",
        "local=[::1]:9090, 1",
        "local=::1, 1",
        "remote=10.0.0.9, 2",
        "remote=10.0.0.9:5432, 1",
        "pid=42, 2",
        "process=java state=LISTEN, 1",
        "unit=shop.service, 2",
        "protocol=udp, 1",
        "netns=blue, 1",
        "port=1, 0"
    })
    void filters_narrow_and_are_joined_by_and(String filters, int rows) {
        Ran ran = Ran.on(FakeHostProvider.of(HOST, BLUE), Map.of(), ("list " + filters).split(" ", -1));
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out().lines()).as(ran.out()).hasSize(rows + 1);
    }
}
