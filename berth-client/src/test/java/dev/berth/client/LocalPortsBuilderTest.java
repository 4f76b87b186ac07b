package dev.berth.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.client.host.HostPorts;
import dev.berth.client.host.Platform;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** What cannot work is refused when it is built, or when it is asked for, and says why. */
class LocalPortsBuilderTest {
    /** A host as the tests want it. */
    private record Host(Optional<PortRange> dynamicRange, Optional<PortSet> reserved, PortSet listening)
            implements HostPorts {
        static Host with(String reserved, String listening) {
            return new Host(
                    Optional.of(new PortRange(32_768, 60_999)),
                    Optional.of(PortSet.parse(reserved)),
                    PortSet.parse(listening));
        }
    }

    private static LocalPortsBuilder on(Platform platform) {
        LocalPortsBuilder builder = LocalPorts.builder();
        builder.platform = platform;
        builder.host = platform == Platform.LINUX ? Host.with("", "") : HostPorts.UNKNOWN;
        return builder;
    }

    private static LocalPortsBuilder linux() {
        return on(Platform.LINUX);
    }

    private static LocalPortsBuilder windows() {
        return on(Platform.WINDOWS);
    }

    private static void refused(LocalPortsBuilder builder, String message) {
        assertThatThrownBy(builder::build)
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void a_range_has_ports_and_runs_upwards() {
        assertThatThrownBy(() -> linux().range(20_009, 20_000))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("ports 20009-20000: want 1 <= first <= last <= 65535");
        assertThatThrownBy(() -> linux().range(0, 20_000))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("ports 0-20000: want 1 <= first <= last <= 65535");
        assertThatThrownBy(() -> linux().range(20_000, 65_536))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("ports 20000-65536: want 1 <= first <= last <= 65535");
        refused(linux().ports(PortSet.EMPTY), "no ports: the set to choose from is empty");
    }

    @Test
    void ports_below_1024_are_the_servers() {
        refused(linux().range(1000, 2000), "ports 1000-1023: those below 1024 are the servers'");
        refused(linux().ports(PortSet.parse("80,443,20000")), "ports 80,443: those below 1024 are the servers'");
        assertThat(linux().range(1024, 1024).build()).hasToString("local ports chosen from 1024");
        assertThat(linux().range(65_535, 65_535).build()).hasToString("local ports chosen from 65535");
    }

    @Test
    void ports_that_are_all_avoided_or_reserved_leave_none() {
        refused(
                linux().range(20_000, 20_009)
                        .avoid(PortSet.parse("20000-20004"))
                        .avoid(PortSet.parse("20005-20009")),
                "ports 20000-20009 are all avoided");
        LocalPortsBuilder reserved = linux().range(20_000, 20_009).avoid(PortSet.parse("20000"));
        reserved.host = Host.with("20001-20100", "");
        refused(
                reserved,
                "ports 20001-20009 are all reserved (ip_local_reserved_ports); if they are for this program, say"
                        + " evenReserved()");
        assertThat(reserved.evenReserved().build()).hasToString("local ports chosen from 20001-20009");
    }

    @Test
    void ports_that_all_have_a_listener_are_no_mistake_but_exhausted_until_one_ends() throws Exception {
        LocalPortsBuilder builder = linux().range(20_000, 20_009);
        builder.host = Host.with("", "20000-20009");
        LocalPorts ports = builder.build();
        assertThatThrownBy(() -> ports.connect(Apart.at("127.0.0.1", 7001)))
                .isInstanceOf(PortsExhaustedException.class)
                .hasMessage("no local port left for /127.0.0.1:7001: 0 in use, 0 in TIME_WAIT," + " 10 passed over");
    }

    @Test
    void a_source_is_an_address_of_this_host() throws Exception {
        LocalPortsBuilder builder = linux().range(20_000, 20_009);
        refused(
                builder.sources(InetAddress.getByName("192.0.2.1")),
                "the source address 192.0.2.1 is not one of this host");
        refused(
                builder.sources(InetAddress.getByName("2001:db8::1")),
                "the source address 2001:db8:0:0:0:0:0:1 is not one of this host");
        refused(
                builder.sources(InetAddress.getByName("0.0.0.0")),
                "0.0.0.0 is no source address; without sources the system chooses");
        refused(
                builder.sources(Apart.address("::")),
                "0:0:0:0:0:0:0:0 is no source address; without sources the system chooses");
        refused(builder.sources(InetAddress.getByName("224.0.0.1")), "224.0.0.1 is a group, no source address");
    }

    @Test
    void source_addresses_want_ports() throws Exception {
        var loopback = Apart.address("127.0.0.1");
        String message = "source addresses without ports: give a range too, since an address bound with port 0 takes a"
                + " port for all destinations";
        refused(linux().sources(loopback).polite(), message);
        refused(linux().sources(loopback).selector((remote, retry) -> null), message);
        refused(windows().sources(loopback), message);
        assertThat(linux().sources(loopback).build()).asString().contains("outside the dynamic range");
    }

    @Test
    void attempts_are_from_one_to_the_number_of_candidates() throws Exception {
        LocalPortsBuilder builder = linux().range(20_000, 20_009);
        refused(builder.attempts(0), "attempts(0): want 1 to 10, as many as there are ports");
        refused(builder.attempts(-1), "attempts(-1): want 1 to 10, as many as there are ports");
        refused(builder.attempts(11), "attempts(11): want 1 to 10, as many as there are ports");
        assertThat(builder.attempts(10).build()).isNotNull();
        builder.sources(Apart.address("127.0.0.1"), Apart.address("127.0.0.2"));
        assertThat(builder.attempts(20).build()).isNotNull();
        refused(builder.attempts(21), "attempts(21): want 1 to 20, as many as there are ports");
        assertThat(linux().range(20_000, 20_009).build()).isNotNull(); // fewer than the default of 32
    }

    @Test
    void times_are_zero_to_a_day() {
        refused(linux().range(20_000, 20_009).timeWait(Duration.ofSeconds(-1)), "timeWait(PT-1S): want zero to a day");
        refused(linux().range(20_000, 20_009).timeWait(Duration.ofDays(2)), "timeWait(PT48H): want zero to a day");
        refused(linux().connectTimeout(Duration.ofNanos(-1)), "connectTimeout(PT-0.000000001S): want zero to a day");
        refused(linux().connectTimeout(Duration.ofDays(365_000)), "connectTimeout(PT8760000H): want zero to a day");
        refused(linux().destinations(0), "destinations(0): want at least 1");
    }

    @Test
    void there_is_one_way_to_choose() {
        String message = "want one of: a range or ports, outsideDynamicRange(), a selector, polite()";
        refused(linux().range(20_000, 20_009).polite(), message);
        refused(linux().range(20_000, 20_009).outsideDynamicRange(), message);
        refused(linux().selector((remote, retry) -> null).polite(), message);
        refused(windows().outsideDynamicRange().selector((remote, retry) -> null), message);
    }

    @Test
    void what_only_linux_does_is_refused_elsewhere() {
        refused(
                windows().range(20_000, 20_009).sharing(PortSharing.SHARED),
                "only Linux lets connections share a local port; drop sharing(SHARED)");
        String message =
                "only Linux takes over a port in TIME_WAIT, and only with sharing(SHARED); drop reuseTimeWait()";
        refused(windows().range(20_000, 20_009).reuseTimeWait(), message);
        refused(linux().range(20_000, 20_009).sharing(PortSharing.EXCLUSIVE).reuseTimeWait(), message);
        refused(
                linux().range(20_000, 20_009).reuseTimeWait().timeWait(Duration.ofSeconds(5)),
                "reuseTimeWait() holds nothing back: drop timeWait(PT5S)");
        assertThat(windows()
                        .range(20_000, 20_009)
                        .sharing(PortSharing.EXCLUSIVE)
                        .build())
                .hasToString("local ports chosen from 20000-20009");
    }

    @Test
    void what_would_have_no_effect_is_refused() {
        List<Setting> ofTables = List.of(
                new Setting("avoid(8080)", to -> to.avoid(PortSet.parse("8080"))),
                new Setting("evenReserved()", LocalPortsBuilder::evenReserved),
                new Setting("dynamicRange(2000-3000)", to -> to.dynamicRange(new PortRange(2000, 3000))),
                new Setting("order(RANDOM)", to -> to.order(PortOrder.RANDOM)),
                new Setting("destinations(5)", to -> to.destinations(5)),
                new Setting("timeWait(PT5S)", to -> to.timeWait(Duration.ofSeconds(5))));
        List<Setting> ofBinds = List.of(
                new Setting("attempts(-5)", to -> to.attempts(-5)),
                new Setting("sharing(EXCLUSIVE)", to -> to.sharing(PortSharing.EXCLUSIVE)));
        String bySystem = " has no effect where the system chooses: drop it, or give a range";
        for (Setting setting : ofTables) {
            refused(
                    setting.to.apply(linux().selector((remote, retry) -> null)),
                    setting.name + " has no effect where a selector chooses: drop it, or give a range");
            refused(setting.to.apply(linux().polite()), setting.name + bySystem);
            refused(setting.to.apply(windows()), setting.name + bySystem);
        }
        for (Setting setting : ofBinds) {
            refused(setting.to.apply(linux().polite()), setting.name + bySystem);
            refused(setting.to.apply(windows()), setting.name + bySystem);
        }
        refused(linux().polite().reuseTimeWait(), "reuseTimeWait()" + bySystem);
        refused(
                linux().range(20_000, 20_009).dynamicRange(new PortRange(2000, 3000)),
                "dynamicRange(2000-3000) has no effect on ports that are given: drop it");
        refused(
                linux().evenReserved(),
                "evenReserved() has no effect outside the dynamic range: drop it, or give a range");
    }

    private record Setting(String name, UnaryOperator<LocalPortsBuilder> to) {}

    @Test
    void the_default_wants_a_thousand_ports() {
        LocalPortsBuilder builder = linux();
        builder.host = new Host(Optional.of(new PortRange(10_500, 65_535)), Optional.empty(), PortSet.EMPTY);
        assertThatThrownBy(builder::build)
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .message()
                .matches("4\\d\\d ports from 10000 up are neither in the dynamic range \\(10500-65535\\) nor reserved,"
                        + " registered or listened on: give a range, inside the dynamic range if need be");
        builder.host = Host.with("10000-65535", "");
        refused(
                builder,
                "0 ports from 10000 up are neither in the dynamic range (32768-60999) nor reserved, registered or"
                        + " listened on: give a range, inside the dynamic range if need be");
        refused(
                windows().outsideDynamicRange().avoid(PortSet.parse("10000-49151")),
                "0 ports from 10000 up are neither in the dynamic range (49152-65535, assumed) nor reserved, registered"
                        + " or listened on: give a range, inside the dynamic range if need be");
        builder.host = HostPorts.UNKNOWN;
        refused(builder, "cannot read the dynamic range (ip_local_port_range): give a range");
        assertThat(builder.dynamicRange(new PortRange(32_768, 60_999)).build())
                .asString()
                .matches("local ports chosen from [\\d,]+ ports outside the dynamic range \\(32768-60999\\)");
    }

    @Test
    void on_windows_the_system_chooses_until_a_range_is_given() throws Exception {
        assertThat(windows().build()).hasToString("local ports chosen by the system");
        assertThat(windows().polite().build()).hasToString("local ports chosen by the system");
        assertThat(linux().polite().build()).hasToString("local ports chosen by the system, with SO_REUSEADDR");
        var remote = Apart.at("127.0.0.1", 7001);
        try (var attempt = windows().polite().build().attempt(remote)) {
            assertThat(attempt.next()).isNull();
            assertThat(attempt.reuseAddress()).isFalse();
        }
        try (var attempt = windows().range(20_000, 20_000).build().attempt(remote)) {
            assertThat(attempt.next()).isEqualTo(new InetSocketAddress(20_000));
            assertThat(attempt.reuseAddress()).isFalse();
        }
    }

    @Test
    void on_windows_a_port_carries_one_connection() throws Exception {
        LocalPorts ports = windows().range(20_000, 20_000).build();
        try (var one = ports.attempt(Apart.at("127.0.0.1", 7001));
                var other = ports.attempt(Apart.at("127.0.0.2", 7001))) {
            assertThat(one.next()).isNotNull();
            assertThatThrownBy(other::next).isInstanceOf(PortsExhaustedException.class);
        }
        try (var other = ports.attempt(Apart.at("127.0.0.2", 7001))) {
            assertThat(other.next()).isNotNull();
        }
    }

    @Test
    @SuppressWarnings("NullAway") // that is what it is about
    void null_is_refused_where_it_is_given() {
        LocalPortsBuilder builder = linux();
        assertThatNullPointerException().isThrownBy(() -> builder.ports(null)).withMessage("ports");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.dynamicRange(null))
                .withMessage("range");
        assertThatNullPointerException().isThrownBy(() -> builder.avoid(null)).withMessage("ports");
        assertThatNullPointerException().isThrownBy(() -> builder.order(null)).withMessage("order");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.connectTimeout(null))
                .withMessage("timeout");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.timeWait(null))
                .withMessage("time");
        assertThatNullPointerException().isThrownBy(() -> builder.sharing(null)).withMessage("sharing");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.selector(null))
                .withMessage("selector");
        assertThatNullPointerException().isThrownBy(() -> builder.metrics(null)).withMessage("metrics");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.sources((InetAddress) null))
                .withMessage("address");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.sources((Collection<InetAddress>) null))
                .withMessage("addresses");
        LocalPorts ports = linux().range(20_000, 20_009).build();
        assertThatNullPointerException()
                .isThrownBy(() -> ports.sslSocketFactory(null))
                .withMessage("tls");
    }

    @Test
    @SuppressWarnings("NullAway") // null is none
    void a_destination_is_a_resolved_address_and_a_port() {
        LocalPorts ports = linux().range(20_000, 20_009).build();
        var unresolved = InetSocketAddress.createUnresolved("no.such.host", 80);
        var nowhere = Apart.at("127.0.0.1", 0);
        var file = UnixDomainSocketAddress.of(Path.of("socket"));
        for (var connect : new ConnectCall[] {ports::connect, ports::connectChannel, ports::attempt}) {
            assertThatNullPointerException().isThrownBy(() -> connect.to(null)).withMessage("remote");
            assertThatThrownBy(() -> connect.to(unresolved))
                    .isExactlyInstanceOf(UnknownHostException.class)
                    .hasMessage("no.such.host");
            assertThatThrownBy(() -> connect.to(nowhere))
                    .isExactlyInstanceOf(ConnectException.class)
                    .hasMessage("nobody listens at /127.0.0.1:0: port 0 is none");
            assertThatThrownBy(() -> connect.to(file))
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessage("want an InetSocketAddress, not socket");
        }
        assertThat(ports.usage()).isEmpty();
    }

    private interface ConnectCall {
        AutoCloseable to(SocketAddress remote) throws Exception;
    }

    @Test
    @ResourceLock(Resources.LOCALE)
    void numbers_are_written_alike_in_all_countries() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            refused(
                    linux().range(20_000, 20_009).attempts(1234),
                    "attempts(1,234): want 1 to 10, as many as there are ports");
        } finally {
            Locale.setDefault(before);
        }
    }
}
