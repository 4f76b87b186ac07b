package dev.berth.diagnosis.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.diagnosis.Given;
import dev.berth.diagnosis.Holders;
import dev.berth.diagnosis.Rows;
import dev.berth.diagnosis.Windows;
import dev.berth.diagnosis.connect.ConnectFacts.SourceFrom;
import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.net.PortSet;
import dev.berth.platform.Gap;
import dev.berth.platform.HostReadException;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.Settings;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whether a client of a Windows can connect. A row's inode is the process id of its owner. */
final class WindowsConnectTest {
    private static final Endpoint FAR = Endpoint.parse("10.0.0.9:443");
    private static final IpAddress HERE = IpAddress.parse("10.0.0.1");
    private static final Settings TEN = Windows.settings("50000-50009", "50009", "50008");

    @Test
    void what_is_left_is_the_least_there_can_be() throws HostReadException {
        ConnectExplanation why = ask(
                "10.0.0.1:50000 TIME_WAIT 10.0.0.9:443",
                "10.0.0.1:50001 ESTABLISHED 10.0.0.8:80 inode=7",
                "10.0.0.1:50002 ESTABLISHED 10.0.0.7:80 inode=7");

        assertThat(why.verdict()).isEqualTo(ConnectVerdict.CONNECTABLE);
        assertThat(why.spaces()).singleElement().satisfies(space -> {
            assertThat(space.inUse()).isEqualTo(1);
            assertThat(space.left()).isEqualTo(5); // of ten: two are excluded, three in use
            assertThat(space.capacity()).isEqualTo(6);
            assertThat(space.preferredHalfUsedPercent()).isNull();
        });
        assertThat(why.gaps())
                .extracting(Gap::what)
                .contains("whether connections share ports", "when a TIME_WAIT ends")
                .doesNotContain("whether a TIME_WAIT may be taken over");
    }

    @Test
    void where_only_ports_of_other_destinations_are_left_it_is_up_to_sharing() throws HostReadException {
        ConnectExplanation why = ask(onPorts(0, 4, "10.0.0.9:443"), onPorts(4, 8, "10.0.0.8:80"));

        assertThat(why.verdict()).isEqualTo(ConnectVerdict.UNKNOWN);
        assertThat(why.connectable()).isNull();
        assertThat(why.clause()).contains("shares those where the socket was not bound before");
    }

    @Test
    void where_the_range_was_not_read_no_port_is_said_to_be_in_use() throws HostReadException {
        var unread = new PortPolicy(null, PortSet.EMPTY, List.of(), List.of(), null, PortPolicy.Persistent.NOTHING);
        ConnectExplanation why = ask(Windows.settings(unread), onPorts(0, 1, "10.0.0.9:443"));

        assertThat(why.verdict()).isEqualTo(ConnectVerdict.UNKNOWN);
        assertThat(why.clause()).isEqualTo("what would decide could not be seen");
    }

    @Test
    void a_destination_that_has_every_port_gets_no_other() throws HostReadException {
        ConnectExplanation why = ask(onPorts(0, 8, "10.0.0.9:443"));

        assertThat(why.verdict()).isEqualTo(ConnectVerdict.EXHAUSTED);
        assertThat(why.clause()).contains("WSAENOBUFS (10055)").doesNotContain("EADDRNOTAVAIL");
        assertThat(why.fixes()).isNotEmpty();
    }

    @Test
    void a_bind_over_a_time_wait_succeeds_and_the_same_two_ends_fail_at_connect() {
        LocalPort same = foretell("10.0.0.1:5000 TIME_WAIT 10.0.0.9:443");
        assertThat(same.attempts()).allSatisfy(attempt -> {
            assertThat(attempt.outcome()).isEqualTo(LocalPort.Outcome.FAILS);
            assertThat(attempt.failingCall()).isEqualTo("connect");
            assertThat(attempt.error()).isEqualTo("WSAEADDRINUSE");
        });
        assertThat(foretell("10.0.0.1:5000 TIME_WAIT 10.0.0.8:443").attempts())
                .extracting(LocalPort.Attempt::outcome)
                .containsOnly(LocalPort.Outcome.SUCCEEDS);
    }

    @Test
    void a_bind_beside_a_listener_or_in_a_range_of_the_system_fails() {
        LocalPort.Attempt plain =
                foretell("10.0.0.1:5000 LISTEN inode=7").attempts().getFirst();
        assertThat(plain.failingCall()).isEqualTo("bind");
        assertThat(plain.error()).isEqualTo("WSAEADDRINUSE");

        LocalPort excluded = new LocalPortDiagnosis(50_008, null, HERE, FAR, List.of(), TEN, Windows.HOST).foretell();
        assertThat(excluded.attempts()).extracting(LocalPort.Attempt::error).containsOnly("WSAEACCES");
    }

    private static LocalPort foretell(String... rows) {
        var sockets = Holders.of(Rows.of(rows), Given.owners(7, 7), Given::process, NetworkNamespace.ONLY);
        return new LocalPortDiagnosis(5_000, HERE, HERE, FAR, sockets, TEN, Windows.HOST).foretell();
    }

    private static String[] onPorts(int first, int end, String remote) {
        return Stream.iterate(first, port -> port < end, port -> port + 1)
                .map(port -> "10.0.0.1:" + (50_000 + port) + " ESTABLISHED " + remote + " inode=7")
                .toArray(String[]::new);
    }

    private static ConnectExplanation ask(String[] some, String[] more) throws HostReadException {
        return ask(Stream.of(some, more).flatMap(Stream::of).toArray(String[]::new));
    }

    private static ConnectExplanation ask(String... rows) throws HostReadException {
        return ask(TEN, rows);
    }

    private static ConnectExplanation ask(Settings settings, String... rows) throws HostReadException {
        var survey = new ConnectSurvey(FAR, HERE, settings);
        assertThat(survey.wantsEveryConnection()).isTrue();
        survey.read(Rows.of(rows).cursor());
        return ConnectDiagnosis.explain(new ConnectFacts(
                survey, SourceFrom.ASKED, null, Given.owners(7, 7), Given::process, settings, Windows.HOST, List.of()));
    }
}
