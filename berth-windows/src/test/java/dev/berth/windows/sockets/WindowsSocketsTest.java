package dev.berth.windows.sockets;

import static dev.berth.windows.sockets.BuiltTable.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.net.PortRange;
import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import dev.berth.platform.Gap;
import dev.berth.platform.HostReadException;
import dev.berth.platform.Owner;
import dev.berth.platform.OwnerQuery;
import dev.berth.platform.SocketCursor;
import dev.berth.platform.SocketDump;
import dev.berth.platform.SocketQuery;
import dev.berth.platform.SocketQuery.PortOrigin;
import dev.berth.windows.system.FileTime;
import dev.berth.windows.system.ProcessEntry;
import dev.berth.windows.system.SocketTable;
import dev.berth.windows.system.SocketTable.Rows;
import dev.berth.windows.system.WindowsErrorException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowsSocketsTest {
    private static final SocketQuery EVERYTHING = SocketQuery.everything();
    private static final SocketTable TCP4 = table(Protocol.TCP, false, Rows.OWNER_MODULE);
    private static final SocketTable TCP6 = table(Protocol.TCP, true, Rows.OWNER_MODULE);
    private static final SocketTable UDP4 = table(Protocol.UDP, false, Rows.OWNER_MODULE);
    private static final SocketTable BOUND4 = table(Protocol.TCP, false, Rows.ROW2);
    private static final int CLOSED = 1;
    private static final int LISTEN = 2;
    private static final int ESTABLISHED = 5;
    private static final int TIME_WAIT = 11;
    private static final int DELETE_TCB = 12;
    private static final int RESERVED = 100;

    private static List<String> rows(TablesOnly system, SocketQuery query) throws HostReadException {
        var rows = new ArrayList<String>();
        try (SocketDump dump = WindowsSockets.dump(system, query)) {
            for (SocketCursor row : dump.parts()) {
                while (row.next()) {
                    rows.add(row.protocol() + " " + row.state() + " " + row.local() + " " + row.remote() + " "
                            + row.inode());
                }
            }
        }
        return rows;
    }

    private static List<String> gaps(TablesOnly system, SocketQuery query) throws HostReadException {
        return WindowsSockets.dump(system, query).gaps().stream().map(Gap::what).toList();
    }

    @ParameterizedTest
    @EnumSource(Rows.class)
    void rows_of_tcp_over_ipv4_are_read_whatever_comes_with_them(Rows rows) throws Exception {
        SocketTable table = table(Protocol.TCP, false, rows);
        byte[] raw = BuiltTable.of(table)
                .tcp(RESERVED, "10.0.0.7:1433", "0.0.0.0:0", 4242, 1)
                .tcp(RESERVED, "127.0.0.1:65535", "0.0.0.0:0", 4, 2)
                .bytes();
        assertThat(rows(new TablesOnly().with(table, raw), EVERYTHING))
                .containsExactly("TCP BOUND 10.0.0.7:1433 0.0.0.0:0 4242", "TCP BOUND 127.0.0.1:65535 0.0.0.0:0 4");
    }

    @ParameterizedTest
    @EnumSource(Rows.class)
    void rows_of_tcp_over_ipv6_are_read_whatever_comes_with_them(Rows rows) throws Exception {
        SocketTable table = table(Protocol.TCP, true, rows);
        byte[] raw = BuiltTable.of(table)
                .tcp(RESERVED, "[2001:db8::7]:1433", "[::]:0", 4242, 1)
                .tcp(RESERVED, "[::1]:1", "[::]:0", 4, 2)
                .bytes();
        var system = new TablesOnly().with(table, raw);
        if (rows == Rows.ROW2) { // of IPv6 only where IPv4 has one
            system.with(BOUND4, BuiltTable.of(BOUND4).bytes());
        }
        assertThat(rows(system, EVERYTHING))
                .containsExactly("TCP BOUND [2001:db8::7]:1433 [::]:0 4242", "TCP BOUND [::1]:1 [::]:0 4");
    }

    @ParameterizedTest
    @EnumSource(names = {"OWNER_MODULE", "OWNER_PID"})
    void rows_of_udp_are_bound_and_have_no_remote_end(Rows rows) throws Exception {
        SocketTable v4 = table(Protocol.UDP, false, rows);
        SocketTable v6 = table(Protocol.UDP, true, rows);
        var system = TablesOnly.withoutSockets()
                .with(
                        v4,
                        BuiltTable.of(v4)
                                .udp("0.0.0.0:53", 9, 1, 0)
                                .udp("10.0.0.7:123", 8, 2, 0)
                                .bytes())
                .with(
                        v6,
                        BuiltTable.of(v6)
                                .udp("[::]:53", 9, 1, 0)
                                .udp("[::1]:1900", 7, 2, 0)
                                .bytes());
        assertThat(rows(system, EVERYTHING))
                .containsExactly(
                        "UDP BOUND 0.0.0.0:53 0.0.0.0:0 9",
                        "UDP BOUND 10.0.0.7:123 0.0.0.0:0 8",
                        "UDP BOUND [::]:53 [::]:0 9",
                        "UDP BOUND [::1]:1900 [::]:0 7");
        assertThat(gaps(system, EVERYTHING)).contains("which UDP sockets are connected, and to where");
        assertThat(gaps(system, EVERYTHING.with(EnumSet.of(TcpState.LISTEN)))).doesNotContain("UDP");
    }

    @Test
    void the_remote_end_of_a_listener_means_nothing() throws Exception {
        byte[] raw = BuiltTable.of(TCP4)
                .tcp(LISTEN, "0.0.0.0:80", "1.2.3.4:5678", 4, 1)
                .bytes();
        assertThat(rows(new TablesOnly().with(TCP4, raw), EVERYTHING))
                .containsExactly("TCP LISTEN 0.0.0.0:80 0.0.0.0:0 4");
    }

    @Test
    void every_state_has_its_name_and_sockets_that_are_no_more_are_left_out() throws Exception {
        var table = BuiltTable.of(TCP4);
        for (int state = 0; state <= DELETE_TCB + 1; state++) {
            table.tcp(state, "10.0.0.7:" + (100 + state), "10.0.0.8:443", 4242, state);
        }
        assertThat(rows(new TablesOnly().with(TCP4, table.bytes()), EVERYTHING))
                .containsExactly(
                        "TCP LISTEN 10.0.0.7:102 0.0.0.0:0 4242",
                        "TCP SYN_SENT 10.0.0.7:103 10.0.0.8:443 4242",
                        "TCP SYN_RECV 10.0.0.7:104 10.0.0.8:443 4242",
                        "TCP ESTABLISHED 10.0.0.7:105 10.0.0.8:443 4242",
                        "TCP FIN_WAIT1 10.0.0.7:106 10.0.0.8:443 4242",
                        "TCP FIN_WAIT2 10.0.0.7:107 10.0.0.8:443 4242",
                        "TCP CLOSE_WAIT 10.0.0.7:108 10.0.0.8:443 4242",
                        "TCP CLOSING 10.0.0.7:109 10.0.0.8:443 4242",
                        "TCP LAST_ACK 10.0.0.7:110 10.0.0.8:443 4242",
                        "TCP TIME_WAIT 10.0.0.7:111 10.0.0.8:443 4242");
    }

    @Test
    void the_table_of_bound_sockets_adds_those_that_are_bound_and_no_others() throws Exception {
        byte[] raw = BuiltTable.of(BOUND4)
                .tcp(RESERVED, "10.0.0.7:1433", "0.0.0.0:0", 42, 0)
                .tcp(CLOSED, "10.0.0.7:1434", "0.0.0.0:0", 42, 0)
                .tcp(LISTEN, "10.0.0.7:80", "0.0.0.0:0", 42, 0)
                .bytes();
        var system = new TablesOnly().with(BOUND4, raw);
        assertThat(rows(system, EVERYTHING))
                .containsExactly("TCP BOUND 10.0.0.7:1433 0.0.0.0:0 42", "TCP BOUND 10.0.0.7:1434 0.0.0.0:0 42");
        assertThat(WindowsSockets.showsBound(system)).isTrue();
    }

    @Test
    void without_that_table_bound_sockets_are_a_gap_that_says_what_shows_them() throws Exception {
        TablesOnly system = TablesOnly.withoutSockets();
        assertThat(WindowsSockets.showsBound(system)).isFalse();
        assertThat(WindowsSockets.dump(system, EVERYTHING).gaps())
                .contains(new Gap(
                        "TCP sockets that are bound and neither listen nor connect",
                        "this Windows has no table of them for programs; `netstat -q` and Get-NetTCPConnection show"
                                + " them"));
        assertThat(gaps(system, EVERYTHING.with(EnumSet.of(TcpState.LISTEN)))).isEmpty();
    }

    @Test
    void when_time_wait_ends_is_a_gap_where_there_is_one() throws Exception {
        var built = BuiltTable.of(TCP4).tcp(TIME_WAIT, "10.0.0.7:50000", "10.0.0.8:443", 0, 0);
        var system = new TablesOnly().with(TCP4, built.bytes());
        assertThat(rows(system, EVERYTHING)).containsExactly("TCP TIME_WAIT 10.0.0.7:50000 10.0.0.8:443 0");
        assertThat(gaps(system, EVERYTHING)).contains("when TIME_WAIT ends");
        assertThat(gaps(system, EVERYTHING.with(PortRange.of(80)))).doesNotContain("when TIME_WAIT ends");
    }

    @ParameterizedTest
    @ValueSource(ints = {WindowsErrorException.NOT_SUPPORTED, WindowsErrorException.INVALID_PARAMETER})
    void where_rows_with_times_are_refused_those_without_are_read(int error) throws Exception {
        SocketTable poor = table(Protocol.TCP, false, Rows.OWNER_PID);
        var system = new TablesOnly()
                .refusing(TCP4, error)
                .with(
                        poor,
                        BuiltTable.of(poor)
                                .tcp(LISTEN, "0.0.0.0:80", "0.0.0.0:0", 4, 0)
                                .bytes());
        assertThat(rows(system, EVERYTHING)).containsExactly("TCP LISTEN 0.0.0.0:80 0.0.0.0:0 4");
    }

    @Test
    void one_table_that_is_refused_is_a_gap_and_all_of_them_are_a_failure() throws Exception {
        var system = new TablesOnly().refusing(TCP6, WindowsErrorException.ACCESS_DENIED);
        SocketTable poor = table(Protocol.TCP, false, Rows.OWNER_PID);
        system.refusing(poor, WindowsErrorException.ACCESS_DENIED);
        assertThatThrownBy(() -> WindowsSockets.dump(system, SocketQuery.all(Protocol.TCP)))
                .isInstanceOfSatisfying(
                        HostReadException.class,
                        e -> assertThat(e.why()).isEqualTo("GetExtendedTcpTable failed with error 5"));
        system.with(TCP4, BuiltTable.of(TCP4).bytes());
        assertThat(gaps(system, EVERYTHING)).contains("TCP sockets over IPv6");
    }

    @Test
    void a_recording_without_a_table_is_not_one_of_a_host_without_sockets() throws Exception {
        assertThatThrownBy(() -> WindowsSockets.dump(new TablesOnly(), EVERYTHING))
                .isInstanceOfSatisfying(
                        HostReadException.class,
                        e -> assertThat(e.why()).isEqualTo("the recording does not hold them"));
        var system = new TablesOnly().with(TCP4, BuiltTable.of(TCP4).bytes());
        assertThat(WindowsSockets.dump(system, EVERYTHING).gaps())
                .contains(
                        new Gap("TCP sockets over IPv6", "the recording does not hold them"),
                        new Gap("UDP sockets over IPv4", "the recording does not hold them"),
                        new Gap("UDP sockets over IPv6", "the recording does not hold them"));
    }

    @Test
    void a_table_that_was_cut_off_gives_its_whole_rows_and_a_gap() throws Exception {
        byte[] raw =
                BuiltTable.of(TCP4).tcp(LISTEN, "0.0.0.0:80", "0.0.0.0:0", 4, 1).bytes(-1);
        var system = new TablesOnly().with(TCP4, raw);
        assertThat(rows(system, EVERYTHING)).containsExactly("TCP LISTEN 0.0.0.0:80 0.0.0.0:0 4");
        assertThat(WindowsSockets.dump(system, EVERYTHING).gaps())
                .contains(new Gap("TCP sockets over IPv4", "their table was cut off: it has 1 of 4294967295 rows"));
        assertThat(gaps(new TablesOnly().with(TCP4, new byte[2]), EVERYTHING)).contains("TCP sockets over IPv4");
    }

    @Test
    void ports_asked_for_by_number_are_those_that_the_tables_tell() throws Exception {
        var system = new TablesOnly()
                .with(
                        TCP4,
                        BuiltTable.of(TCP4)
                                .tcp(LISTEN, "0.0.0.0:80", "0.0.0.0:0", 4, 1)
                                .tcp(ESTABLISHED, "10.0.0.7:50000", "10.0.0.8:443", 5, 1)
                                .bytes())
                .with(
                        UDP4,
                        BuiltTable.of(UDP4)
                                .udp("0.0.0.0:53", 9, 1, 1)
                                .udp("0.0.0.0:60000", 9, 1, 0)
                                .bytes());
        SocketQuery query = EVERYTHING.with(PortOrigin.EXPLICIT);
        assertThat(rows(system, query))
                .containsExactly("TCP LISTEN 0.0.0.0:80 0.0.0.0:0 4", "UDP BOUND 0.0.0.0:53 0.0.0.0:0 9");
        assertThat(gaps(system, query))
                .contains("which TCP ports were asked for by number, but for listeners")
                .noneMatch(what -> what.startsWith("which UDP ports"));
    }

    @Test
    void a_link_local_address_comes_with_its_interface() throws Exception {
        byte[] raw =
                BuiltTable.of(TCP6).tcp(LISTEN, "[fe80::1]:80", "[::]:0", 4, 1).bytes();
        SocketCursor row = WindowsSockets.dump(new TablesOnly().with(TCP6, raw), EVERYTHING)
                .parts()
                .getFirst();
        assertThat(row.next()).isTrue();
        assertThat(row.device()).isEqualTo(7);
    }

    @Test
    void an_ipv4_address_in_a_table_of_ipv6_is_an_ipv4_address() throws Exception {
        byte[] raw = BuiltTable.of(TCP6)
                .tcp(ESTABLISHED, "10.0.0.7:80", "10.0.0.8:50000", 4, 1)
                .bytes();
        assertThat(rows(new TablesOnly().with(TCP6, raw), EVERYTHING))
                .containsExactly("TCP ESTABLISHED 10.0.0.7:80 10.0.0.8:50000 4");
    }

    @Test
    void whatever_differs_between_two_sockets_makes_their_cookies_differ() throws Exception {
        byte[] tcp = BuiltTable.of(TCP4)
                .tcp(ESTABLISHED, "10.0.0.7:80", "10.0.0.8:50000", 4, 1)
                .tcp(ESTABLISHED, "10.0.0.7:80", "10.0.0.8:50000", 4, 2)
                .tcp(ESTABLISHED, "10.0.0.7:80", "10.0.0.8:50000", 5, 1)
                .tcp(ESTABLISHED, "10.0.0.7:80", "10.0.0.8:50001", 4, 1)
                .tcp(ESTABLISHED, "10.0.0.7:81", "10.0.0.8:50000", 4, 1)
                .tcp(ESTABLISHED, "10.0.0.8:80", "10.0.0.7:50000", 4, 1)
                .tcp(LISTEN, "10.0.0.7:80", "0.0.0.0:0", 4, 1)
                .bytes();
        byte[] udp = BuiltTable.of(UDP4).udp("10.0.0.7:80", 4, 1, 0).bytes();
        var system = new TablesOnly().with(TCP4, tcp).with(UDP4, udp);
        List<Long> once = cookies(system);
        assertThat(new HashSet<>(once)).hasSize(8).doesNotContain(0L);
        assertThat(cookies(system)).isEqualTo(once);
    }

    private static List<Long> cookies(TablesOnly system) throws HostReadException {
        var cookies = new ArrayList<Long>();
        SocketCursor row = WindowsSockets.dump(system, EVERYTHING).parts().getFirst();
        while (row.next()) {
            cookies.add(row.cookie());
        }
        return cookies;
    }

    @Test
    void a_socket_is_held_by_the_process_that_its_row_names() throws Exception {
        byte[] raw = BuiltTable.of(TCP4)
                .tcp(LISTEN, "0.0.0.0:80", "0.0.0.0:0", 4, 1)
                .tcp(TIME_WAIT, "10.0.0.7:80", "10.0.0.8:50000", 0, 1)
                .tcp(LISTEN, "0.0.0.0:81", "0.0.0.0:0", 16_777_212, 1)
                .bytes();
        var system = new TablesOnly().with(TCP4, raw);
        var owners = SocketOwners.of(system, OwnerQuery.everything(), List.of());
        assertThat(owners.complete()).isTrue();
        assertThat(owners.of(4)).isEqualTo(new Owner.Held(List.of(4)));
        assertThat(owners.of(0)).isEqualTo(new Owner.Nobody(Owner.Reason.KERNEL_HELD));
        assertThat(owners.of(16_777_212)).isEqualTo(new Owner.Held(List.of(16_777_212)));
    }

    private static ProcessEntry payroll(@Nullable Instant startedAt) {
        return new ProcessEntry(4242, 1, "payroll.exe", null, null, null, startedAt);
    }

    @Test
    void a_process_that_started_after_a_socket_was_made_does_not_hold_it() throws Exception {
        Instant started = Instant.parse("2026-11-21T11:00:00Z");
        byte[] raw = BuiltTable.of(TCP4)
                .tcp(LISTEN, "0.0.0.0:1433", "0.0.0.0:0", 4242, FileTime.of(started.minusSeconds(1)))
                .tcp(LISTEN, "0.0.0.0:8080", "0.0.0.0:0", 4242, FileTime.of(started.minusMillis(10)))
                .bytes();
        var system = new TablesOnly().with(TCP4, raw).with(payroll(started));
        var held = new ArrayList<Owner>();
        var owners = SocketOwners.of(system, OwnerQuery.everything(), List.of());
        SocketCursor row = WindowsSockets.dump(system, EVERYTHING).parts().getFirst();
        while (row.next()) {
            held.add(owners.of(row.inode()));
            assertThat(OwnerKey.pid(row.inode())).isEqualTo(4242);
        }
        assertThat(held)
                .as("a clock that goes in ticks may be behind by one")
                .containsExactly(new Owner.Nobody(Owner.Reason.NO_DESCRIPTOR), new Owner.Held(List.of(4242)));
        assertThat(owners.gaps()).extracting(Gap::what).containsExactly("who holds the older sockets of process 4242");
    }

    @Test
    void an_owner_has_not_ended_because_processes_cannot_be_listed() throws Exception {
        byte[] raw = BuiltTable.of(TCP4)
                .tcp(LISTEN, "0.0.0.0:80", "0.0.0.0:0", 4242, 1)
                .bytes();
        var system = new TablesOnly().with(TCP4, raw).refusingProcesses(8);
        var owners = SocketOwners.of(system, OwnerQuery.everything(), List.of());
        assertThat(owners.of(4242)).isEqualTo(new Owner.Held(List.of(4242)));
        assertThat(owners.gaps())
                .containsExactly(new Gap("which processes there are", "CreateToolhelp32Snapshot failed with error 8"));
    }

    @Test
    void what_an_owner_does_not_tell_this_user_is_a_gap() throws Exception {
        byte[] raw = BuiltTable.of(TCP4)
                .tcp(LISTEN, "0.0.0.0:80", "0.0.0.0:0", 4242, 1)
                .bytes();
        var system = new TablesOnly().with(TCP4, raw).with(payroll(null));
        assertThat(SocketOwners.of(system, OwnerQuery.everything(), List.of()).gaps())
                .containsExactly(new Gap(
                        "who runs process 4242, with which command, and since when",
                        "Windows does not tell this user; an elevated prompt is told: run as administrator"));
    }

    @Test
    void an_owner_that_has_ended_is_named_in_a_gap() throws Exception {
        byte[] raw = BuiltTable.of(TCP4)
                .tcp(LISTEN, "0.0.0.0:80", "0.0.0.0:0", 4242, 1)
                .bytes();
        var owners = SocketOwners.of(new TablesOnly().with(TCP4, raw), OwnerQuery.everything(), List.of());
        assertThat(owners.gaps()).extracting(Gap::what).containsExactly("who holds the sockets of process 4242");
    }

    @Test
    void that_owners_cannot_be_told_from_later_processes_is_a_gap() throws Exception {
        SocketTable poor = table(Protocol.TCP, false, Rows.OWNER_PID);
        String gap = "whether the processes named made these sockets themselves";
        var system = new TablesOnly()
                .with(
                        poor,
                        BuiltTable.of(poor)
                                .tcp(LISTEN, "0.0.0.0:80", "0.0.0.0:0", 4, 0)
                                .tcp(LISTEN, "0.0.0.0:1433", "0.0.0.0:0", 4242, 0)
                                .bytes());
        assertThat(gaps(system, EVERYTHING.with(PortRange.of(1433)))).contains(gap);
        assertThat(gaps(system, EVERYTHING.with(PortRange.of(80)))).doesNotContain(gap);
    }
}
