package dev.berth.diagnosis.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.berth.diagnosis.Given;
import dev.berth.diagnosis.Rows;
import dev.berth.diagnosis.doctor.Destination;
import dev.berth.diagnosis.doctor.Report;
import dev.berth.net.Cases;
import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import dev.berth.platform.HostReadException;
import dev.berth.platform.InodeSet;
import dev.berth.platform.SocketColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SurveyTest {
    private static final String RANGE = "32768-60999";

    @Test
    void half_a_million_time_waits_become_four_destinations() throws HostReadException {
        var rows = new SocketColumns();
        for (int i = 0; i < 500_000; i++) {
            rows.append(new Rows.Row(
                    Protocol.TCP,
                    TcpState.TIME_WAIT,
                    new Endpoint(IpAddress.v4(0x0a000001 + i % 2), 32_768 + i % 28_232),
                    new Endpoint(IpAddress.v4(0x0a000009), i % 4 < 2 ? 443 : 80),
                    0,
                    (int) (i * 60_000L / 500_000),
                    false));
        }
        Report report = checkup(survey(rows, PortSet.EMPTY));
        assertThat(report.counts()).containsEntry(TcpState.TIME_WAIT, 500_000);
        assertThat(report.destinations()).hasSize(4);
        assertThat(report.destinations().stream()
                        .mapToInt(Destination::timeWait)
                        .sum())
                .isEqualTo(500_000);
        assertThat(report.destinations().stream()
                        .mapToDouble(destination -> destination.closesPerSecond())
                        .sum())
                .isCloseTo(500_000 / 60.0, offset(1.0));
    }

    @Test
    void two_halves_merged_are_the_whole() {
        Cases.of(SurveyTest::someRows).count(100).forEach(lines -> {
            int half = lines.size() / 2;
            Survey merged = survey(lines.subList(0, half));
            merged.merge(survey(lines.subList(half, lines.size())));
            Survey whole = survey(lines);
            assertThat(checkup(merged)).isEqualTo(checkup(whole));
            assertThat(merged.ownedPorts()).isEqualTo(whole.ownedPorts());
            assertThat(inodes(merged)).isEqualTo(inodes(whole));
        });
    }

    @Test
    void connections_that_came_in_and_ports_outside_the_range_cost_no_dynamic_port() throws HostReadException {
        Survey survey = survey(
                Rows.of(
                        "10.0.0.1:40000 TIME_WAIT 10.0.0.2:1 expires=5",
                        "10.0.0.1:8080 ESTABLISHED 10.0.0.2:2 inode=1",
                        "10.0.0.1:40001 ESTABLISHED 10.0.0.2:443 inode=2"),
                PortSet.parse("40000"));
        assertThat(checkup(survey).destinations()).singleElement().satisfies(destination -> {
            assertThat(destination.inUse()).isEqualTo(1);
            assertThat(destination.capacity()).isEqualTo(28_231);
        });
    }

    @Test
    void an_orphaned_fin_wait2_is_no_close_of_the_last_minute() throws HostReadException {
        Survey survey = survey(Rows.of("10.0.0.1:40000 FIN_WAIT2 10.0.0.2:1 expires=5"), PortSet.EMPTY);
        assertThat(checkup(survey).destinations().getFirst().closesPerSecond()).isZero();
    }

    @Test
    void entries_whose_time_is_over_are_in_use_and_count_for_no_rate() throws HostReadException {
        Survey survey = survey(
                Rows.of(
                        "10.0.0.1:40000 TIME_WAIT 10.0.0.2:1 expires=0",
                        "10.0.0.1:40001 TIME_WAIT 10.0.0.2:1 expires=0"),
                PortSet.EMPTY);
        assertThat(checkup(survey).destinations()).singleElement().satisfies(destination -> {
            assertThat(destination.timeWait()).isEqualTo(2);
            assertThat(destination.closesPerSecond()).isZero();
        });
    }

    @Test
    void what_a_server_closed_is_told_apart_and_costs_no_dynamic_port() throws HostReadException {
        Survey survey = survey(
                Rows.of(IntStream.range(0, 590)
                        .mapToObj(
                                i -> "10.0.0.1:8080 TIME_WAIT 10.0.0.2:%d expires=%d".formatted(1000 + i, 50 + i * 100))
                        .toArray(String[]::new)),
                PortSet.parse("8080"));
        assertThat(checkup(survey).destinations()).isEmpty();
        assertThat(checkup(survey).servers()).singleElement().satisfies(server -> {
            assertThat(server.port()).isEqualTo(8080);
            assertThat(server.timeWait()).isEqualTo(590);
            assertThat(server.closes())
                    .satisfies(closes -> assertThat(closes.perSecond()).isCloseTo(10, offset(0.5)));
        });
    }

    @Test
    void what_a_stopped_server_left_is_no_destination_and_keeps_its_port() throws HostReadException {
        var left = new ArrayList<String>();
        for (int i = 0; i < 2000; i++) {
            left.add("127.0.0.1:40001 TIME_WAIT 127.0.0.1:%d expires=%d".formatted(41_000 + i, 1950 + i * 29));
        }
        left.add("127.0.0.1:40001 ESTABLISHED 127.0.0.1:40900 inode=1");
        left.add("10.0.0.1:40003 ESTABLISHED 10.0.0.9:443 inode=2");
        Survey survey = survey(left);
        Report report = checkup(survey);
        assertThat(report.destinations()).singleElement().satisfies(destination -> {
            assertThat(destination.destination()).isEqualTo(Endpoint.parse("10.0.0.9:443"));
            assertThat(destination.capacity()).isEqualTo(28_231);
        });
        assertThat(report.servers()).singleElement().satisfies(server -> {
            assertThat(server.port()).isEqualTo(40001);
            assertThat(server.listening()).isFalse();
            assertThat(server.timeWait()).isEqualTo(2000);
            assertThat(server.closes())
                    .satisfies(closes -> assertThat(closes.perSecond()).isCloseTo(34.5, offset(1.0)));
        });
        assertThat(survey.ownedPorts().contains(40001)).isTrue();
        assertThat(survey.ownedPorts().contains(40003)).isFalse();
    }

    @Test
    void a_port_that_a_proxy_shares_between_many_destinations_is_no_servers() throws HostReadException {
        var shared = new ArrayList<String>();
        for (int i = 0; i < 100; i++) { // services outside of what clients draw
            shared.add("10.0.0.1:40001 ESTABLISHED 10.0.1.%d:%d inode=1".formatted(i, i % 2 == 0 ? 443 : 8080));
        }
        for (int port = 40_000; port < 40_100; port += 2) { // and thirty within, each from as many ports
            for (int i = 0; i < 30; i++) {
                shared.add("10.0.0.1:%d TIME_WAIT 10.0.2.1:%d expires=7".formatted(port, 50_000 + i));
            }
        }
        var survey = new Survey(Given.settings("40000-40099", "").policy(Protocol.TCP), PortSet.EMPTY);
        survey.read(Rows.of(shared.toArray(String[]::new)).cursor());
        assertThat(survey.spacesOfFormerServers().isEmpty()).isTrue();
        assertThat(checkup(survey).destinations()).hasSize(130);
        assertThat(checkup(survey).servers()).isEmpty();
    }

    @Test
    void a_second_look_tells_what_was_opened_and_closed_in_between() throws HostReadException {
        var living = new Living(PortSet.parse("32768-60999"));
        living.read(Rows.of(
                        "10.0.0.1:40000 ESTABLISHED 10.0.0.2:443 inode=1",
                        "10.0.0.1:40001 ESTABLISHED 10.0.0.2:443 inode=2",
                        "10.0.0.1:40002 ESTABLISHED 10.0.0.2:443 inode=3")
                .cursor());
        var survey = new Survey(
                Given.settings(RANGE, "").policy(Protocol.TCP), PortSet.EMPTY, 1000, new FirstLook(living, 10));
        survey.read(Rows.of(
                        "10.0.0.1:40000 ESTABLISHED 10.0.0.2:443 inode=1", // as it was
                        "10.0.0.1:40001 TIME_WAIT 10.0.0.2:443 expires=55000", // closed since
                        "10.0.0.1:40002 ESTABLISHED 10.0.0.2:443 inode=9", // another one with the same four-tuple
                        "10.0.0.1:40003 ESTABLISHED 10.0.0.2:443 inode=10", // new
                        "10.0.0.1:40004 TIME_WAIT 10.0.0.2:443 expires=59000", // opened and closed since
                        "10.0.0.1:40005 TIME_WAIT 10.0.0.2:443 expires=30000") // closed before
                .cursor());
        assertThat(survey.tally().opened(0)).isEqualTo(3);
        assertThat(living.count(survey.spaces(), 0)).isEqualTo(3);
        assertThat(checkup(survey).destinations().getFirst().measured())
                .satisfies(measured -> assertThat(measured.opens().perSecond()).isEqualTo(0.3));
    }

    @Test
    void first_looks_of_two_threads_merged_are_the_whole() {
        Cases.of(SurveyTest::someRows).count(100).forEach(lines -> {
            int half = lines.size() / 2;
            Living merged = living(lines.subList(0, half));
            merged.merge(living(lines.subList(half, lines.size())));
            Survey seen = survey(lines);
            Living whole = living(lines);
            for (int space = 0; space < seen.spaces().size(); space++) {
                assertThat(merged.count(seen.spaces(), space)).isEqualTo(whole.count(seen.spaces(), space));
            }
        });
    }

    private static Living living(List<String> lines) {
        try {
            var living = new Living(PortSet.parse("32768-60999"));
            living.read(Rows.of(lines.toArray(String[]::new)).cursor());
            return living;
        } catch (HostReadException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void explicit_and_bound_ports_take_from_every_destination() throws HostReadException {
        Survey survey = survey(
                Rows.of("127.0.0.1:50000 BOUND inode=1", "10.0.0.1:40001 SYN_SENT 10.0.0.2:443 inode=2"),
                PortSet.EMPTY);
        survey.explicitPorts(PortSet.parse("50000,50001,80"));
        assertThat(checkup(survey).destinations().getFirst().capacity()).isEqualTo(28_230);
    }

    private static List<String> someRows(Random random) {
        boolean stopped = random.nextBoolean(); // a server on 32780
        return IntStream.range(0, random.nextInt(200))
                .mapToObj(i -> {
                    if (stopped && i % 3 == 0) {
                        return "10.0.0.1:32780 TIME_WAIT 10.0.0.%d:%d expires=%d"
                                .formatted(random.nextInt(3), 40_000 + random.nextInt(50), random.nextInt(60_000));
                    }
                    TcpState state = TcpState.of(random.nextInt(TcpState.COUNT));
                    int port = 32_760 + random.nextInt(40);
                    String remote = state == TcpState.LISTEN || state == TcpState.BOUND
                            ? ""
                            : " 10.0.0.%d:%d".formatted(random.nextInt(3), 32_760 + random.nextInt(20));
                    String end = state == TcpState.TIME_WAIT ? " expires=7" : " inode=" + (1 + random.nextInt(60));
                    return "10.0.0.%d:%d %s%s%s".formatted(random.nextInt(3), port, state, remote, end);
                })
                .toList();
    }

    private static Survey survey(List<String> lines) {
        try {
            return survey(Rows.of(lines.toArray(String[]::new)), PortSet.parse("32765"));
        } catch (HostReadException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Survey survey(SocketColumns rows, PortSet listeners) throws HostReadException {
        var survey = new Survey(Given.settings(RANGE, "").policy(Protocol.TCP), listeners);
        survey.read(rows.cursor());
        return survey;
    }

    private static Report checkup(Survey survey) {
        int[] owners = IntStream.rangeClosed(1, 60)
                .flatMap(i -> IntStream.of(i, i % 5 + 2))
                .toArray();
        return Given.report(survey, Given.settings(RANGE, ""), Given.owners(owners));
    }

    private static long[] inodes(Survey survey) {
        var inodes = new InodeSet();
        survey.addInodesTo(inodes);
        return inodes.toArray();
    }
}
