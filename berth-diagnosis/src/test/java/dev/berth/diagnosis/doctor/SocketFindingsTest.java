package dev.berth.diagnosis.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.diagnosis.Given;
import dev.berth.diagnosis.Rows;
import dev.berth.diagnosis.survey.InodePairs;
import dev.berth.diagnosis.survey.PortHolders;
import dev.berth.diagnosis.survey.Survey;
import dev.berth.net.Endpoint;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.HostReadException;
import dev.berth.platform.OpenFilesLimit;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.Settings;
import dev.berth.platform.SocketColumns;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What rests on sockets and the processes that hold them. */
final class SocketFindingsTest {
    private static final Settings RANGE = Given.settings("40000-40199", "");

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
                Given.NETNS,
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
        assertThat(Checkup.of(survey, settings, Given.owners(), Given::process, Given.NETNS, null, told)
                        .gaps())
                .singleElement()
                .satisfies(
                        gap -> assertThat(gap.why()).startsWith("1 port of the dynamic range is now bound by number"));
    }

    @Test
    void connections_that_do_not_last() throws HostReadException {
        Stream<String> closed = each(100, "10.0.0.1:%d TIME_WAIT 10.0.0.9:443 expires=1");
        Stream<String> open = Stream.of("10.0.0.1:40199 ESTABLISHED 10.0.0.9:443 inode=1");
        assertThat(found(RANGE, rows(Stream.concat(closed, open)))).isEqualTo("""
                warning connection-churn
                This side closed 1.7 connections per second to 10.0.0.9:443 over the last minute; most likely nginx (pid 4242)
                  100 connections from 10.0.0.1 are in TIME_WAIT, of at most 200 at once: each was closed here within the last minute, and keeps its port.
                  TIME_WAIT has no owner; connected there now, and so most likely who closes, is nginx (pid 4242): 1.
                  Two likely reasons: keep-alive is off, so that each call has a connection of its own; or each call authenticates anew, and the client closes the connection with it.
                """);
    }

    @Test
    void of_destinations_that_cost_little_the_busiest_is_told() throws HostReadException {
        Settings wide = Given.settings("32768-60999", "");
        Stream<String> one = each(60, "10.0.0.1:%d TIME_WAIT 10.0.0.8:443 expires=1");
        Stream<String> busier = each(61, "10.0.0.1:%d TIME_WAIT 10.0.0.9:443 expires=1");
        Stream<String> less = each(59, "10.0.0.1:%d TIME_WAIT 10.0.0.7:443 expires=1");
        assertThat(found(wide, rows(Stream.of(one, busier, less).flatMap(all -> all))))
                .isEqualTo("""
                info connection-churn
                This side closed 1.0 connections per second to 10.0.0.9:443 over the last minute; 1 more destination is like it
                  61 connections from 10.0.0.1 are in TIME_WAIT, of at most 28232 at once: each was closed here within the last minute, and keeps its port.
                  Which process closes is not known: TIME_WAIT has no owner, and no process is known to be connected there.
                  Two likely reasons: keep-alive is off, so that each call has a connection of its own; or each call authenticates anew, and the client closes the connection with it.
                """);
    }

    @Test
    void a_server_that_closes_first_is_told_apart() throws HostReadException {
        assertThat(serverThatClosed(5_999)).isEmpty();
        assertThat(serverThatClosed(6_000)).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.INFO);
            assertThat(finding.title())
                    .isEqualTo("The server of port 80, nginx (pid 4242), closes 100 connections per second first; "
                            + "their 6000 TIME_WAITs cost no dynamic port");
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
        return Checkup.of(survey, wide, Given.owners(1, 4242), Given::process, Given.NETNS)
                .findings();
    }

    @Test
    void ports_that_only_bind_gives_out() throws HostReadException {
        SocketColumns bound = rows(onOdd(20, "10.0.0.1:%d ESTABLISHED 10.0.0.9:443 inode=1"));
        assertThat(found(RANGE, bound)).isEqualTo("""
                warning bind-before-connect (not confirmed)
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

    @Test
    void how_long_the_oldest_has_been_left() throws HostReadException {
        SocketColumns left = rows(each(20, "10.0.0.1:%d CLOSE_WAIT 10.0.0.9:5432 inode=1"));
        var closedFor = new InodePairs();
        closedFor.add(1, 150);
        closedFor.add(1, 239);
        closedFor.add(2, 9_999);
        var told = new Further(new PortHolders(), List.of(), closedFor, new PortHolders(), _ -> Optional.empty());
        assertThat(found(Given.settings("32768-39999", ""), left, told)).isEqualTo("""
                warning close-wait-leak
                nginx (pid 4242) keeps 20 connections that their peers have closed, the oldest for at least 3 min
                  20 sockets are in CLOSE_WAIT: the peer closed, this side has not.
                  Most of them were connected with 10.0.0.9:5432.
                  The peer of the oldest has sent nothing for 3 min, not even an acknowledgement: it closed then or before.
                  $ systemctl restart nginx.service
                """);
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
        return Checkup.of(survey, wide, Given.owners(1, 4242), Given::process, Given.NETNS).gaps().stream()
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
                  $ sysctl -w 'net.ipv4.ip_local_port_range=10240 65535'
                """);
        assertThat(found(RANGE, Rows.of(), udp(holders(each(179, "0.0.0.0:%d BOUND inode=1 udp")))))
                .isEmpty();
        assertThat(found(RANGE, Rows.of(), udp(holders(each(199, "0.0.0.0:%d BOUND inode=1 udp")))))
                .startsWith("critical udp-ports-exhausted\n199 of the 200");
    }

    private static Further further(List<Survey.Sighting> drawn, PortHolders byNumber) {
        return new Further(byNumber, drawn, new InodePairs(), new PortHolders(), _ -> Optional.empty());
    }

    private static Further udp(PortHolders udp) {
        return new Further(new PortHolders(), List.of(), new InodePairs(), udp, _ -> Optional.empty());
    }

    private static Further limit(long limit) {
        return new Further(
                new PortHolders(),
                List.of(),
                new InodePairs(),
                new PortHolders(),
                _ -> Optional.of(new OpenFilesLimit(limit, limit)));
    }
}
