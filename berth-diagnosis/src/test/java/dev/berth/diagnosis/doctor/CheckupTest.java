package dev.berth.diagnosis.doctor;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.Given;
import dev.berth.diagnosis.MoreConnections;
import dev.berth.diagnosis.Reservation;
import dev.berth.diagnosis.Rows;
import dev.berth.diagnosis.forecast.Rate;
import dev.berth.diagnosis.survey.FirstLook;
import dev.berth.diagnosis.survey.Living;
import dev.berth.diagnosis.survey.Survey;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.HostReadException;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.OpenFilesLimit;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.Settings;
import dev.berth.platform.SocketColumns;
import dev.berth.platform.Tunable;
import dev.berth.platform.Tunable.Assignment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CheckupTest {
    @Test
    void a_listener_in_the_dynamic_range() throws HostReadException {
        var files = new PortPolicy.Persistent(null, null, PortSet.parse("40000"), "/etc/sysctl.d/a.conf:1");
        expect(
                found(
                        Given.settings(Given.policy("32768-60999", "40000", files)),
                        Rows.of("0.0.0.0:52001 LISTEN inode=1", "[::]:40000 LISTEN")),
                """
                warning listener-in-dynamic-range
                TCP port 52001 has a listener and lies in the dynamic range
                  nginx (pid 4242) listens there.
                  Nothing keeps port 52001 from automatic choice, so while its server is down an outgoing connection may be given it.
                  $ berth reserve 52001
                  $ berth reserve 52001 --persist
                """);
    }

    @Test
    void a_reservation_that_no_file_keeps() throws HostReadException {
        var files = new PortPolicy.Persistent(null, null, PortSet.parse("80"), "/etc/sysctl.d/a.conf:1");
        expect(found(Given.settings(Given.policy("32768-60999", "80,1433", files)), Rows.of()), """
                warning reservation-not-persistent
                Port 1433 is reserved until the next restart only
                  The kernel passes over 1433 now, and no sysctl file says so.
                  $ berth reserve 1433 --persist
                """);
    }

    @Test
    void a_reservation_whose_file_is_replaced_by_a_later_one() throws HostReadException {
        var files = new PortPolicy.Persistent(null, null, PortSet.parse("7777"), "/etc/sysctl.d/zzz.conf:2");
        Settings settings = Given.settings(Given.policy("32768-60999", "7000,7777,8000-8001,9000", files));
        Assignment early = new Assignment("/etc/sysctl.d/10-a.conf", 1, "7000");
        Assignment own = new Assignment("/etc/sysctl.d/zz-berth.conf", 3, "7000,8000-8001");
        Assignment late = new Assignment("/etc/sysctl.d/zzz.conf", 2, "7777");
        expect(found(Given.withLine(settings, Reservation.SETTING, "", early, own, late), Rows.of()), """
                warning reservation-not-persistent
                Ports 7000,8000-8001,9000 are reserved until the next restart only
                  /etc/sysctl.d/10-a.conf:1 reserves 7000, /etc/sysctl.d/zz-berth.conf:3 reserves 7000,8000-8001; /etc/sysctl.d/zzz.conf:2 is applied after that, and at the next start its list replaces the others.
                  The kernel passes over 9000 now, and no sysctl file says so.
                """);
        assertThat(report(Given.withLine(settings, Reservation.SETTING, "", early, own, late), Rows.of())
                        .findings()
                        .getFirst()
                        .fixes(settings)
                        .getFirst()
                        .summary())
                .startsWith("take the line out of /etc/sysctl.d/zzz.conf:2, or add 7000,8000-8001,9000 to it");
        var merged = new PortPolicy.Persistent(null, null, PortSet.parse("8000-8001"), "/etc/sysctl.d/zz-berth.conf:3");
        settings = Given.settings(Given.policy("32768-60999", "7000,8000-8001", merged));
        own = new Assignment("/etc/sysctl.d/zz-berth.conf", 3, "8000-8001");
        expect(found(Given.withLine(settings, Reservation.SETTING, "", early, own), Rows.of()), """
                warning reservation-not-persistent
                Port 7000 is reserved until the next restart only
                  /etc/sysctl.d/10-a.conf:1 reserves 7000; /etc/sysctl.d/zz-berth.conf:3 is applied after that, and at the next start its list replaces the others.
                  $ berth reserve 7000 --persist
                """);
    }

    @Test
    void files_that_are_not_in_force() throws HostReadException {
        var files = new PortPolicy.Persistent(
                PortRange.parse("10240-65535"),
                "/etc/sysctl.d/a.conf:1",
                PortSet.parse("80"),
                "/etc/sysctl.d/b.conf:2");
        expect(found(Given.settings(Given.policy("32768-60999", "", files)), Rows.of()), """
                warning persistent-not-active
                net.ipv4.ip_local_port_range is not what its file says
                  /etc/sysctl.d/a.conf:1 sets "10240 65535".
                  The kernel runs with "32768 60999".
                  $ berth fix activate-setting
                warning persistent-not-active
                net.ipv4.ip_local_reserved_ports is not what its file says
                  /etc/sysctl.d/b.conf:2 sets "80".
                  The kernel runs with nothing.
                  $ berth reserve 80
                """);
    }

    @Test
    void a_foreign_network_namespace_is_not_measured_by_the_files_of_the_host() throws HostReadException {
        Settings settings = Given.inside(new NetworkNamespace(1, null), Given.settings("32768-60999", "80"));
        assertThat(found(settings, Rows.of())).isEmpty();
    }

    @Test
    void fixes_act_on_the_namespace_the_finding_is_about() {
        var finding = new ListenerInDynamicRange(40000, Protocol.TCP, List.of());
        Settings own = Given.settings("32768-60999", "80");
        assertThat(finding.fixes(Given.inside(new NetworkNamespace(1, "blue"), own)))
                .extracting(Fix::command)
                .containsExactly("berth reserve 40000 --netns blue");
        assertThat(finding.fixes(Given.inside(new NetworkNamespace(1, null, 4711), own)))
                .extracting(Fix::command)
                .containsExactly("berth reserve 40000 --netns 4711");
        List<Fix> unnamed = finding.fixes(Given.inside(new NetworkNamespace(1, null), own));
        assertThat(unnamed).extracting(Fix::command).containsOnlyNulls();
        assertThat(unnamed.getFirst().summary()).endsWith("; inside that namespace");
    }

    @Test
    void every_command_is_right_whenever_it_is_typed() throws HostReadException {
        Settings settings = Given.settings("1000-47998", "80");
        Report report = report(settings, Rows.of("0.0.0.0:40001 LISTEN", "[::]:40002 LISTEN", "[::]:33060 LISTEN"));

        assertThat(told(report, settings))
                .as("reservations name their own ports and add to the list")
                .contains("  $ berth reserve 40001\n  $ berth reserve 40001 --persist\n", "  $ berth reserve 33060\n")
                .as("what follows from the range of now looks anew")
                .contains("  $ berth fix even-out-range\n", "  $ berth fix raise-range-start\n");
        assertThat(MoreConnections.widerRange(settings, PortSet.EMPTY))
                .as("a wider range does not take back that of a higher start")
                .extracting(Fix::command)
                .isEqualTo("berth range set 1024-65535");
    }

    @Test
    void a_fix_has_aims_where_its_command_sets_something_and_only_there() throws HostReadException {
        Settings settings = Given.settings("1000-47998", "80");
        for (Finding finding : report(settings, Rows.of("0.0.0.0:40001 LISTEN")).findings()) {
            for (Fix fix : finding.fixes(settings)) {
                String command = fix.command();
                boolean sets = command != null && command.matches("berth (reserve|range|reuse|fix) .*");
                assertThat(fix.aims().isEmpty()).as(fix.id()).isEqualTo(!sets);
            }
        }
    }

    @Test
    void a_reservation_speaks_of_one_port_or_of_several() {
        Settings settings = Given.settings("32768-60999", "");
        assertThat(Reservation.now(PortSet.parse("40000"), settings).summary())
                .endsWith("automatic choice passes over it, whoever holds it now keeps it");
        assertThat(Reservation.now(PortSet.parse("40000-40001"), settings).summary())
                .endsWith("automatic choice passes over them, whoever holds one now keeps it");
    }

    @Test
    void no_command_replaces_a_list_that_could_not_be_read() {
        Settings read = Given.settings("32768-60999", "");
        var unread = new Tunable(Reservation.SETTING, null, List.of());
        var settings = new Settings(
                read.policies(), new TreeMap<>(Map.of(unread.name(), unread)), read.counters(), read.gaps());
        assertThat(Reservation.of(PortSet.parse("80"), settings))
                .extracting(Fix::command)
                .containsOnlyNulls();
    }

    @Test
    void who_raises_a_hard_limit_needs_a_privilege() {
        Settings settings = Given.settings("32768-60999", "");
        var process = Given.process(7, "a", null);
        assertThat(new FdLimitBelowPorts(process, 900, new OpenFilesLimit(1024, 1024)).waysOut(settings))
                .extracting(Fix::summary)
                .last()
                .asString()
                .contains("CAP_SYS_RESOURCE");
        assertThat(new FdLimitBelowPorts(process, 900, new OpenFilesLimit(1024, 4096)).waysOut(settings))
                .extracting(Fix::summary)
                .noneMatch(summary -> summary.contains("CAP_SYS_RESOURCE"));
    }

    @Test
    void several_processes_listen() {
        var shared = new ListenerInDynamicRange(
                40000, Protocol.TCP, List.of(Given.process(2, "a", null), Given.process(3, "b", null)));
        assertThat(shared.evidence().getFirst()).isEqualTo("a (pid 2), b (pid 3) listen there.");
    }

    @Test
    void a_range_with_ends_of_the_same_parity() throws HostReadException {
        expect(found(Given.settings("32768-61000", ""), Rows.of()), """
                info range-ends-same-parity
                The dynamic range 32768-61000 has ends of the same parity
                  Linux shares ports out by parity, and 32768 to 61000 has one more of even ports than of the others.
                  $ berth fix even-out-range
                """);
    }

    @Test
    void a_destination_whose_preferred_ports_are_nearly_used_up() throws HostReadException {
        expect(found(Given.settings("40000-40199", ""), connections(40000, 90, 2)), """
                warning tuple-space-past-cliff
                Connects from 10.0.0.1 to 10.0.0.9:443 become slow: the ports tried first are 90 % used
                  90 of at most 200 ports are in use (45 %), 0 of them in TIME_WAIT.
                  The connections belong to nginx (pid 4242): 90.
                  Once those ports are used up, every connect scans half the range before it finds one.
                  $ berth range set 10240-65535
                warning range-too-small
                Outgoing connections have only 200 local ports to draw from, enough for 3.2 per second to one destination without tcp_tw_reuse
                  The dynamic range 40000-40199 has 200 ports, and 0 of them are reserved.
                  A closed connection keeps its port for up to 62 s in TIME_WAIT, so 3.2 connections per second to one destination \
                use all of them up, unless tcp_tw_reuse lets them be taken over.
                  $ berth range set 10240-65535
                """);
        assertThat(found(Given.settings("40000-40199", ""), connections(40000, 89, 2)))
                .doesNotContain("tuple-space-past-cliff");
    }

    @Test
    void a_destination_without_a_port_left() throws HostReadException {
        expect(found(Given.settings("40000-40199", ""), connections(40000, 199, 1)), """
                critical tuple-space-exhausted
                Nearly no local port is left from 10.0.0.1 to 10.0.0.9:443
                  199 of at most 200 ports are in use (99 %), 0 of them in TIME_WAIT.
                  The connections belong to nginx (pid 4242): 199.
                  At most 1 more can be connected before connects fail with EADDRNOTAVAIL; other destinations are not affected.
                  $ berth range set 10240-65535
                warning range-too-small
                Outgoing connections have only 200 local ports to draw from, enough for 3.2 per second to one destination without tcp_tw_reuse
                  The dynamic range 40000-40199 has 200 ports, and 0 of them are reserved.
                  A closed connection keeps its port for up to 62 s in TIME_WAIT, so 3.2 connections per second to one destination \
                use all of them up, unless tcp_tw_reuse lets them be taken over.
                  $ berth range set 10240-65535
                """);
    }

    @Test
    void a_destination_that_runs_out_of_ports_soon() throws HostReadException {
        assertThat(found(reusing("0"), closes("10.0.0.1", 5000))).startsWith("""
                critical exhaustion-forecast
                From 10.0.0.1 to 10.0.0.9:443 the local ports run out in about 10 s (9 to 11)
                  5000 of at most 10000 ports are in use (50 %), 5000 of them in TIME_WAIT.
                  This side closes 500.0 connections per second (485.2 to 515.0, over 9 s, steady).
                  All of them are closed, and a closed connection has no owner: whose they were is not known.
                  At this rate 31000 ports would be in use in the end, and there are 10000: a closed connection keeps its port for 60 s and up to 2 s more.
                  These ports last for 161 connections per second, each open as long as now.
                  In about 5 s the half that is tried first is used up, and each connect then scans it in vain.
                  $ berth range set 10240-65535
                  $ berth reuse on
                """);
    }

    @Test
    void past_the_cliff_one_thread_is_slower_than_the_rate_so_the_ports_last_longer() throws HostReadException {
        SocketColumns fast = Rows.of(IntStream.range(0, 13_000) // 2000 a second, the half tried first alone
                .mapToObj(
                        i -> "10.0.0.1:%d TIME_WAIT 10.0.0.9:443 expires=%d".formatted(32_768 + i * 2, 59_999 - i / 2))
                .toArray(String[]::new));
        Settings settings = Given.settings("32768-60999", "");
        Report report = report(settings, fast);
        assertThat(told(report, settings))
                .startsWith("""
                        warning exhaustion-forecast
                        From 10.0.0.1 to 10.0.0.9:443 the local ports run out in 7 s or later
                        """)
                .contains("one thread alone does not keep this rate up then, and the ports last longer");
        assertThat(report.destinations().getFirst().exhaustion()).satisfies(when -> {
            assertThat(when.low()).isBetween(7.0, 8.0);
            assertThat(when.high()).isNull();
        });
    }

    @Test
    void time_waits_that_may_be_taken_over_are_ports_that_are_left() throws HostReadException {
        SocketColumns full = closes("127.0.0.1", 10_000);
        assertThat(found(reusing("2"), full)).doesNotContain("exhaust", "cliff");
        assertThat(found(reusing("1"), full)).doesNotContain("exhaust", "cliff");
        assertThat(found(reusing("0"), full)).startsWith("critical tuple-space-exhausted");
        Report report = report(reusing("2"), full);
        assertThat(report.destinations()).singleElement().satisfies(destination -> {
            assertThat(destination.inUse()).isEqualTo(10_000);
            assertThat(destination.use().recyclable()).isEqualTo(9500); // the others are younger than a second
            assertThat(destination.use().left()).isEqualTo(9500);
            assertThat(destination.usedPercent()).isEqualTo(100);
            assertThat(destination.preferredHalfUsedPercent()).isEqualTo(5);
        });
    }

    @Test
    void connections_that_stay_open_leave_calls_only_the_other_ports() throws HostReadException {
        SocketColumns pool = Rows.of(IntStream.range(0, 8200)
                .mapToObj(i -> i < 8000
                        ? "10.0.0.1:%d ESTABLISHED 10.0.0.9:443".formatted(40_000 + i)
                        : "10.0.0.1:%d TIME_WAIT 10.0.0.9:443 expires=%d"
                                .formatted(40_000 + i, 59_999 - (i - 8000) * 20)) // 50 a second
                .toArray(String[]::new));
        assertThat(found(reusing("0"), pool))
                .contains("These ports last for 32 connections per second, if the 8000 that are open stay open.\n");
    }

    @Test
    void a_full_space_of_which_nothing_was_ever_taken_over_is_not_healthy() throws HostReadException {
        SocketColumns full = closes("10.0.0.1", 10_000);
        Settings never = with(reusing("1"), Map.of("TcpExt.TWRecycled", 0L));
        assertThat(found(never, full))
                .startsWith("""
                critical tuple-space-exhausted (not confirmed)
                No local port is left from 10.0.0.1 to 10.0.0.9:443
                """)
                .contains("take over 9500 of the TIME_WAITs, and by TWRecycled none was")
                .doesNotContain("tcp_tw_reuse=1");
        assertThat(report(never, full).destinations().getFirst().use().left()).isZero();
        assertThat(found(never, closes("10.0.0.1", 9000))).doesNotContain("tuple-space-exhausted");
    }

    @Test
    void what_only_a_peer_with_timestamps_leaves_is_a_gap() throws HostReadException {
        Settings some = with(reusing("1"), Map.of("TcpExt.TWRecycled", 5L));
        assertThat(report(some, closes("10.0.0.1", 10_000)).gaps())
                .anySatisfy(gap -> assertThat(gap.what()).isEqualTo("whether ports are left to 10.0.0.9:443"));
        assertThat(report(some, closes("10.0.0.1", 9000)).gaps())
                .noneSatisfy(gap -> assertThat(gap.what()).startsWith("whether ports are left"));
    }

    @Test
    void a_burst_within_the_delay_says_nothing_about_taking_over() throws HostReadException {
        SocketColumns burst = Rows.of(IntStream.range(0, 10_000)
                .mapToObj(i -> "127.0.0.1:%d TIME_WAIT 127.0.0.1:80 expires=%d".formatted(40_000 + i, 50_000 + i / 20))
                .toArray(String[]::new));
        assertThat(found(with(reusing("2"), Map.of("TcpExt.TWRecycled", 0L)), burst))
                .doesNotContain("exhausted");
    }

    @Test
    void between_two_looks_a_space_that_goes_on_without_take_over_has_none() throws HostReadException {
        assertThat(gone(5, 5)).startsWith("critical tuple-space-exhausted (not confirmed)");
        assertThat(gone(5, 9)).doesNotContain("tuple-space-exhausted");
    }

    /** Connections opened since the first look, in a space that is full of old TIME_WAITs. */
    private static String gone(long recycledBefore, long recycledNow) throws HostReadException {
        Settings settings = with(reusing("1"), Map.of("TcpExt.TWRecycled", recycledNow));
        var before = new FirstLook(new Living(PortSet.parse("40000-49999")), 10);
        var survey = new Survey(settings.policy(Protocol.TCP), PortSet.EMPTY, 1000, before);
        survey.read(closes("10.0.0.1", 10_000).cursor());
        var earlier = new EarlierLook(Map.of("TcpExt.TWRecycled", recycledBefore), Duration.ofSeconds(10));
        return told(report(settings, survey, earlier), settings);
    }

    @Test
    void with_the_default_only_loopback_takes_time_waits_over() throws HostReadException {
        assertThat(found(reusing("2"), closes("10.0.0.1", 10_000)))
                .startsWith("critical tuple-space-exhausted")
                .contains("  $ berth reuse on\n");
    }

    @Test
    void connections_that_are_opened_and_kept_run_out_of_ports_too() throws HostReadException {
        Settings settings = reusing("0");
        var before = new Living(PortSet.parse("40000-49999"));
        before.read(connections(40000, 500, 1).cursor());
        var survey = new Survey(settings.policy(Protocol.TCP), PortSet.EMPTY, 1000, new FirstLook(before, 10));
        survey.read(connections(40000, 3000, 1).cursor()); // 250 more each second
        expect(told(report(settings, survey, null), settings), """
                critical exhaustion-forecast
                From 10.0.0.1 to 10.0.0.9:443 the local ports run out in about 28 s (26 to 30)
                  3000 of at most 10000 ports are in use (30 %), 0 of them in TIME_WAIT.
                  Measured over 10 s: 250.0 connections opened per second, and 250.0 more of them alive each second.
                  The connections belong to nginx (pid 4242): 3000.
                  Connections are opened faster than they end, and each keeps its port.
                  In about 14 s the half that is tried first is used up, and each connect then scans it in vain.
                  $ berth range set 10240-65535
                """);
    }

    @Test
    void two_looks_count_no_entries_that_are_gone_where_they_are_taken_over() throws HostReadException {
        Settings settings = reusing("1");
        var before = new FirstLook(new Living(PortSet.parse("40000-49999")), 10);
        var survey = new Survey(settings.policy(Protocol.TCP), PortSet.EMPTY, 1000, before);
        survey.read(closes("10.0.0.1", 499).cursor()); // of ten times as many, the others were taken over
        assertThat(report(settings, survey, null).destinations())
                .singleElement()
                .satisfies(destination -> {
                    Rate closes = requireNonNull(destination.closes());
                    assertThat(closes.perSecond()).isEqualTo(499);
                    assertThat(closes.lowerBound()).isTrue();
                    assertThat(destination.usualClosesPerSecond()).isEqualTo(499);
                    Rate opens = requireNonNull(destination.measured()).opens();
                    assertThat(opens.perSecond()).isEqualTo(499);
                    assertThat(opens.lowerBound()).isTrue();
                    assertThat(String.join("\n", destination.evidence()))
                            .contains("Measured over 10 s: at least 499.0 connections opened per second")
                            .contains("This side closes at least 499.0 connections per second");
                });
    }

    @Test
    void what_left_no_trace_is_a_gap_that_says_whom_it_concerns() throws HostReadException {
        var counters = Map.of("TcpExt.TWRecycled", 7L, "TcpExt.TCPTimeWaitOverflow", 3L);
        assertThat(gaps("2", counters))
                .contains(
                        "since boot 7 TIME_WAIT entries were taken over by new connections, which is allowed where one end is"
                                + " a loopback address: there closes per second are a lower bound")
                .contains("since boot 3 TIME_WAIT entries were never made");
        assertThat(gaps("1", counters)).contains("a lower bound wherever that happened within the minute");
        assertThat(gaps("0", counters)).contains("only clients can do that choose their ports themselves");
        assertThat(gaps("0", Map.of())).isEmpty();
    }

    @Test
    void opens_that_the_kernel_counted_and_nobody_sees_are_a_gap() throws HostReadException {
        var counted = Map.of("Tcp.ActiveOpens", 1500L);
        Settings settings = with(reusing("0"), counted);
        var before = new FirstLook(new Living(PortSet.parse("40000-49999")), 5);
        var survey = new Survey(settings.policy(Protocol.TCP), PortSet.EMPTY, 1000, before);
        survey.read(connections(40000, 400, 1).cursor());
        var earlier = new EarlierLook(Map.of("Tcp.ActiveOpens", 1000L), Duration.ofSeconds(5));
        assertThat(report(settings, survey, earlier).gaps())
                .anySatisfy(
                        gap -> assertThat(gap.why()).startsWith("the kernel counted 500 in 5 s and 400 are seen: "));
    }

    private static String gaps(String mode, Map<String, Long> counters) throws HostReadException {
        var whys = new ArrayList<String>();
        report(with(reusing(mode), counters), Rows.of()).gaps().forEach(gap -> whys.add(gap.why()));
        return String.join("\n", whys);
    }

    private static Settings with(Settings settings, Map<String, Long> counters) {
        return new Settings(settings.policies(), settings.tunables(), new TreeMap<>(counters), settings.gaps());
    }

    /** 500 a second until now. */
    private static SocketColumns closes(String source, int count) {
        return Rows.of(IntStream.range(0, count)
                .mapToObj(i -> "%s:%d TIME_WAIT 10.0.0.9:443 expires=%d".formatted(source, 40000 + i, 59_999 - i * 2))
                .toArray(String[]::new));
    }

    private static Settings reusing(String mode) {
        Settings plain = Given.settings("40000-49999", "");
        var tunables = new TreeMap<String, Tunable>();
        for (Tunable tunable : List.of(
                new Tunable("net.ipv4.tcp_tw_reuse", mode, List.of()),
                new Tunable("net.ipv4.tcp_timestamps", "1", List.of()))) {
            tunables.put(tunable.name(), tunable);
        }
        return new Settings(plain.policies(), tunables, plain.counters(), plain.gaps());
    }

    @Test
    void a_socket_that_only_holds_its_port() throws HostReadException {
        expect(found(Given.settings("32768-60999", ""), Rows.of("127.0.0.1:1433 BOUND inode=1")), """
                info bound-only-holder
                nginx (pid 4242) holds 127.0.0.1:1433 without listening or connecting
                  A server cannot bind port 1433 on that address.
                  No outgoing connection is given the port, whatever its destination.
                  $ berth free 1433 --address 127.0.0.1 --by stop
                  $ berth free 1433 --address 127.0.0.1 --by signal
                """);
    }

    @Test
    void sockets_that_only_hold_their_ports_are_told_together_for_each_process() throws HostReadException {
        var rows =
                Rows.of("127.0.0.1:1433 BOUND inode=1", "127.0.0.1:1435 BOUND inode=2", "127.0.0.1:1434 BOUND inode=1");
        expect(found(Given.settings("32768-60999", ""), rows), """
                info bound-only-holder
                p7 (pid 7) holds 127.0.0.1:1435 without listening or connecting
                  A server cannot bind port 1435 on that address.
                  No outgoing connection is given the port, whatever its destination.
                  $ berth free 1435 --address 127.0.0.1 --by signal
                info bound-only-holder
                nginx (pid 4242) has bound 2 sockets that neither listen nor are connected
                  They hold 1433-1434: a server cannot bind one of them on the same address.
                  No outgoing connection is given one of these ports, whatever its destination.
                  $ berth free 1433 --address 127.0.0.1 --by stop
                  $ berth free 1433 --address 127.0.0.1 --by signal
                """);
    }

    @Test
    void a_client_connected_to_itself() throws HostReadException {
        expect(found(Given.settings("32768-60999", ""), Rows.of("[::1]:47800 ESTABLISHED [::1]:47800 inode=2")), """
                critical self-connect
                p7 (pid 7) is connected to itself on [::1]:47800
                  Both ends of the connection are [::1]:47800: a client drew the port it was calling.
                  The server of port 47800 cannot bind it while the connection lives.
                  $ berth reserve 47800
                  $ berth reserve 47800 --persist
                  $ berth free 47800 --address ::1 --by destroy
                  $ berth free 47800 --address ::1 --by signal
                """);
    }

    @Test
    void every_kind_of_finding_has_its_page() throws Exception {
        for (Class<?> kind : Finding.class.getPermittedSubclasses()) {
            String id =
                    kind.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
            Path page = Path.of("..", "docs", "findings", id + ".md");
            assertThat(Files.readString(page)).startsWith("# " + id + "\n");
        }
    }

    private static SocketColumns connections(int first, int count, int step) {
        return Rows.of(IntStream.range(0, count)
                .mapToObj(i -> "10.0.0.1:%d ESTABLISHED 10.0.0.9:443 inode=1".formatted(first + i * step))
                .toArray(String[]::new));
    }

    static Survey survey(Settings settings, SocketColumns rows) throws HostReadException {
        var survey = new Survey(settings.policy(Protocol.TCP), PortSet.EMPTY);
        survey.read(rows.cursor());
        return survey;
    }

    private static Report report(Settings settings, SocketColumns rows) throws HostReadException {
        return report(settings, survey(settings, rows), null);
    }

    private static Report report(Settings settings, Survey survey, @Nullable EarlierLook earlier) {
        return Given.report(survey, settings, Given.owners(1, 4242, 2, 7), earlier);
    }

    static String found(Settings settings, SocketColumns rows) throws HostReadException {
        return told(report(settings, rows), settings);
    }

    static String told(Report report, Settings settings) {
        var lines = new ArrayList<String>();
        for (Finding finding : report.findings()) {
            Boolean confirmed = finding.confirmed();
            lines.add(finding.severity().label() + " " + finding.id()
                    + (confirmed == null ? "" : confirmed ? " (confirmed)" : " (not confirmed)"));
            lines.add(finding.title());
            finding.evidence().forEach(line -> lines.add("  " + line));
            List<Fix> fixes = finding.fixes(settings);
            assertThat(fixes).isNotEmpty();
            fixes.stream()
                    .map(Fix::command)
                    .filter(command -> command != null)
                    .forEach(command -> lines.add("  $ " + command));
        }
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }

    static void expect(String found, String text) {
        assertThat(found).isEqualTo(text);
    }
}
