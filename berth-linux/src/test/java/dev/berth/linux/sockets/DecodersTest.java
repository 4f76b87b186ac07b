package dev.berth.linux.sockets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.net.PortRange;
import dev.berth.net.TcpState;
import dev.berth.platform.HostReadException;
import dev.berth.platform.SocketCursor;
import dev.berth.platform.SocketQuery;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The recorded kernel spoke little-endian; so do all machines these tests run on. */
class DecodersTest {
    private static final SocketQuery EVERYTHING = SocketQuery.everything();

    private static List<String> rows(SocketCursor cursor) throws HostReadException {
        var rows = new ArrayList<String>();
        while (cursor.next()) {
            rows.add(cursor.state() + " " + cursor.local() + " " + cursor.remote() + " rq=" + cursor.receiveQueue()
                    + " timer=" + (cursor.expiresInMillis() > 0) + " held=" + (cursor.inode() != 0));
        }
        rows.sort(null);
        return rows;
    }

    private static final String[] SHOWN_BY_BOTH = {
        "ESTABLISHED 127.0.0.1:1433 127.0.0.1:40000 rq=0 timer=false held=true",
        "ESTABLISHED 127.0.0.1:40000 127.0.0.1:1433 rq=6 timer=false held=true",
        "CLOSE_WAIT 127.0.0.1:40001 127.0.0.1:8080 rq=1 timer=false held=true",
        "FIN_WAIT2 127.0.0.1:8080 127.0.0.1:40001 rq=0 timer=true held=false",
        "LISTEN 127.0.0.1:1433 0.0.0.0:0 rq=0 timer=false held=true",
        "LISTEN [::1]:8443 [::]:0 rq=0 timer=false held=true",
        "LISTEN [::]:8080 [::]:0 rq=0 timer=false held=true",
        "TIME_WAIT 127.0.0.1:40002 127.0.0.1:1433 rq=0 timer=true held=false",
    };

    @Test
    void sock_diag_shows_what_was_staged() throws Exception {
        assertThat(rows(Recorded.diag(Recorded.tcp(), EVERYTHING)))
                .contains(SHOWN_BY_BOTH)
                .contains("BOUND 127.0.0.2:1521 0.0.0.0:0 rq=0 timer=false held=true");
    }

    @Test
    void procfs_shows_the_same_but_for_what_is_only_bound() throws Exception {
        var texts =
                Map.of("/proc/net/tcp", Recorded.resource("tcp.txt"), "/proc/net/tcp6", Recorded.resource("tcp6.txt"));
        var diag = new ArrayList<>(rows(Recorded.diag(Recorded.tcp(), EVERYTHING)));
        diag.removeIf(row -> row.startsWith("BOUND"));
        assertThat(rows(Recorded.procNet(texts, EVERYTHING))).isEqualTo(diag);
    }

    @Test
    void a_listener_carries_its_backlog_its_cookie_its_cgroup_and_its_v6_only_mark() throws Exception {
        DiagCursor row = Recorded.diag(Recorded.tcp(), EVERYTHING.with(PortRange.of(8443)));
        assertThat(row.next()).isTrue();
        assertThat(row.sendQueue()).isEqualTo(9);
        assertThat(row.v6Only()).isTrue();
        assertThat(row.cookie()).isPositive();
        assertThat(row.cgroup()).isPositive();
        assertThat(row.uid()).isZero();
        assertThat(row.next()).isFalse();
    }

    @Test
    void a_dual_stack_listener_is_not_v6_only() throws Exception {
        DiagCursor row = Recorded.diag(
                Recorded.tcp(), EVERYTHING.with(PortRange.of(8080)).with(EnumSet.of(TcpState.LISTEN)));
        assertThat(row.next()).isTrue();
        assertThat(row.v6Only()).isFalse();
    }

    @Test
    void a_dump_that_stops_before_its_end_is_an_error() throws Exception {
        var datagrams = new ArrayList<>(Recorded.tcp());
        datagrams.removeLast();
        assertThatThrownBy(() -> rows(Recorded.diag(datagrams, EVERYTHING)))
                .isInstanceOfSatisfying(
                        HostReadException.class,
                        e -> assertThat(e.why()).isEqualTo("the kernel's replies end before their end"));
    }

    @Test
    void a_datagram_cut_short_is_an_error_wherever_it_is_cut() throws Exception {
        byte[] first = Recorded.tcp().getFirst();
        for (int length = 1; length < 100; length++) {
            byte[] cut = Arrays.copyOf(first, length);
            assertThatThrownBy(() -> rows(Recorded.diag(List.of(cut), EVERYTHING)))
                    .isInstanceOf(HostReadException.class);
        }
    }

    @Test
    void an_error_in_the_middle_is_named() throws Exception {
        var datagrams = List.of(Recorded.tcp().getFirst(), message(2, -105));
        assertThatThrownBy(() -> rows(Recorded.diag(datagrams, EVERYTHING)))
                .isInstanceOfSatisfying(
                        HostReadException.class, e -> assertThat(e.why()).contains("ENOBUFS"));
    }

    @Test
    void messages_families_and_states_it_does_not_know_are_passed_over() throws Exception {
        byte[] first = Recorded.tcp().getFirst().clone();
        first[16] = 99; // the family of the first socket
        byte[] other = Recorded.tcp().getFirst().clone();
        other[17] = 77; // its state
        int whole = rows(Recorded.diag(Recorded.tcp(), EVERYTHING)).size();
        for (byte[] changed : List.of(first, other)) {
            var datagrams = new ArrayList<>(Recorded.tcp());
            datagrams.set(0, changed);
            datagrams.add(0, message(4711, 0));
            assertThat(rows(Recorded.diag(datagrams, EVERYTHING))).hasSize(whole - 1);
        }
    }

    @Test
    void the_message_is_laid_out_as_in_the_header() {
        assertThat(new int[] {
                    DiagMessage.SOURCE_PORT,
                    DiagMessage.DESTINATION_PORT,
                    DiagMessage.SOURCE,
                    DiagMessage.DESTINATION,
                    DiagMessage.DEVICE,
                    DiagMessage.COOKIE,
                    DiagMessage.EXPIRES,
                    DiagMessage.RECEIVE_QUEUE,
                    DiagMessage.SEND_QUEUE,
                    DiagMessage.UID,
                    DiagMessage.INODE,
                    DiagMessage.SIZE
                })
                .containsExactly(4, 6, 8, 24, 40, 44, 52, 56, 60, 64, 68, 72);
    }

    @Test
    void a_line_that_is_not_a_socket_is_an_error() {
        byte[] text = "  sl  local_address\n   0: 0100007F:0599 garbage\n".getBytes(StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> rows(Recorded.procNet(Map.of("/proc/net/tcp", text), EVERYTHING)))
                .isInstanceOf(HostReadException.class)
                .hasMessage("cannot read /proc/net/tcp");
    }

    private static byte[] message(int type, int payload) {
        return ByteBuffer.allocate(20)
                .order(ByteOrder.nativeOrder())
                .putInt(20)
                .putShort((short) type)
                .putShort((short) 0)
                .putInt(1)
                .putInt(0)
                .putInt(payload)
                .array();
    }
}
