package dev.berth.diagnosis.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.diagnosis.Aim;
import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.Given;
import dev.berth.diagnosis.Rows;
import dev.berth.diagnosis.Windows;
import dev.berth.diagnosis.survey.PortHolders;
import dev.berth.diagnosis.survey.Survey;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.ConfiguredServices;
import dev.berth.platform.ConfiguredServices.Service;
import dev.berth.platform.Gap;
import dev.berth.platform.HostReadException;
import dev.berth.platform.PortEvents;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.Settings;
import dev.berth.platform.SocketColumns;
import dev.berth.platform.WindowsSetting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is found on a Windows, and what is not. A row's inode is the process id of its owner. */
final class WindowsFindingsTest {
    private static final Instant NOW = Instant.parse("2026-11-20T03:12:00Z");
    private static final Service SQL = service("SQL Server", 1433);

    private static final Map<String, String> WINNAT = Map.of(WindowsSetting.service("winnat"), WindowsSetting.RUNNING);

    @Test
    void a_range_of_the_system_keeps_a_service_from_its_port() throws HostReadException {
        Settings settings = Windows.settings("1024-15000", "", "1400-1499");
        assertThat(findings(settings, Rows.of(), with(SQL))).first().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo("excluded-range-covers-service");
            assertThat(finding.title())
                    .isEqualTo(
                            "The system keeps TCP port 1433 (SQL Server) in the excluded range 1400-1499: the service "
                                    + "cannot start there");
            assertThat(finding.evidence())
                    .anyMatch(line -> line.startsWith("Such a range is known for WinNAT"))
                    .anyMatch(line -> line.contains("no table of Windows names who made it"));
            assertThat(commands(finding, settings))
                    .containsExactly("berth reserve 1433 --restart-winnat", "berth suggest --near 1433");
        });
    }

    @Test
    void neither_an_administered_range_nor_one_of_http_sys_is_in_a_services_way() throws HostReadException {
        assertThat(ids(Windows.settings("49152-65535", "1433"), Rows.of(), with(SQL)))
                .isEmpty();
        assertThat(ids(Windows.settings("49152-65535", "", "80"), Rows.of(), with(service("IIS", 80))))
                .isEmpty();
        assertThat(ids(Windows.settings("49152-65535", "", "1433"), Rows.of("[::]:1433 LISTEN inode=88"), with(SQL)))
                .isEmpty();
    }

    @Test
    void a_low_dynamic_range_is_told_where_something_takes_the_ports_in_it() throws HostReadException {
        Settings low = Windows.settings("1024-15000", "");
        Settings withWinNat = Given.with(low, WINNAT, Map.of());
        assertThat(ids(low, Rows.of(), with())).doesNotContain("dynamic-range-low");

        Finding finding = findings(withWinNat, Rows.of(), with()).getFirst();
        assertThat(finding.title()).isEqualTo("The dynamic range of TCP begins at 1024, among the ports of servers");
        assertThat(finding.evidence())
                .anyMatch(line -> line.startsWith("winnat runs: at each start blocks of 100 ports"));
        assertThat(commands(finding, withWinNat)).containsExactly("berth range set 49152-65535 --protocol tcp");
        assertThat(finding.fixes(withWinNat).getFirst().aims())
                .containsExactly(new Aim.Draw(new PortRange(49_152, 65_535), Protocol.TCP));
        assertThat(findings(withWinNat, Rows.of(), with()))
                .anySatisfy(udp -> assertThat(commands(udp, withWinNat))
                        .containsExactly("berth range set 49152-65535 --protocol udp"));

        assertThat(ids(low, Rows.of(), with(SQL))).contains("dynamic-range-low");
        assertThat(ids(low, Rows.of("0.0.0.0:8080 LISTEN inode=7"), with())).contains("dynamic-range-low");
    }

    @Test
    void a_range_that_was_widened_is_kept_and_its_servers_ports_are_excluded_before_it_is_put_back()
            throws HostReadException {
        Settings wide = Windows.settings("1025-65534", "");
        SocketColumns rows = Rows.of("0.0.0.0:8080 LISTEN inode=7");
        Finding finding = low(findings(wide, rows, with(SQL)));
        assertThat(finding.evidence())
                .contains(
                        "It has 64,510 ports, and Windows' own 16,384. No record that was read says that ports ran out,"
                                + " which does not prove that fewer are enough.");
        assertThat(commands(finding, wide))
                .containsExactly(
                        "berth reserve 1433 --restart-services",
                        "berth reserve 8080",
                        "berth range set 49152-65535 --protocol tcp");
        assertThat(finding.fixes(wide).getLast().summary()).endsWith("only where its 16,384 ports are enough");

        var ranOut = new PortEvents(List.of(event(4231, "2026-11-20T03:00:00Z")), List.of());
        Finding logged = low(findings(wide, rows, Further.nothing().with(none(), ranOut, NOW)));
        assertThat(logged.evidence()).anyMatch(line -> line.contains("it is so wide for a reason"));
        assertThat(commands(logged, wide)).first().asString().isEqualTo("berth reserve 8080");
    }

    private static Finding low(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.id().equals("dynamic-range-low"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void the_port_of_a_listener_is_pending_for_as_long_as_it_listens() throws HostReadException {
        Settings settings = Windows.settings("49152-65535", "");
        Finding finding = findings(settings, Rows.of("0.0.0.0:52001 LISTEN inode=7"), with())
                .getFirst();
        assertThat(finding.id()).isEqualTo("listener-in-dynamic-range");
        Fix fix = finding.fixes(settings).getFirst();
        assertThat(fix.command()).isEqualTo("berth reserve 52001");
        assertThat(fix.summary()).contains("which Windows does to no port that is held");
    }

    @Test
    void the_log_says_when_ports_ran_out_and_its_silence_nothing() throws HostReadException {
        var events = new PortEvents(
                List.of(
                        event(4231, "2026-11-20T03:00:00Z"),
                        event(4231, "2026-11-20T02:00:00Z"),
                        event(4227, "2026-10-01T00:00:00Z")),
                List.of());
        Settings settings = Windows.settings("49152-65535", "");
        List<Finding> findings = findings(settings, Rows.of(), Further.nothing().with(none(), events, NOW));

        assertThat(findings).extracting(Finding::severity).containsExactly(Severity.WARNING, Severity.INFO);
        assertThat(findings.getFirst().title())
                .isEqualTo("Windows logged 2 times that no TCP port was left to choose (Tcpip 4231), last at "
                        + "2026-11-20T03:00:00Z");
        assertThat(findings.getFirst().evidence())
                .contains(
                        "That there are no more of them proves nothing: not every port that is wanted in vain is logged.");
        assertThat(findings.getLast().title()).contains("once").contains("Tcpip 4227");
    }

    @Test
    void a_port_may_serve_one_connection_only_so_what_is_left_is_the_least_there_can_be() throws HostReadException {
        Settings settings = Windows.settings("50000-50199", "", "50190-50199");
        var rows = new ArrayList<String>();
        for (int port = 50_000; port < 50_100; port++) {
            rows.add("10.0.0.1:" + port + " ESTABLISHED 10.0.0.9:443 inode=7");
        }
        for (int port = 50_100; port < 50_190; port++) {
            rows.add("10.0.0.1:" + port + " ESTABLISHED 10.0.0.8:5432 inode=7");
        }
        Report report = report(settings, Rows.of(rows.toArray(String[]::new)), with());

        assertThat(report.destinations()).allSatisfy(destination -> {
            assertThat(destination.use().left()).isZero();
            assertThat(destination.preferredHalfUsedPercent()).isNull();
            assertThat(destination.closesPerSecond()).isNull();
        });
        assertThat(report.gaps()).extracting(Gap::what).contains("whether connections share ports");
        assertThat(report.findings())
                .filteredOn(finding -> finding.id().equals("tuple-space-exhausted"))
                .hasSize(2)
                .allSatisfy(finding -> {
                    assertThat(finding.title()).endsWith(", unless connections share ports");
                    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                    assertThat(finding.confirmed()).isFalse();
                });
    }

    @Test
    void a_destination_that_has_every_port_has_them_even_if_others_share() throws HostReadException {
        Settings settings = Windows.settings("50000-50199", "");
        var rows = new ArrayList<String>();
        for (int port = 50_000; port < 50_200; port++) {
            rows.add("10.0.0.1:" + port + " TIME_WAIT 10.0.0.9:443");
        }
        assertThat(findings(settings, Rows.of(rows.toArray(String[]::new)), with()))
                .filteredOn(finding -> finding.id().equals("tuple-space-exhausted"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
                    assertThat(finding.evidence().getLast()).contains("WSAENOBUFS (10055)");
                    assertThat(finding.toString() + finding.evidence()).doesNotContain("EADDRNOTAVAIL", "sudo");
                });
    }

    /** All that Linux alone has, or that needs the timers of TIME_WAIT or the inode of a socket. */
    @Test
    void what_linux_alone_has_is_not_looked_for() throws HostReadException {
        Settings odd = Windows.settings("1-65535", "1433");
        var settings = Given.with(
                odd,
                Map.of(
                        "net.netfilter.nf_conntrack_count", "100",
                        "net.netfilter.nf_conntrack_max", "100",
                        "net.ipv4.tcp_max_tw_buckets", "1"),
                Map.of("TcpExt.TCPTimeWaitOverflow", 9L, "conntrack.insert_failed", 9L));
        var rows = new ArrayList<String>();
        for (int port = 40_000; port < 40_200; port++) {
            rows.add("10.0.0.1:" + (port * 2 - 39_999 + 1) % 65_536 + " ESTABLISHED 10.0.0.9:443 inode=7");
            rows.add("10.0.0.1:80 TIME_WAIT 10.0.0.9:" + port);
            rows.add("0.0.0.0:" + (30_000 + port - 40_000) + " LISTEN inode=7");
        }
        rows.add("0.0.0.0:80 LISTEN inode=4");
        assertThat(ids(settings, Rows.of(rows.toArray(String[]::new)), with()))
                .isSubsetOf(
                        "tuple-space-exhausted",
                        "udp-ports-exhausted",
                        "self-connect",
                        "ports-ran-out",
                        "excluded-range-covers-service",
                        "dynamic-range-low",
                        "range-too-small",
                        "listener-in-dynamic-range",
                        "close-wait-leak",
                        "bound-only-holder",
                        "legacy-setting");
    }

    @Test
    void a_range_that_is_too_small_promises_no_rate() throws HostReadException {
        Settings settings = Windows.settings("50000-50999", "");
        Finding finding = findings(settings, Rows.of(), with()).getFirst();
        assertThat(finding.title()).isEqualTo("Outgoing connections have only 1000 local ports to draw from");
        assertThat(finding.evidence()).last().asString().contains("4 to 33 connections per second");
        assertThat(finding.fixes(settings).toString()).doesNotContain("tcp_tw_reuse", "Kubernetes", "restart,");
    }

    private static List<String> commands(Finding finding, Settings settings) {
        return finding.fixes(settings).stream()
                .map(Fix::command)
                .flatMap(command -> Optional.ofNullable(command).stream())
                .toList();
    }

    private static List<String> ids(Settings settings, SocketColumns rows, Further further) throws HostReadException {
        return findings(settings, rows, further).stream().map(Finding::id).toList();
    }

    private static List<Finding> findings(Settings settings, SocketColumns rows, Further further)
            throws HostReadException {
        return report(settings, rows, further).findings();
    }

    private static Report report(Settings settings, SocketColumns rows, Further further) throws HostReadException {
        PortPolicy tcp = settings.policy(Protocol.TCP);
        var survey = new Survey(tcp, PortSet.EMPTY);
        survey.read(rows.cursor());
        return Checkup.of(survey, settings, Given.owners(4, 4, 7, 7, 88, 88), Given::process, null, further);
    }

    private static Further with(Service... services) {
        return new Further(new PortHolders(), List.of(), List.of(), new PortHolders(), _ -> Optional.empty())
                .with(new ConfiguredServices(List.of(services), List.of()), new PortEvents(List.of(), List.of()), NOW);
    }

    private static ConfiguredServices none() {
        return new ConfiguredServices(List.of(), List.of());
    }

    private static Service service(String name, int port) {
        return new Service(name, Protocol.TCP, PortRange.of(port), null, null, "the service MSSQLSERVER", null);
    }

    private static PortEvents.Event event(int id, String at) {
        return new PortEvents.Event("Tcpip", id, Instant.parse(at));
    }
}
