package dev.berth.diagnosis.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.Given;
import dev.berth.diagnosis.Rows;
import dev.berth.diagnosis.survey.CloseWait;
import dev.berth.diagnosis.survey.PortHolders;
import dev.berth.diagnosis.survey.Survey;
import dev.berth.net.Endpoint;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.HostReadException;
import dev.berth.platform.OpenFilesLimit;
import dev.berth.platform.Owners;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.Settings;
import dev.berth.platform.SocketColumns;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What rests on sockets and the processes that hold them. */
final class SocketFindingsTest {
    private static final Settings RANGE = Given.settings("40000-40199", "");
    private static final Settings USUAL = Given.settings("32768-60999", "");
    private static final Owners OWNERS = Given.owners(1, 4242, 2, 7);
    private static final OptionalInt UNKNOWN = OptionalInt.empty();

    private static String found(Settings settings, SocketColumns rows) throws HostReadException {
        return found(settings, rows, Further.nothing());
    }

    /** All but what is said of the small ranges of these tests. */
    private static String found(Settings settings, SocketColumns rows, Further further) throws HostReadException {
        Report all = Checkup.of(
                CheckupTest.survey(settings, rows),
                settings,
                Given.owners(1, 4242, 2, 7),
                Given::process,
                null,
                further);
        List<Finding> findings = all.findings().stream()
                .filter(finding -> !finding.id().equals("range-too-small"))
                .toList();
        return CheckupTest.told(
                new Report(findings, all.destinations(), all.servers(), all.counts(), all.gaps()), settings);
    }

    private static SocketColumns rows(Stream<String> lines) {
        return Rows.of(lines.toArray(String[]::new));
    }

    private static Stream<String> each(int count, String line) {
        return IntStream.range(0, count).mapToObj(i -> line.formatted(40_000 + i));
    }

    private static Stream<String> onOdd(int count, String line) {
        return IntStream.range(0, count).mapToObj(i -> line.formatted(40_001 + 2 * i));
    }

    private static Stream<String> onEven(int count, String line) {
        return IntStream.range(0, count).mapToObj(i -> line.formatted(40_000 + 2 * i));
    }

    private static PortHolders holders(Stream<String> lines) throws HostReadException {
        return PortHolders.read(rows(lines).cursor());
    }

    @Test
    void ports_bound_by_number_are_a_gap_for_their_time_waits_do_not_tell() throws HostReadException {
        PortHolders byNumber = PortHolders.read(Rows.of(
                        "10.0.0.1:40001 ESTABLISHED 10.0.0.9:443 inode=1",
                        "10.0.0.1:80 ESTABLISHED 10.0.0.7:5000 inode=2")
                .cursor());
        Settings settings = Given.settings("32768-60999", "");
        Survey survey = CheckupTest.survey(settings, Rows.of());
        Further told = further(List.of(), byNumber);
        assertThat(Checkup.of(survey, settings, Given.owners(), Given::process, null, told)
                        .gaps())
                .singleElement()
                .satisfies(
                        gap -> assertThat(gap.why()).startsWith("1 port of the dynamic range is now bound by number"));
    }

    @Test
    void connections_that_do_not_last() throws HostReadException {
        Stream<String> closed = closed(100, "10.0.0.9:443", 0, 60_000);
        Stream<String> open = Stream.of("10.0.0.1:40199 ESTABLISHED 10.0.0.9:443 inode=1");
        assertThat(found(RANGE, rows(Stream.concat(closed, open)))).isEqualTo("""
                warning connection-churn
                This side closes 1.7 connections per second to 10.0.0.9:443
                  100 connections from 10.0.0.1 are in TIME_WAIT, of at most 200 at once: each was closed here within the last minute, and keeps its port.
                  Which process closes is not known: TIME_WAIT has no owner. Connected there now: nginx (pid 4242): 1.
                  Two likely reasons: keep-alive is off, so that each call has a connection of its own; or each call authenticates anew, and the client closes the connection with it.
                """);
    }

    @Test
    void of_destinations_that_cost_little_the_busiest_is_told() throws HostReadException {
        Settings wide = Given.settings("32768-60999", "");
        Stream<String> one = closed(60, "10.0.0.8:443", 0, 60_000);
        Stream<String> busier = closed(61, "10.0.0.9:443", 0, 60_000);
        Stream<String> less = closed(59, "10.0.0.7:443", 0, 60_000);
        assertThat(found(wide, rows(Stream.of(one, busier, less).flatMap(all -> all))))
                .isEqualTo("""
                info connection-churn
                This side closes 1.0 connections per second to 10.0.0.9:443; 1 more destination is like it
                  61 connections from 10.0.0.1 are in TIME_WAIT, of at most 28232 at once: each was closed here within the last minute, and keeps its port.
                  Which process closes is not known: TIME_WAIT has no owner, and no process is known to be connected there.
                  Two likely reasons: keep-alive is off, so that each call has a connection of its own; or each call authenticates anew, and the client closes the connection with it.
                """);
    }

    /** Connections closed evenly, the last {@code untilMillis} ago and the first {@code fromMillis}. */
    private static Stream<String> closed(int count, String destination, int untilMillis, int fromMillis) {
        return IntStream.range(0, count)
                .mapToObj(i -> "10.0.0.1:%d TIME_WAIT %s expires=%d"
                        .formatted(
                                40_000 + i,
                                destination,
                                60_000 - untilMillis - (int) ((i + 0.5) * (fromMillis - untilMillis) / count)));
    }

    private static List<Finding> churn(Settings settings, Stream<String> rows) throws HostReadException {
        return Given.report(CheckupTest.survey(settings, rows(rows)), settings, Owners.notLooked()).findings().stream()
                .filter(finding -> finding.id().equals("connection-churn"))
                .toList();
    }

    @Test
    void a_burst_that_is_over_is_no_churn_and_a_load_that_began_is() throws HostReadException {
        Settings two = Given.settings("40000-41999", "");
        assertThat(churn(two, closed(1_020, "10.0.0.9:443", 20_000, 20_300))).isEmpty();
        assertThat(churn(two, closed(1_020, "10.0.0.9:443", 20_500, 22_500))).isEmpty();
        assertThat(churn(two, closed(1_020, "10.0.0.9:443", 12_000, 60_000)))
                .as("over for twelve seconds")
                .isEmpty();
        assertThat(churn(two, closed(600, "10.0.0.9:443", 0, 3_000)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                    assertThat(finding.title())
                            .isEqualTo("This side closes 200.0 connections per second to 10.0.0.9:443");
                });
        assertThat(churn(two, closed(1_200, "10.0.0.9:443", 5_000, 60_000)))
                .as("a pause of five seconds is no end")
                .singleElement()
                .extracting(Finding::title)
                .isEqualTo("This side closed 20.0 connections per second to 10.0.0.9:443 over the last minute");
    }

    @Test
    void entries_that_may_be_taken_over_move_the_limit() throws HostReadException {
        var reuse = Map.of("net.ipv4.tcp_tw_reuse", "1", "net.ipv4.tcp_timestamps", "1");
        Settings enough = Given.with(Given.settings("40000-41001", ""), reuse, Map.of());
        assertThat(churn(enough, closed(500, "10.0.0.9:443", 0, 990)))
                .as("one second is a burst unless there are older ones")
                .isEmpty();
        assertThat(churn(enough, recycled())).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.INFO);
            assertThat(finding.title())
                    .isEqualTo("This side closes at least 500.0 connections per second to 10.0.0.9:443");
            assertThat(finding.evidence().getLast())
                    .isEqualTo(
                            "A new connection may take over such an entry after 1000 ms (tcp_tw_reuse), if the peer uses "
                                    + "TCP timestamps: the ports then last for 1002 connections per second, else for 16.");
        });
        Settings half = Given.with(Given.settings("40000-40999", ""), reuse, Map.of());
        assertThat(churn(half, recycled()))
                .singleElement()
                .extracting(Finding::severity)
                .isEqualTo(Severity.WARNING);
    }

    /** Five hundred a second, of which a part of the older ones has been taken over. */
    private static Stream<String> recycled() {
        return Stream.concat(closed(500, "10.0.0.9:443", 0, 990), closed(300, "10.0.0.9:443", 1_010, 1_990));
    }

    @Test
    void a_server_that_closes_first_is_told_apart() throws HostReadException {
        assertThat(serverThatClosed(5_999)).isEmpty();
        assertThat(serverThatClosed(6_000)).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.INFO);
            assertThat(finding.title())
                    .isEqualTo(
                            "The server of port 80, nginx (pid 4242), closed 6000 connections first in the last minute; "
                                    + "their TIME_WAITs cost no dynamic port");
        });
    }

    private static List<Finding> serverThatClosed(int connections) throws HostReadException {
        Settings wide = Given.settings("32768-60999", "");
        var survey = new Survey(wide.policy(Protocol.TCP), PortSet.parse("80"));
        survey.read(Rows.of("0.0.0.0:80 LISTEN inode=1").cursor());
        var half = new Survey(wide.policy(Protocol.TCP), PortSet.parse("80"));
        half.read(rows(each(connections / 2, "10.0.0.1:80 TIME_WAIT 10.0.0.9:%d expires=1"))
                .cursor());
        survey.read(rows(each(connections - connections / 2, "10.0.0.1:80 TIME_WAIT 10.0.0.8:%d expires=1"))
                .cursor());
        survey.merge(half);
        return Given.report(survey, wide, Given.owners(1, 4242)).findings();
    }

    @Test
    void ports_that_only_bind_gives_out() throws HostReadException {
        SocketColumns bound = rows(onOdd(20, "10.0.0.1:%d ESTABLISHED 10.0.0.9:443 inode=1"));
        assertThat(found(RANGE, bound)).isEqualTo("""
                info bind-before-connect (not confirmed)
                nginx (pid 4242) very likely binds before it connects, and so takes 20 ports from every destination
                  20 of its 20 outgoing connections are on ports that bind gives out and connect would not have, and no two share one.
                  That is an inference: none of its sockets was seen between bind and connect.
                  Linux gives such a port to no other outgoing connection, whatever its destination; 20 of 200 are spent so.
                """);
    }

    @Test
    void a_socket_between_bind_and_connect_confirms_it() throws HostReadException {
        SocketColumns bound = rows(onOdd(20, "10.0.0.1:%d ESTABLISHED 10.0.0.9:443 inode=1"));
        var ofAnother = further(List.of(new Survey.Sighting(Endpoint.parse("10.0.0.1:40101"), 2)), new PortHolders());
        assertThat(found(RANGE, bound, ofAnother)).contains("(not confirmed)");
        var itsOwn = further(List.of(new Survey.Sighting(Endpoint.parse("10.0.0.1:40101"), 1)), new PortHolders());
        assertThat(found(RANGE, bound, itsOwn))
                .contains(
                        "warning bind-before-connect (confirmed)\n"
                                + "nginx (pid 4242) binds before it connects, and so takes 20 ports from every destination",
                        "One of its sockets was seen bound to a port that the system chose, and not connected.");
    }

    @Test
    void whoever_looks_sees_that_somebody_binds_first() throws HostReadException {
        Survey bound = CheckupTest.survey(RANGE, rows(onOdd(20, "10.0.0.1:%d ESTABLISHED 10.0.0.9:443 inode=1")));
        PortHolders byNumber = holders(each(20, "10.0.0.1:%d ESTABLISHED 10.0.0.9:443 inode=1"));
        var further = further(List.of(new Survey.Sighting(Endpoint.parse("10.0.0.1:40101"), 2)), byNumber);
        assertThat(Checkup.of(bound, RANGE, Owners.notLooked(), Given::process, null, further)
                        .findings())
                .filteredOn(finding -> finding.id().equals("bind-before-connect"))
                .allSatisfy(finding -> assertThat(finding.severity()).isEqualTo(Severity.INFO))
                .extracting(Finding::title)
                .containsExactly(
                        "A client whose process is not known very likely binds before it connects, and so takes 20 ports from every destination",
                        "A client whose process is not known asks for its local ports by number, and so takes 20 from every destination");
    }

    @Test
    void connections_that_may_have_come_in_tell_nothing() throws HostReadException {
        Stream<String> transfers = IntStream.range(0, 60)
                .mapToObj(i -> "10.0.0.1:%d ESTABLISHED 10.0.0.9:%d inode=1".formatted(40_001 + 2 * i, 50_000 + i));
        assertThat(found(RANGE, rows(transfers))).as("of passive FTP").isEmpty();
        Stream<String> ofPeers = IntStream.range(0, 60)
                .mapToObj(i -> "10.0.0.1:%d ESTABLISHED 10.0.0.%d:40150 inode=1".formatted(40_001 + 2 * i, i));
        assertThat(found(RANGE, rows(ofPeers))).isEmpty();
        assertThat(found(RANGE, rows(onOdd(20, "10.0.0.1:%d ESTABLISHED 10.0.0.9:50051 inode=1"))))
                .as("whoever shares a remote endpoint has connected to it")
                .startsWith("info bind-before-connect");
        Stream<String> services = IntStream.range(0, 20)
                .mapToObj(i -> "10.0.0.1:%d ESTABLISHED 10.0.0.%d:443 inode=1".formatted(40_001 + 2 * i, i));
        assertThat(found(RANGE, rows(services))).startsWith("info bind-before-connect");
    }

    @Test
    void who_has_ports_of_both_kinds_or_shares_one_or_is_past_the_first_half_binds_nothing() throws HostReadException {
        Stream<String> odd = onOdd(20, "10.0.0.1:%d ESTABLISHED 10.0.0.9:443 inode=1");
        Stream<String> even = onEven(3, "10.0.0.1:%d ESTABLISHED 10.0.0.9:443 inode=1");
        assertThat(found(RANGE, rows(Stream.concat(odd, even))))
                .as("20 of 23 are on odd ports")
                .isEmpty();

        Stream<String> twenty = onOdd(20, "10.0.0.1:%d ESTABLISHED 10.0.0.9:443 inode=1");
        Stream<String> shared = Stream.of("10.0.0.1:40001 ESTABLISHED 10.0.0.8:443 inode=1");
        assertThat(found(RANGE, rows(Stream.concat(twenty, shared)))).isEmpty();

        Stream<String> late = onOdd(20, "10.0.0.1:%d ESTABLISHED 10.0.0.9:443 inode=1");
        Stream<String> before = onEven(50, "10.0.0.1:%d ESTABLISHED 10.0.0.9:443 inode=2");
        assertThat(found(RANGE, rows(Stream.concat(late, before)))).isEmpty();
    }

    @Test
    void ports_asked_for_by_number() throws HostReadException {
        Stream<String> connections = each(20, "10.0.0.1:%d ESTABLISHED 10.0.0.9:443 inode=2");
        var files = new PortPolicy.Persistent(null, null, PortSet.parse("40000"), "/etc/sysctl.d/a.conf:1");
        Settings wide = Given.settings(Given.policy("32768-60999", "40000", files));
        Stream<String> oneMore = Stream.of("10.0.0.1:50000 SYN_SENT 10.0.0.9:443 inode=2");
        var byNumber = further(List.of(), holders(Stream.concat(connections, oneMore)));
        assertThat(found(wide, Rows.of(), byNumber)).isEqualTo("""
                info bind-before-connect (confirmed)
                p7 (pid 7) asks for its local ports by number, and so takes 20 from every destination
                  20 of its connections have a port of the dynamic range that it asked for; the kernel remembers it.
                  Linux gives such a port to no other outgoing connection, whatever its destination; 20 of 28231 are spent so.
                """);
    }

    /** Connections that their peers have closed, of a process with this socket inode; those of 9000 have come in. */
    private static Stream<CloseWait> left(int count, int inode, int localPort, OptionalInt seconds) {
        return IntStream.range(0, count)
                .mapToObj(i -> new CloseWait(localPort, Endpoint.parse("10.0.0.9:5432"), inode, seconds));
    }

    private static List<Finding> ofLeft(Owners owners, Stream<CloseWait> left) throws HostReadException {
        Survey survey = CheckupTest.survey(USUAL, Rows.of("0.0.0.0:9000 LISTEN inode=2"));
        return Checkup.of(
                        survey,
                        USUAL,
                        owners,
                        Given::process,
                        null,
                        new Further(
                                new PortHolders(), List.of(), left.toList(), new PortHolders(), _ -> Optional.empty()))
                .findings();
    }

    private static String lines(Finding finding) {
        return finding.severity().label() + " " + finding.id() + "\n" + finding.title() + "\n  "
                + String.join("\n  ", finding.evidence()) + "\n";
    }

    @Test
    void connections_left_for_long_are_a_leak() throws HostReadException {
        Stream<CloseWait> old =
                Stream.concat(left(19, 1, 50_000, OptionalInt.of(10)), left(1, 1, 50_000, OptionalInt.of(239)));
        Stream<CloseWait> young = left(3, 1, 50_000, OptionalInt.of(9));
        List<Finding> found = ofLeft(OWNERS, Stream.concat(old, young));
        assertThat(found).singleElement().satisfies(leak -> {
            assertThat(lines(leak)).isEqualTo("""
                    warning close-wait-leak
                    nginx (pid 4242) keeps 23 connections that their peers have closed, the oldest for at least 3 min
                      23 sockets are in CLOSE_WAIT: the peer closed, this side has not.
                      Most of them were connected with 10.0.0.9:5432.
                      The peers of 20 of them have sent nothing for 10 s or longer, not even an acknowledgement: they closed then or before.
                    """);
            assertThat(leak.fixes(USUAL))
                    .extracting(Fix::command)
                    .containsExactly(null, "systemctl restart nginx.service");
        });
    }

    @Test
    void a_server_that_answers_clients_which_have_half_closed_leaks_nothing() throws HostReadException {
        assertThat(ofLeft(
                        OWNERS,
                        Stream.concat(left(500, 1, 9000, OptionalInt.of(0)), left(19, 1, 9000, OptionalInt.of(60)))))
                .isEmpty();
    }

    @Test
    void where_the_kernel_does_not_tell_for_how_long_nobody_is_warned() throws HostReadException {
        assertThat(ofLeft(OWNERS, left(19, 1, 50_000, UNKNOWN))).isEmpty();
        assertThat(ofLeft(OWNERS, left(20, 1, 50_000, UNKNOWN)))
                .singleElement()
                .extracting(SocketFindingsTest::lines)
                .isEqualTo("""
                        info close-wait-leak
                        nginx (pid 4242) keeps 20 connections that their peers have closed
                          20 sockets are in CLOSE_WAIT: the peer closed, this side has not.
                          Most of them were connected with 10.0.0.9:5432.
                          One look cannot tell for how long; a second one that shows as many settles it.
                        """);
    }

    @Test
    void one_each_of_many_processes_is_no_leak_whoever_looks() throws HostReadException {
        var eachItsOwn = IntStream.range(0, 22)
                .mapToObj(i -> left(1, 100 + i, 50_000, OptionalInt.of(60)))
                .flatMap(each -> each)
                .toList();
        int[] owners = IntStream.range(0, 22)
                .flatMap(i -> IntStream.of(100 + i, 200 + i))
                .toArray();
        assertThat(ofLeft(Given.owners(owners), eachItsOwn.stream())).isEmpty();
        assertThat(ofLeft(Owners.notLooked(), eachItsOwn.stream()))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.INFO);
                    assertThat(finding.title())
                            .isEqualTo(
                                    "22 connections that their peers have closed are kept, and whose they are is not known");
                });
    }

    @Test
    void what_was_closed_before_it_was_accepted_is_told_of_the_server() throws HostReadException {
        assertThat(ofLeft(OWNERS, left(25, 0, 9000, OptionalInt.of(12))))
                .singleElement()
                .extracting(SocketFindingsTest::lines)
                .isEqualTo("""
                        warning closed-before-accept
                        The server of port 9000, p7 (pid 7), has not accepted 25 connections that their clients have closed already, the oldest for at least 12 s
                          25 connections on port 9000 are in CLOSE_WAIT and belong to no process yet: they wait to be accepted.
                          Most of them were connected with 10.0.0.9.
                          The peers of 25 of them have sent nothing for 10 s or longer, not even an acknowledgement: they closed then or before.
                        """);
        assertThat(ofLeft(OWNERS, left(25, 0, 9000, OptionalInt.of(1)))).isEmpty();
        assertThat(ofLeft(Owners.notLooked(), left(25, 0, 9000, OptionalInt.of(12))))
                .singleElement()
                .extracting(Finding::title)
                .isEqualTo(
                        "The server of port 9000 has not accepted 25 connections that their clients have closed already, the oldest for at least 12 s");
    }

    @Test
    void spans_are_told_in_their_largest_unit() {
        assertThat(IntStream.of(1, 119, 120, 7_199, 7_200, 172_799, 172_800).mapToObj(Words::span))
                .containsExactly("1 s", "119 s", "2 min", "119 min", "2 h", "47 h", "2 days");
    }

    @Test
    void a_limit_of_open_files_that_is_nearly_reached() throws HostReadException {
        Settings wide = Given.settings("32768-60999", "");
        SocketColumns many = rows(onEven(160, "10.0.0.1:%d ESTABLISHED 10.0.0.9:443 inode=1"));
        assertThat(found(wide, many, limit(200))).isEqualTo("""
                warning fd-limit-below-ports
                nginx (pid 4242) may open 200 files and has 160 outgoing connections
                  Each connection takes one of the 200 descriptors of its soft limit; what else it has open comes on top.
                  At the limit its next socket fails with EMFILE (Too many open files), however many local ports are left.
                  $ systemctl edit nginx.service
                  $ prlimit --pid 4242 --nofile=65536
                """);
        assertThat(found(wide, many, limit(201))).startsWith("info fd-limit-below-ports");
        assertThat(found(wide, many, limit(320))).startsWith("info fd-limit-below-ports");
        assertThat(found(wide, many, limit(321))).isEmpty();
    }

    @Test
    void a_limit_that_is_not_told_is_a_gap_of_busy_processes_alone() throws HostReadException {
        assertThat(gaps(127)).isEmpty();
        assertThat(gaps(128)).containsExactly("limit of open files of nginx (pid 4242)");
    }

    private static List<String> gaps(int connections) throws HostReadException {
        Settings wide = Given.settings("32768-60999", "");
        Survey survey =
                CheckupTest.survey(wide, rows(onEven(connections, "10.0.0.1:%d ESTABLISHED 10.0.0.9:443 inode=1")));
        return Given.report(survey, wide, Given.owners(1, 4242)).gaps().stream()
                .map(gap -> gap.what())
                .toList();
    }

    @Test
    void udp_ports_run_out() throws HostReadException {
        Stream<String> most = each(150, "0.0.0.0:%d BOUND inode=1 udp");
        Stream<String> rest =
                IntStream.range(150, 180).mapToObj(i -> "[::]:%d BOUND inode=2 udp".formatted(40_000 + i));
        Stream<String> others =
                Stream.of("0.0.0.0:53 BOUND udp", "127.0.0.1:40000 ESTABLISHED 127.0.0.1:9 inode=2 udp");
        var udp = udp(holders(Stream.of(most, rest, others).flatMap(all -> all)));
        assertThat(found(RANGE, Rows.of(), udp)).isEqualTo("""
                warning udp-ports-exhausted
                180 of the 200 UDP ports that the system can choose are in use
                  UDP shares no port between destinations: each socket has one for itself.
                  Most sockets on them belong to nginx (pid 4242): 150, p7 (pid 7): 31.
                  With none left, a bind of every address to port 0 fails with EADDRINUSE, and connect or sendto of a socket that is not bound with EAGAIN.
                  $ berth range set 10240-65535
                """);
        assertThat(found(RANGE, Rows.of(), udp(holders(each(179, "0.0.0.0:%d BOUND inode=1 udp")))))
                .isEmpty();
        assertThat(found(RANGE, Rows.of(), udp(holders(each(199, "0.0.0.0:%d BOUND inode=1 udp")))))
                .startsWith("critical udp-ports-exhausted\n199 of the 200");
    }

    private static Stream<String> crowd(int count, String line) throws HostReadException {
        String full = found(RANGE, Rows.of(), udp(holders(each(count, line))));
        return full.lines()
                .filter(each ->
                        each.startsWith("critical") || each.contains("UDP ports") || each.contains("With none"));
    }

    @Test
    void udp_ports_that_ipv6_alone_has_used_up() throws HostReadException {
        String ipv6 = """
                critical udp-ports-exhausted
                200 of the 200 UDP ports that the system can choose are in use for IPv6, 0 of them for IPv4 as well
                  With none left, a bind of [::] to port 0 fails with EADDRINUSE, and connect or sendto of an IPv6 socket that is not bound with EAGAIN; IPv4 sockets have 200 ports left.
                """;
        assertThat(crowd(200, "[::1]:%d BOUND inode=1 udp"))
                .containsExactlyElementsOf(ipv6.lines().toList());
        assertThat(crowd(200, "[::]:%d BOUND inode=1 udp v6only"))
                .containsExactlyElementsOf(ipv6.lines().toList());
        for (String both : List.of(
                "[::]:%d BOUND inode=1 udp",
                "127.0.0.1:%d BOUND inode=1 udp", "[::1]:%d ESTABLISHED [::1]:53 inode=1 udp")) {
            assertThat(crowd(200, both))
                    .as(both)
                    .contains("200 of the 200 UDP ports that the system can choose are in use")
                    .anyMatch(line -> line.contains("a bind of every address"));
        }
    }

    private static Further further(List<Survey.Sighting> drawn, PortHolders byNumber) {
        return new Further(byNumber, drawn, List.of(), new PortHolders(), _ -> Optional.empty());
    }

    private static Further udp(PortHolders udp) {
        return new Further(new PortHolders(), List.of(), List.of(), udp, _ -> Optional.empty());
    }

    private static Further limit(long limit) {
        return new Further(
                new PortHolders(),
                List.of(),
                List.of(),
                new PortHolders(),
                _ -> Optional.of(new OpenFilesLimit(limit, limit)));
    }
}
