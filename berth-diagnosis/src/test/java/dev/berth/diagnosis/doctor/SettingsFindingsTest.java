package dev.berth.diagnosis.doctor;

import static dev.berth.diagnosis.doctor.CheckupTest.expect;
import static dev.berth.diagnosis.doctor.CheckupTest.found;
import static dev.berth.diagnosis.doctor.CheckupTest.survey;
import static dev.berth.diagnosis.doctor.CheckupTest.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.diagnosis.Aim;
import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.Given;
import dev.berth.diagnosis.Rows;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.platform.Gap;
import dev.berth.platform.HostReadException;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.Owners;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.Settings;
import dev.berth.platform.SocketColumns;
import dev.berth.platform.Tunable.Assignment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The findings that rest on settings and counters. */
final class SettingsFindingsTest {
    private static final Settings USUAL = Given.settings("32768-60999", "");
    private static final SocketColumns NONE = Rows.of();

    private static Settings counting(Map<String, Long> counters) {
        return Given.with(USUAL, Map.of(), counters);
    }

    private static String since(Map<String, Long> before, Settings now) throws HostReadException {
        var earlier = new EarlierLook(before, Duration.ofSeconds(10));
        return told(Given.report(survey(now, NONE), now, Given.owners(), earlier), now);
    }

    private static Settings timeWaits(long entries, long skipped) {
        return Given.with(
                USUAL,
                Map.of("net.ipv4.tcp_max_tw_buckets", "200000"),
                Map.of("sockstat.TCP.tw", entries, "TcpExt.TCPTimeWaitOverflow", skipped));
    }

    @Test
    void time_waits_near_their_limit() throws HostReadException {
        expect(found(timeWaits(190_000, 0), NONE), """
                warning time-wait-overflow
                TIME_WAIT entries are 95 % of what tcp_max_tw_buckets allows
                  There are 190000 TIME_WAIT entries, and 200000 is the limit.
                  Above the limit a closed connection is forgotten at once: a late segment of it can reach a new connection \
                of the same addresses and ports, and a peer whose last segment was lost is reset.
                  $ berth fix raise-time-wait-limit
                """);
        assertThat(found(timeWaits(189_999, 0), NONE)).isEmpty();
    }

    @Test
    void closes_that_skipped_time_wait_at_some_time_since_boot_are_only_told() throws HostReadException {
        expect(found(timeWaits(7, 12), NONE), """
                info time-wait-overflow
                12 closed connections skipped TIME_WAIT since boot
                  TCPTimeWaitOverflow is 12, a sum since boot or since the namespace was made.
                  Above the limit a closed connection is forgotten at once: a late segment of it can reach a new connection \
                of the same addresses and ports, and a peer whose last segment was lost is reset.
                  $ berth doctor --measure 60
                """);
        assertThat(found(Given.inside(new NetworkNamespace(1, "blue"), timeWaits(7, 12)), NONE))
                .endsWith("  $ berth doctor --measure 60 --netns blue\n");
    }

    @Test
    void closes_that_skip_time_wait_between_two_looks_are_a_warning() throws HostReadException {
        Map<String, Long> before = Map.of("TcpExt.TCPTimeWaitOverflow", 5L);

        assertThat(since(before, timeWaits(7, 12))).startsWith("""
                        warning time-wait-overflow
                        7 closed connections skipped TIME_WAIT in 10 s
                        """).endsWith("  $ berth fix raise-time-wait-limit\n");
        assertThat(since(before, timeWaits(7, 5)))
                .startsWith("info time-wait-overflow\n")
                .doesNotContain("sysctl");
    }

    @Test
    void a_limit_that_lets_no_time_wait_be_is_full() throws HostReadException {
        Settings none = Given.with(USUAL, Map.of("net.ipv4.tcp_max_tw_buckets", "0"), Map.of("sockstat.TCP.tw", 0L));

        Report report = Given.report(survey(none, NONE), none, Given.owners());
        assertThat(told(report, none)).contains("are 100 % of what");
        assertThat(report.findings().getFirst().fixes(none))
                .flatMap(Fix::aims)
                .containsExactly(new Aim.Assign("net.ipv4.tcp_max_tw_buckets", "131072"));
    }

    @Test
    void a_range_with_few_ports() throws HostReadException {
        expect(found(Given.settings("10000-18189", ""), NONE), """
                info range-too-small
                Outgoing connections have only 8190 local ports to draw from, enough for 132 per second to one destination without tcp_tw_reuse
                  The dynamic range 10000-18189 has 8190 ports, and 0 of them are reserved.
                  A closed connection keeps its port for up to 62 s in TIME_WAIT, so 132 connections per second to one destination \
                use all of them up, unless tcp_tw_reuse lets them be taken over.
                  $ berth range set 10000-65535
                """);
        assertThat(found(Given.settings("10000-18191", ""), NONE)).isEmpty();
    }

    @Test
    void a_range_of_which_little_is_left_after_reservations() throws HostReadException {
        assertThat(found(Given.settings(lasting("10240-65535", "10240-64511")), NONE))
                .startsWith("info range-too-small\n");
        expect(found(Given.settings(lasting("10240-65535", "10240-64512")), NONE), """
                warning range-too-small
                Outgoing connections have only 1023 local ports to draw from, enough for 16 per second to one destination without tcp_tw_reuse
                  The dynamic range 10240-65535 has 55296 ports, and 54273 of them are reserved.
                  A closed connection keeps its port for up to 62 s in TIME_WAIT, so 16 connections per second to one destination \
                use all of them up, unless tcp_tw_reuse lets them be taken over.
                """);
    }

    /** Reserved now and in a file. */
    private static PortPolicy lasting(String range, String reserved) {
        return Given.policy(
                range,
                reserved,
                new PortPolicy.Persistent(null, null, PortSet.parse(reserved), "/etc/sysctl.d/a.conf:1"));
    }

    @Test
    void a_small_range_asks_first_for_what_spends_fewer_ports() throws HostReadException {
        Settings small = Given.settings("10000-18189", "");
        assertThat(Given.report(survey(small, NONE), small, Given.owners())
                        .findings()
                        .getFirst()
                        .waysOut(small))
                .extracting(Fix::id)
                .containsExactly("reuse-connections", "add-endpoints", "widen-range");
    }

    @Test
    void a_range_that_is_reserved_whole() throws HostReadException {
        expect(found(Given.settings(lasting("40000-40099", "40000-40099")), NONE), """
                critical range-too-small
                No local port is left to draw: all of the dynamic range 40000-40099 is reserved
                  The dynamic range 40000-40099 has 100 ports, and 100 of them are reserved.
                  Every connect fails with EADDRNOTAVAIL, and every bind of port 0 with EADDRINUSE.
                  $ berth range set 10240-65535
                """);
    }

    @Test
    void widening_promises_no_ports_that_listeners_have() throws HostReadException {
        Settings settings = Given.settings("40000-40099", "");
        Report report = Given.report(survey(settings, Rows.of("0.0.0.0:33060 LISTEN")), settings, Given.owners());
        assertThat(report.findings().getFirst().fixes(settings))
                .extracting(Fix::summary)
                .anyMatch(summary -> summary.contains("up to 55195 ports more"));
    }

    private static PortPolicy startingAt(int firstUnprivileged, String range, PortPolicy.Persistent files) {
        return new PortPolicy(PortRange.parse(range), PortSet.EMPTY, List.of(), List.of(), firstUnprivileged, files);
    }

    private static PortPolicy.Persistent file(String range) {
        return new PortPolicy.Persistent(PortRange.parse(range), "/etc/sysctl.d/a.conf:1", null, null);
    }

    @Test
    void a_range_that_reaches_the_system_ports() throws HostReadException {
        expect(found(Given.settings(startingAt(0, "1000-65535", PortPolicy.Persistent.NOTHING)), NONE), """
                warning range-below-unprivileged
                Automatic choice may hand out system ports: the dynamic range is 1000-65535
                  ip_unprivileged_port_start is 0; with 1024, its default, the kernel would refuse this range.
                  24 ports below 1024 are not reserved: a client may be given one while its server is down.
                  $ berth reserve 1000-1023
                  $ berth reserve 1000-1023 --persist
                  $ berth fix raise-range-start
                """);
        assertThat(found(Given.settings(startingAt(1024, "1024-65535", PortPolicy.Persistent.NOTHING)), NONE))
                .isEmpty();
    }

    @Test
    void a_file_whose_range_the_kernel_refuses_at_boot() throws HostReadException {
        expect(found(Given.settings(startingAt(1024, "32768-60999", file("1000-65535"))), NONE), """
                warning range-below-unprivileged
                The kernel refuses the dynamic range 1000-65535 that /etc/sysctl.d/a.conf:1 sets
                  It begins below ip_unprivileged_port_start, which is 1024 at the next start.
                  Such a write fails with EINVAL, so at boot the range stays as it was before that line.
                """);
    }

    @Test
    void a_range_that_only_a_start_lowered_by_hand_allows_is_refused_at_boot() throws HostReadException {
        assertThat(found(Given.settings(startingAt(80, "1000-65535", file("1000-65535"))), NONE))
                .contains(
                        "Automatic choice may hand out system ports: the dynamic range is 1000-65535\n",
                        "The kernel refuses the dynamic range 1000-65535 that /etc/sysctl.d/a.conf:1 sets\n");
    }

    @Test
    void a_file_that_hands_out_system_ports_at_the_next_start() throws HostReadException {
        Settings settings = Given.withLine(
                Given.settings(startingAt(1024, "32768-60999", file("1000-65535"))),
                "net.ipv4.ip_unprivileged_port_start",
                "80",
                new Assignment("/etc/sysctl.d/a.conf", 3, "80"));

        assertThat(found(settings, NONE)).startsWith("""
                warning range-below-unprivileged
                Automatic choice will hand out system ports: /etc/sysctl.d/a.conf:1 sets the dynamic range 1000-65535
                  ip_unprivileged_port_start is 80 at the next start; with 1024, its default, the kernel would refuse this range.
                  24 ports below 1024 are not reserved: a client may be given one while its server is down.
                """);
    }

    @Test
    void the_files_of_the_host_say_nothing_about_the_range_of_another_namespace() throws HostReadException {
        Settings own = Given.settings(startingAt(1024, "32768-60999", file("1000-65535")));

        assertThat(found(Given.inside(new NetworkNamespace(1, null), own), NONE))
                .isEmpty();
    }

    private static Report node(Settings settings, @Nullable String listener, Owners owners) throws HostReadException {
        return Checkup.of(
                survey(settings, Rows.of("127.0.0.1:22 LISTEN inode=2", "[::]:10250 LISTEN inode=1")),
                settings,
                owners,
                pid -> Optional.of(Given.process(pid, pid == 4242 && listener != null ? listener : "sshd", null)),
                null,
                Further.nothing());
    }

    @Test
    void a_range_that_overlaps_the_node_ports_of_a_kubernetes_node() throws HostReadException {
        Settings wide = Given.settings("16384-65535", "");

        expect(told(node(wide, "kubelet", Given.owners(1, 4242, 2, 7)), wide), """
                warning nodeport-overlap
                Automatic choice may draw 2768 ports that Kubernetes publishes services on
                  kubelet (pid 4242) listens here, so this is a Kubernetes node.
                  30000-32767 is in the dynamic range and not reserved; NodePorts are drawn from 30000-32767, unless the API \
                server was given another --service-node-port-range, which cannot be seen from here.
                  No socket holds a NodePort, so the system may give it to a server that binds port 0, whose clients then \
                reach the service, or to an outgoing connection, which hears nothing more once connection tracking has \
                forgotten it.
                  $ berth reserve 30000-32767
                  $ berth reserve 30000-32767 --persist
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kube-proxy", "kubelite", "k3s-agent"})
    void the_other_programs_of_a_node_tell_as_well(String name) throws HostReadException {
        assertThat(node(Given.settings("16384-65535", ""), name, Given.owners(1, 4242))
                        .findings())
                .extracting(Finding::id)
                .containsExactly("nodeport-overlap");
    }

    @Test
    void without_a_node_or_without_an_overlap_nothing_is_found() throws HostReadException {
        Settings wide = Given.settings("16384-65535", "");
        Settings reserved = Given.settings(lasting("16384-65535", "30000-32767"));

        assertThat(node(wide, null, Given.owners(1, 4242, 2, 7)).findings()).isEmpty();
        assertThat(node(reserved, "kubelet", Given.owners(1, 4242, 2, 7)).findings())
                .isEmpty();
        assertThat(node(USUAL, "kubelet", Given.owners(1, 4242, 2, 7)).findings())
                .isEmpty();
    }

    @Test
    void who_cannot_tell_whether_this_is_a_node_says_so() throws HostReadException {
        Report report = node(Given.settings("16384-65535", ""), "kubelet", Owners.notLooked());

        assertThat(report.findings()).isEmpty();
        assertThat(report.gaps())
                .contains(new Gap(
                        "whether the dynamic range overlaps the NodePorts of a Kubernetes node",
                        "who listens on port 10250, the kubelet's, is not known"));
        assertThat(node(USUAL, "kubelet", Owners.notLooked()).gaps())
                .extracting(Gap::what)
                .noneMatch(what -> what.contains("Kubernetes"));
    }

    private static Settings tracking(long entries, Map<String, Long> counters) {
        return Given.with(
                USUAL,
                Map.of(
                        "net.netfilter.nf_conntrack_count", String.valueOf(entries),
                        "net.netfilter.nf_conntrack_max", "10000",
                        "net.netfilter.nf_conntrack_buckets", "16384",
                        "net.netfilter.nf_conntrack_tcp_timeout_time_wait", "120"),
                counters);
    }

    @Test
    void a_table_of_connections_that_is_nearly_full() throws HostReadException {
        expect(found(tracking(9_000, Map.of()), NONE), """
                warning conntrack-nearly-full
                Connection tracking is 90 % full
                  9000 connections are tracked, and nf_conntrack_max allows 10000.
                  Packets of new connections that find the table full are dropped, so connects hang and time out.
                  $ berth fix raise-conntrack-limit
                  $ berth fix shorten-conntrack-time-wait
                """);
        assertThat(found(tracking(9_900, Map.of()), NONE)).startsWith("critical conntrack-nearly-full\n");
        assertThat(found(tracking(8_999, Map.of("nf_conntrack.drop", 9L)), NONE))
                .isEmpty();
    }

    @Test
    void a_number_that_the_kernel_rounds_up_is_not_held_against_its_file() throws HostReadException {
        Settings rounded = line("net.netfilter.nf_conntrack_buckets", "1024", "1000");

        assertThat(found(rounded, NONE)).isEmpty();
    }

    @Test
    void a_table_of_connections_without_a_limit_is_never_full() throws HostReadException {
        Settings unlimited = Given.with(
                USUAL,
                Map.of("net.netfilter.nf_conntrack_count", "9", "net.netfilter.nf_conntrack_max", "0"),
                Map.of());
        assertThat(found(unlimited, NONE)).isEmpty();
    }

    @Test
    void a_table_of_connections_that_was_full_at_some_time_since_boot_is_only_told() throws HostReadException {
        Map<String, Long> dropped = Map.of("nf_conntrack.early_drop", 3L);

        expect(found(tracking(10, dropped), NONE), """
                info conntrack-nearly-full
                Connection tracking was full at some time since boot: 3 entries were given up early
                  3 entries were given up early to make room, a sum since boot or since the namespace was made.
                  Packets of new connections that find the table full are dropped, so connects hang and time out.
                  $ berth doctor --measure 60
                """);
    }

    @Test
    void entries_given_up_between_two_looks_are_critical() throws HostReadException {
        Map<String, Long> now = Map.of("nf_conntrack.early_drop", 3L);

        assertThat(since(Map.of("nf_conntrack.early_drop", 1L), tracking(10, now)))
                .startsWith("""
                critical conntrack-nearly-full
                Connection tracking is full: 2 dropped in 10 s
                """);
        assertThat(since(now, tracking(10, now))).startsWith("info conntrack-nearly-full\n");
    }

    @Test
    void a_limit_that_no_child_namespace_can_write_is_not_claimed_to_be_writable_there() throws HostReadException {
        Settings inside = Given.inside(new NetworkNamespace(1, "blue"), tracking(9_000, Map.of()));

        assertThat(found(inside, NONE))
                .doesNotContain("nf_conntrack_max=")
                .contains("$ berth fix shorten-conntrack-time-wait --netns blue");
    }

    @Test
    void connections_that_source_nat_may_have_refused_since_boot_are_an_inference() throws HostReadException {
        expect(found(counting(Map.of("nf_conntrack.insert_failed", 16L, "nf_conntrack.drop", 17L)), NONE), """
                info snat-ports-exhausted
                SNAT may have run out of ports since boot: 16 packets of new connections were dropped (an inference)
                  Two first packets of one flow that race, such as parallel DNS queries over UDP, raise the same counters.
                  insert_failed and drop of nf_conntrack are 16 or more, sums since boot or since the namespace was made; \
                two looks would tell whether they rise.
                  The limit is for each protocol, SNAT address, destination address and destination port.
                  $ berth doctor --measure 60
                """);
        assertThat(found(counting(Map.of("nf_conntrack.insert_failed", 16L, "nf_conntrack.drop", 0L)), NONE))
                .isEmpty();
    }

    @Test
    void connections_that_source_nat_refuses_between_two_looks_are_critical() throws HostReadException {
        Settings now = counting(Map.of("nf_conntrack.insert_failed", 16L, "nf_conntrack.drop", 17L));

        assertThat(since(Map.of("nf_conntrack.insert_failed", 4L, "nf_conntrack.drop", 5L), now))
                .startsWith("""
                critical snat-ports-exhausted
                SNAT runs out of ports: 12 packets of new connections were dropped in 10 s
                  insert_failed and drop of nf_conntrack rose together, by 12 or more.
                """);
        assertThat(since(now.counters(), now)).startsWith("info snat-ports-exhausted\n");
    }

    private static Settings line(String name, @Nullable String running, String value) {
        return Given.withLine(USUAL, name, running, new Assignment("/etc/sysctl.conf", 7, value));
    }

    @Test
    void a_setting_that_linux_no_longer_has() throws HostReadException {
        expect(found(line("net.ipv4.tcp_tw_recycle", null, "1"), NONE), """
                info legacy-setting
                net.ipv4.tcp_tw_recycle=1 (/etc/sysctl.conf:7) does nothing since Linux 4.12, which has no such setting
                  Older kernels drop connections of clients that share an address with it.
                """);
        assertThat(found(line("net.ipv4.tcp_tw_recycle", "0", "0"), NONE)).isEmpty();
    }

    @Test
    void a_timeout_that_does_not_shorten_time_wait() throws HostReadException {
        expect(found(line("net.ipv4.tcp_fin_timeout", "15", "15"), NONE), """
                info legacy-setting
                net.ipv4.tcp_fin_timeout=15 (/etc/sysctl.conf:7) does not shorten TIME_WAIT
                  TIME_WAIT lasts 60 s, which is compiled into the kernel; the setting is about connections in FIN_WAIT2 \
                that no process holds any more.
                """);
        assertThat(found(line("net.ipv4.tcp_fin_timeout", "60", "60"), NONE)).isEmpty();
        Settings overruled = Given.withLine(
                USUAL,
                "net.ipv4.tcp_fin_timeout",
                "60",
                new Assignment("/etc/sysctl.d/a.conf", 2, "15"),
                new Assignment("/etc/sysctl.d/b.conf", 5, "60"));
        assertThat(found(overruled, NONE)).isEmpty();
        assertThat(found(Given.with(USUAL, Map.of("net.ipv4.tcp_fin_timeout", "15"), Map.of()), NONE))
                .as("somebody's choice that no file explains")
                .isEmpty();
    }

    @Test
    void fewer_time_waits_than_the_kernel_would_allow() throws HostReadException {
        Settings lowered = line("net.ipv4.tcp_max_tw_buckets", "5000", "5000");

        assertThat(found(Given.withLine(lowered, "net.ipv4.tcp_ehash_entries", "-262144"), NONE))
                .startsWith("""
                        info legacy-setting
                        net.ipv4.tcp_max_tw_buckets=5000 (/etc/sysctl.conf:7) frees no port that is safe to use, and is less \
                        than the kernel would choose
                        """);
        assertThat(found(Given.withLine(lowered, "net.ipv4.tcp_ehash_entries", "8192"), NONE))
                .isEmpty();
        assertThat(found(lowered, NONE))
                .as("what the kernel would choose is not known")
                .isEmpty();
    }

    @Test
    void nobody_is_told_to_lower_the_limit_to_what_a_file_says() throws HostReadException {
        assertThat(found(line("net.ipv4.tcp_max_tw_buckets", "200000", "100000"), NONE))
                .contains("persistent-not-active")
                .doesNotContain("$");
    }

    @Test
    void timestamps_that_are_switched_off_can_be_switched_on_again() throws HostReadException {
        expect(found(Given.with(USUAL, Map.of("net.ipv4.tcp_timestamps", "0"), Map.of()), NONE), """
                info legacy-setting
                net.ipv4.tcp_timestamps=0 keeps connections from taking over TIME_WAITs, and ends the protection from old \
                segments (PAWS)
                  Without timestamps tcp_tw_reuse has no effect.
                  $ berth fix restore-default
                """);
    }

    @Test
    void nobody_is_told_to_put_in_force_what_does_nothing_or_harms() throws HostReadException {
        Settings settings = Given.withLine(USUAL, "net.ipv4.tcp_ehash_entries", "262144");
        Map<String, String> defaults = Map.of(
                "net.ipv4.tcp_tw_recycle", "0",
                "net.ipv4.tcp_fin_timeout", "60",
                "net.ipv4.tcp_max_tw_buckets", "131072",
                "net.ipv4.tcp_timestamps", "1",
                "net.ipv4.ip_autobind_reuse", "0");
        Map<String, String> advised = Map.of(
                "net.ipv4.tcp_tw_recycle", "1",
                "net.ipv4.tcp_fin_timeout", "15",
                "net.ipv4.tcp_max_tw_buckets", "5000",
                "net.ipv4.tcp_timestamps", "0",
                "net.ipv4.ip_autobind_reuse", "1");
        for (OldAdvice advice : OldAdvice.OF_LINUX) {
            String name = advice.setting();
            var line = new Assignment("/etc/sysctl.conf", 7, Objects.requireNonNull(advised.get(name)));
            settings = Given.withLine(settings, name, defaults.get(name), line);
        }

        assertThat(found(settings, NONE))
                .containsOnlyOnce("legacy-setting\nnet.ipv4.tcp_timestamps=0 ")
                .doesNotContain("persistent-not-active", "$");
        assertThat(found(
                        Given.withLine(
                                USUAL, "net.ipv4.tcp_fin_timeout", "15", new Assignment("/etc/sysctl.conf", 7, "60")),
                        NONE))
                .as("the way back from it")
                .contains("$ berth fix activate-setting");
    }

    @Test
    void ports_that_bind_shares_are_told_with_every_line_that_wants_it() throws HostReadException {
        Settings settings = Given.withLine(
                USUAL,
                "net.ipv4.ip_autobind_reuse",
                "1",
                new Assignment("/etc/sysctl.d/a.conf", 2, "1"),
                new Assignment("/etc/sysctl.d/b.conf", 5, "1"));
        Report report = Given.report(survey(settings, NONE), settings, Given.owners());

        assertThat(told(report, settings)).startsWith("""
                info legacy-setting
                net.ipv4.ip_autobind_reuse=1 (/etc/sysctl.d/b.conf:5) lets a bind of port 0 share a port, so that a later \
                listen or connect may fail instead
                """);
        assertThat(report.findings().getFirst().fixes(settings).getFirst().summary())
                .isEqualTo("remove it from /etc/sysctl.d/a.conf:2 and /etc/sysctl.d/b.conf:5");
        assertThat(found(Given.inside(new NetworkNamespace(1, "blue"), settings), NONE))
                .as("only what runs, where no file counts")
                .contains("net.ipv4.ip_autobind_reuse=1 lets", "$ berth fix restore-default --netns blue");
    }
}
