package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.Protocol;
import dev.berth.platform.BindRequest;
import dev.berth.platform.HostNetwork;
import dev.berth.windows.FakeWindows;
import java.lang.reflect.Proxy;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class SuggestOnWindowsTest {
    private static Ran suggest(FakeWindows.Builder windows, String line) {
        return Ran.on(windows.build().host(), ("suggest " + line).split(" ", -1));
    }

    @Test
    void the_range_of_the_other_protocol_gives_no_client_the_port() {
        var windows = FakeWindows.builder().dynamic(Protocol.TCP, 1024, 15_000).dynamic(Protocol.UDP, 10_000, 65_535);
        assertThat(suggest(windows, "--near 20000 --count 1").out())
                .startsWith("20000  on tcp: a server can bind it now,")
                .contains("no client is given it (the dynamic range is 1024-15000)")
                .doesNotContain("Reserve first");
        assertThat(suggest(windows, "--near 9000 --count 1 --protocol udp").out())
                .contains("no client is given it (the dynamic range is 10000-65535)");
    }

    @Test
    void a_bind_is_tried_as_the_usual_servers_of_windows_do() {
        HostNetwork host = FakeWindows.builder().build().host();
        var tried = new HashSet<BindRequest.Option>();
        var watched = (HostNetwork) Proxy.newProxyInstance(
                HostNetwork.class.getClassLoader(), new Class<?>[] {HostNetwork.class}, (_, method, given) -> {
                    if (given != null && given[0] instanceof BindRequest request) {
                        tried.add(request.option());
                    }
                    return method.invoke(host, given);
                });
        Ran.on(watched, "suggest");
        assertThat(tried).containsExactlyInAnyOrder(BindRequest.Option.NONE, BindRequest.Option.EXCLUSIVE);
    }

    @Test
    void a_port_inside_the_range_is_reserved_for_the_protocol_that_was_asked_about() {
        var windows = FakeWindows.builder().dynamic(Protocol.UDP, 1024, 65_535);
        assertThat(suggest(windows, "--near 20000 --count 1 --protocol udp").out())
                .contains("the dynamic range 1024-65535 leaves no safe port outside it")
                .contains("berth reserve 20000 --protocol udp");
    }
}
