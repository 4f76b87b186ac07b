package dev.berth.windows.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.Endpoint;
import dev.berth.net.Protocol;
import dev.berth.platform.ActOutcome;
import dev.berth.platform.FakeHostNetwork;
import dev.berth.platform.SocketId;
import dev.berth.windows.FakeWindows;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConnectionEndTest {
    private static final Endpoint LOCAL = Endpoint.parse("10.0.0.1:1433");
    private static final Endpoint REMOTE = Endpoint.parse("10.0.0.2:50000");
    private static final long COOKIE = 50_000; // of the first socket of a made-up host

    private final FakeHostNetwork before = FakeHostNetwork.with(LOCAL + " -> " + REMOTE + " ESTABLISHED shop(77)");
    private final FakeHostNetwork after = FakeHostNetwork.with();

    private static FakeWindows.Builder windows() {
        return FakeWindows.builder().connection("shop.exe", 77, LOCAL, REMOTE);
    }

    private static SocketId socket(Endpoint local, @Nullable Endpoint remote, long cookie) {
        return new SocketId(Protocol.TCP, local, remote, 0, cookie);
    }

    /** On a host whose table no longer has the connection once Windows was told. */
    private ActOutcome destroy(FakeWindows windows, SocketId socket) {
        var end = new ConnectionEnd(
                query -> (windows.told().isEmpty() ? before : after).sockets(query, 1), windows, windows.acts());
        return end.destroy(socket);
    }

    @Test
    void a_connection_is_ended_by_its_two_ends() {
        FakeWindows windows = windows().build();

        assertThat(destroy(windows, socket(LOCAL, REMOTE, COOKIE))).isEqualTo(new ActOutcome.Done());

        assertThat(windows.told()).containsExactly("delete the connection 10.0.0.1:1433 to 10.0.0.2:50000");
    }

    @Test
    void the_row_has_its_state_first_and_its_ends_in_network_order() {
        assertThat(HexFormat.ofDelimiter(" ").formatHex(ConnectionEnd.row(LOCAL, REMOTE)))
                .isEqualTo("0c 00 00 00 0a 00 00 01 05 99 00 00 0a 00 00 02 c3 50 00 00");
    }

    @Test
    void another_connection_in_its_place_is_left_alone() {
        FakeWindows windows = windows().build();

        assertThat(destroy(windows, socket(LOCAL, REMOTE, COOKIE + 1)))
                .isEqualTo(new ActOutcome.Gone("it was closed in the meantime"));

        assertThat(windows.told()).isEmpty();
    }

    @Test
    void what_is_still_in_the_table_was_not_ended_whatever_the_call_says() {
        FakeWindows windows = windows().build();
        var end = new ConnectionEnd(query -> before.sockets(query, 1), windows, windows.acts());

        assertThat(end.destroy(socket(LOCAL, REMOTE, COOKIE)))
                .isEqualTo(new ActOutcome.Failed("SetTcpEntry says it is done, and the connection is still there"));
    }

    @Test
    void who_is_not_elevated_is_told_so() {
        assertThat(destroy(windows().notElevated().build(), socket(LOCAL, REMOTE, COOKIE)))
                .isEqualTo(new ActOutcome.NotPermitted("an elevated prompt: run as administrator"));
    }

    @Test
    void of_ipv6_no_single_connection_can_be_ended() {
        Endpoint v6 = Endpoint.parse("[2001:db8::1]:1433");

        ActOutcome outcome = destroy(windows().build(), socket(v6, Endpoint.parse("[2001:db8::2]:50000"), COOKIE));

        assertThat(outcome).isInstanceOf(ActOutcome.NotOnThisSystem.class);
        assertThat(Objects.requireNonNull(outcome.detail())).contains("IPv4 only");
    }

    @Test
    void listeners_datagrams_and_what_has_no_identity_are_refused() {
        var udp = new SocketId(Protocol.UDP, LOCAL, null, 0, COOKIE);

        for (SocketId socket : new SocketId[] {socket(LOCAL, null, COOKIE), udp, socket(LOCAL, REMOTE, 0)}) {
            FakeWindows windows = windows().build();
            assertThat(destroy(windows, socket)).isInstanceOf(ActOutcome.Failed.class);
            assertThat(windows.told()).isEmpty();
        }
    }
}
