package dev.berth.diagnosis.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.Given;
import dev.berth.diagnosis.Rows;
import dev.berth.diagnosis.connect.ConnectFacts.SourceFrom;
import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import dev.berth.platform.Gap;
import dev.berth.platform.HostFacts;
import dev.berth.platform.HostReadException;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.Settings;
import dev.berth.platform.SocketColumns;
import dev.berth.platform.SocketCursor;
import dev.berth.platform.Tunable;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConnectDiagnosisTest {
    private static final Endpoint FAR = Endpoint.parse("10.0.0.9:443");
    private static final IpAddress HERE = IpAddress.parse("10.0.0.1");
    private static final Settings TEN = Given.settings("40000-40009", "40009");

    private static ConnectExplanation ask(
            SocketColumns rows, @Nullable IpAddress source, Settings settings, String owned, String listeners) {
        var survey = new ConnectSurvey(FAR, source, settings);
        try {
            survey.readOwners(bound("BOUND", owned));
            survey.readOwners(bound("LISTEN", listeners));
            survey.read(rows.cursor());
        } catch (HostReadException e) {
            throw new IllegalStateException(e);
        }
        return explain(
                survey,
                source != null ? SourceFrom.ASKED : survey.isEmpty() ? SourceFrom.NOWHERE : SourceFrom.CONNECTIONS,
                settings);
    }

    private static ConnectExplanation explain(ConnectSurvey survey, SourceFrom sourceFrom, Settings settings) {
        return explain(survey, sourceFrom, null, settings, Given.host(true));
    }

    private static ConnectExplanation explain(
            ConnectSurvey survey,
            SourceFrom sourceFrom,
            @Nullable LocalPort localPort,
            Settings settings,
            HostFacts host) {
        return ConnectDiagnosis.explain(new ConnectFacts(
                survey,
                sourceFrom,
                localPort,
                Given.owners(1, 7, 2, 7, 3, 8),
                Given::process,
                settings,
                host,
                List.of()));
    }

    private static SocketCursor bound(String state, String ports) {
        return Rows.of(PortSet.parse(ports)
                        .ports()
                        .mapToObj(port -> "0.0.0.0:" + port + " " + state)
                        .toArray(String[]::new))
                .cursor();
    }

    private static Settings with(Settings settings, String... pairs) {
        var tunables = new TreeMap<>(settings.tunables());
        for (int i = 0; i < pairs.length; i += 2) {
            tunables.put(pairs[i], new Tunable(pairs[i], pairs[i + 1], List.of()));
        }
        return new Settings(settings.policies(), tunables, settings.counters(), settings.gaps(), settings.foreign());
    }

    private static Settings recycling(String mode, String timestamps) {
        return with(TEN, "net.ipv4.tcp_tw_reuse", mode, "net.ipv4.tcp_timestamps", timestamps);
    }

    private static SocketColumns on(IntStream ports, String rest) {
        return Rows.of(ports.mapToObj(port -> "10.0.0.1:" + port + " " + rest).toArray(String[]::new));
    }

    private static SocketColumns allOn(String rest) {
        return on(IntStream.range(40_000, 40_009), rest);
    }

    private static List<String> ids(ConnectExplanation why) {
        return why.fixes().stream().map(Fix::id).toList();
    }

    @Test
    void reserved_ports_and_those_with_an_owner_are_no_capacity() {
        ConnectExplanation why = ask(
                Rows.of(
                        "10.0.0.1:40000 ESTABLISHED 10.0.0.9:443 inode=1",
                        "10.0.0.1:40001 SYN_SENT 10.0.0.9:443 inode=3",
                        "10.0.0.1:40002 ESTABLISHED 10.0.0.9:443 inode=2",
                        "10.0.0.1:40003 ESTABLISHED 10.0.0.9:444",
                        "10.0.0.1:40004 ESTABLISHED 10.0.0.8:443",
                        "10.0.0.2:40005 ESTABLISHED 10.0.0.9:443",
                        "10.0.0.1:40008 ESTABLISHED 10.0.0.9:443",
                        "10.0.0.1:5000 ESTABLISHED 10.0.0.9:443"),
                HERE,
                TEN,
                "40008,80",
                "80");

        assertThat(why.verdict()).isEqualTo(ConnectVerdict.CONNECTABLE);
        assertThat(why.connectable()).isTrue();
        assertThat(why.spaces()).singleElement().satisfies(space -> {
            assertThat(space.capacity()).isEqualTo(8);
            assertThat(space.inUse()).isEqualTo(3);
            assertThat(space.left()).isEqualTo(5);
            assertThat(space.preferredHalfUsedPercent()).isEqualTo(50);
            assertThat(space.count(TcpState.ESTABLISHED)).isEqualTo(2);
            assertThat(space.processes())
                    .extracting(share -> share.process().pid() + ":" + share.connections())
                    .containsExactly("7:2", "8:1");
        });
        assertThat(why.reserved()).isEqualTo(1);
        assertThat(why.owned()).isEqualTo(1);
        assertThat(why.fixes()).isEmpty();
    }

    @Test
    void a_space_without_a_port_left_is_exhausted_whatever_the_states() {
        ConnectExplanation why = ask(allOn("FIN_WAIT2 10.0.0.9:443 inode=1"), HERE, TEN, "", "");

        assertThat(why.verdict()).isEqualTo(ConnectVerdict.EXHAUSTED);
        assertThat(why.connectable()).isFalse();
        assertThat(ids(why)).containsExactly("reuse-connections", "add-endpoints", "widen-range");
    }

    @Test
    void ports_of_what_the_peers_have_closed_come_back_when_the_program_closes_it_too() {
        ConnectExplanation why = ask(allOn("CLOSE_WAIT 10.0.0.9:443 inode=1"), HERE, TEN, "", "");

        assertThat(why.verdict()).isEqualTo(ConnectVerdict.EXHAUSTED);
        assertThat(ids(why))
                .containsExactly(
                        "close-connections", "end-process", "reuse-connections", "add-endpoints", "widen-range");
    }

    @Test
    void the_last_port_of_many_is_still_a_port() {
        Settings thousand = Given.settings("40000-40999", "");

        ConnectExplanation one =
                ask(on(IntStream.range(40_000, 40_999), "ESTABLISHED 10.0.0.9:443"), HERE, thousand, "", "");
        assertThat(one.verdict()).isEqualTo(ConnectVerdict.PAST_CLIFF);
        assertThat(one.connectable()).isTrue();
        assertThat(one.spaces().getFirst().isNearlyUsedUp()).isTrue();
        ConnectExplanation none =
                ask(on(IntStream.range(40_000, 41_000), "ESTABLISHED 10.0.0.9:443"), HERE, thousand, "", "");
        assertThat(none.verdict()).isEqualTo(ConnectVerdict.EXHAUSTED);
        assertThat(none.spaces().getFirst().isNearlyUsedUp()).isFalse();
    }

    @Test
    void the_last_port_of_an_odd_range_is_found_by_chance() {
        Settings three = Given.settings("40000-40002", "");

        ConnectExplanation end = ask(on(IntStream.of(40_000, 40_001), "ESTABLISHED 10.0.0.9:443"), HERE, three, "", "");
        assertThat(end.verdict()).isEqualTo(ConnectVerdict.UNKNOWN);
        assertThat(end.connectable()).isNull();
        assertThat(end.clause()).contains("odd number of ports");
        assertThat(ask(on(IntStream.of(40_000, 40_002), "ESTABLISHED 10.0.0.9:443"), HERE, three, "", "")
                        .connectable())
                .as("in the middle")
                .isTrue();
    }

    @Test
    void a_port_that_its_owner_shares_with_drawn_connections_is_perhaps_closed() throws Exception {
        var survey = new ConnectSurvey(FAR, HERE, Given.settings("40000-40001", ""));
        assertThat(survey.wantsEveryConnection()).isFalse();
        survey.readOwners(Rows.of("10.0.0.1:40000 ESTABLISHED 10.0.0.8:80", "10.0.0.1:40001 LISTEN")
                .cursor());
        assertThat(survey.wantsEveryConnection()).isTrue();
        survey.read(Rows.of("10.0.0.1:40000 ESTABLISHED 10.0.0.8:81").cursor());

        ConnectExplanation why = explain(survey, SourceFrom.ASKED, Given.settings("40000-40001", ""));

        assertThat(why.verdict()).isEqualTo(ConnectVerdict.UNKNOWN);
        assertThat(why.spaces().getFirst().left()).isEqualTo(1);
        assertThat(why.clause()).contains("shared by a connection that owns it");
    }

    @Test
    void a_time_wait_counts_unless_it_may_be_taken_over() {
        SocketColumns rows = allOn("TIME_WAIT 10.0.0.9:443 expires=30000");

        ConnectExplanation kept = ask(rows, HERE, recycling("0", "1"), "", "");
        assertThat(kept.verdict()).isEqualTo(ConnectVerdict.EXHAUSTED);
        assertThat(kept.clause()).contains("tcp_tw_reuse is 0");
        assertThat(ids(kept))
                .containsExactly(
                        "wait-time-wait",
                        "reuse-connections",
                        "let-server-close",
                        "add-endpoints",
                        "widen-range",
                        "reuse-time-wait");
        assertThat(kept.fixes().getFirst().summary()).startsWith("wait 30 s: ");
        ConnectExplanation remote = ask(rows, HERE, recycling("2", "1"), "", "");
        assertThat(remote.verdict()).as("no loopback").isEqualTo(ConnectVerdict.EXHAUSTED);
        assertThat(ids(remote)).contains("reuse-time-wait");
        ConnectExplanation taken = ask(rows, HERE, recycling("1", "1"), "", "");
        assertThat(taken.verdict()).isEqualTo(ConnectVerdict.CONNECTABLE);
        assertThat(taken.spaces().getFirst().recyclable()).isEqualTo(9);
        ConnectExplanation without = ask(rows, HERE, recycling("1", "0"), "", "");
        assertThat(without.verdict()).as("no timestamps").isEqualTo(ConnectVerdict.EXHAUSTED);
        assertThat(ids(without)).doesNotContain("reuse-time-wait");
        assertThat(without.clause()).contains("timestamps");
    }

    @Test
    void a_time_wait_younger_than_the_delay_is_still_in_the_way() {
        SocketColumns young = allOn("TIME_WAIT 10.0.0.9:443 expires=59500");

        ConnectExplanation why = ask(young, HERE, recycling("1", "1"), "", "");

        assertThat(why.verdict()).isEqualTo(ConnectVerdict.EXHAUSTED);
        assertThat(ids(why)).doesNotContain("reuse-time-wait");
    }

    @Test
    void an_unknown_setting_promises_nothing_and_says_so() {
        ConnectExplanation why = ask(allOn("TIME_WAIT 10.0.0.9:443 expires=10"), HERE, TEN, "", "");

        assertThat(why.verdict()).isEqualTo(ConnectVerdict.EXHAUSTED);
        assertThat(why.gaps()).extracting(Gap::what).contains("whether a TIME_WAIT may be taken over");
        assertThat(ids(why)).doesNotContain("reuse-time-wait");
    }

    @Test
    void timers_that_are_not_shown_are_a_gap_and_no_wait_is_offered() {
        ConnectExplanation why = ask(allOn("TIME_WAIT 10.0.0.9:443"), HERE, recycling("1", "1"), "", "");

        assertThat(why.verdict()).isEqualTo(ConnectVerdict.EXHAUSTED);
        assertThat(why.gaps()).extracting(Gap::what).contains("when a TIME_WAIT ends");
        assertThat(ids(why)).doesNotContain("wait-time-wait");
    }

    @Test
    void what_ends_soon_is_counted() {
        ConnectExplanation why = ask(
                Rows.of(
                        "10.0.0.1:40000 TIME_WAIT 10.0.0.9:443 expires=1500",
                        "10.0.0.1:40001 TIME_WAIT 10.0.0.9:443 expires=9999",
                        "10.0.0.1:40002 TIME_WAIT 10.0.0.9:443 expires=10000",
                        "10.0.0.1:40003 TIME_WAIT 10.0.0.9:443 expires=59000"),
                HERE,
                recycling("0", "1"),
                "",
                "");

        assertThat(why.spaces().getFirst().nextExpiryMillis()).isEqualTo(1500);
        assertThat(why.spaces().getFirst().expiringSoon()).isEqualTo(2);
    }

    @Test
    void the_half_tried_first_makes_the_cliff() {
        Settings range = Given.settings("40000-40019", "");
        IntStream even = IntStream.range(0, 9).map(i -> 40_000 + 2 * i);

        ConnectExplanation why = ask(on(even, "ESTABLISHED 10.0.0.9:443 inode=1"), HERE, range, "", "");

        assertThat(why.verdict()).isEqualTo(ConnectVerdict.PAST_CLIFF);
        assertThat(why.connectable()).as("slowly").isTrue();
        assertThat(ids(why))
                .containsExactly("reuse-connections", "drop-parity-preference", "add-endpoints", "widen-range");
    }

    @Test
    void without_a_source_every_one_that_is_seen_has_its_space_and_they_must_agree() {
        SocketColumns full = allOn("ESTABLISHED 10.0.0.9:443 inode=1");
        full.append(Rows.row("10.0.0.2:40000 ESTABLISHED 10.0.0.9:443 inode=2"));

        ConnectExplanation apart = ask(full, null, TEN, "", "");
        assertThat(apart.spaces()).hasSize(2);
        assertThat(apart.verdict()).isEqualTo(ConnectVerdict.UNKNOWN);
        assertThat(apart.connectable()).isNull();
        assertThat(apart.gaps()).extracting(Gap::what).contains("which source address a client uses");
        assertThat(ask(full, HERE, TEN, "", "").verdict()).isEqualTo(ConnectVerdict.EXHAUSTED);
        assertThat(ask(full, IpAddress.parse("10.0.0.2"), TEN, "", "").verdict())
                .isEqualTo(ConnectVerdict.CONNECTABLE);
        ConnectExplanation nothing = ask(Rows.of(), null, TEN, "", "");
        assertThat(nothing.verdict()).isEqualTo(ConnectVerdict.CONNECTABLE);
        assertThat(nothing.spaces()).singleElement().satisfies(space -> {
            assertThat(space.source()).isNull();
            assertThat(space.left()).isEqualTo(9);
        });
        assertThat(nothing.gaps()).extracting(Gap::what).contains("the source address");
    }

    @Test
    void a_host_that_connects_from_very_many_sources_is_not_kept_whole() {
        String[] lines = Stream.iterate(1, i -> i + 1)
                .limit(200)
                .map(i -> "10.0.1." + i + ":40000 ESTABLISHED 10.0.0.9:443")
                .toArray(String[]::new);

        ConnectExplanation why = ask(Rows.of(lines), null, TEN, "", "");

        assertThat(why.spaces()).hasSize(64);
        assertThat(why.gaps()).extracting(Gap::what).contains("some source addresses");
    }

    @Test
    void an_unknown_range_leaves_the_verdict_open_and_the_counts_told() {
        var unknown = new PortPolicy(null, PortSet.EMPTY, List.of(), List.of(), null, PortPolicy.Persistent.NOTHING);

        ConnectExplanation why =
                ask(Rows.of("10.0.0.1:40000 ESTABLISHED 10.0.0.9:443"), HERE, Given.settings(unknown), "", "");

        assertThat(why.verdict()).isEqualTo(ConnectVerdict.UNKNOWN);
        assertThat(why.spaces().getFirst().inUse()).isEqualTo(1);
        assertThat(why.spaces().getFirst().capacity()).isNull();
    }

    @Test
    void widening_is_aimed_at_the_namespace() {
        SocketColumns rows = allOn("ESTABLISHED 10.0.0.9:443 inode=1");

        assertThat(widening(ask(rows, HERE, TEN, "", ""))).isEqualTo("berth range set 10240-65535");
        Settings blue = Given.inside(new NetworkNamespace(7, "blue"), TEN);
        assertThat(widening(ask(rows, HERE, blue, "80,15672", "80,15672")))
                .isEqualTo("berth range set 10240-65535 --netns blue");
        Settings wide = Given.settings("10240-65535", "10240-40008,40010-65535");
        SocketColumns last = Rows.of("10.0.0.1:40009 ESTABLISHED 10.0.0.9:443");
        assertThat(ids(ask(last, HERE, wide, "", ""))).containsExactly("reuse-connections", "add-endpoints");
    }

    private static @Nullable String widening(ConnectExplanation why) {
        return why.fixes().stream()
                .filter(fix -> fix.id().equals("widen-range"))
                .findFirst()
                .orElseThrow()
                .command();
    }

    @Test
    void sixty_thousand_connections_are_one_space() {
        Settings range = Given.settings("1024-65535", "");
        var rows = new SocketColumns();
        for (int port = 1024; port <= PortRange.ALL.last(); port++) {
            rows.append(
                    new Rows.Row(Protocol.TCP, TcpState.ESTABLISHED, new Endpoint(HERE, port), FAR, port, -1, false));
        }

        ConnectExplanation why = ask(rows, null, range, "", "");

        assertThat(why.verdict()).isEqualTo(ConnectVerdict.EXHAUSTED);
        assertThat(why.spaces().getFirst().inUse()).isEqualTo(64_512);
    }
}
