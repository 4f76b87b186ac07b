package dev.berth.remedy.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.berth.diagnosis.Aim;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.platform.FakeHostNetwork;
import dev.berth.platform.Gap;
import dev.berth.platform.Owner;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.ProcessInfo;
import dev.berth.remedy.policy.Item.Aspect;
import dev.berth.remedy.policy.Item.State;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DriftTest {
    private static final String SQL = "services: [{name: SQL Server, port: 1433}]";

    private static Drift drift(String policy, FakeHostNetwork host) throws Exception {
        return Drift.of(PolicyReader.read(policy, "berth.yaml"), host, true);
    }

    private static FakeHostNetwork reserving(FakeHostNetwork host, String now, @Nullable String atStart) {
        var later = new PortPolicy.Persistent(null, null, atStart == null ? null : PortSet.parse(atStart), null);
        return host.policy(
                new PortPolicy(new PortRange(32768, 60999), PortSet.parse(now), List.of(), List.of(), 1024, later));
    }

    private static Item item(Drift drift, Aspect aspect) {
        return drift.items().stream()
                .filter(item -> item.aspect() == aspect)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_port_that_nobody_reserved_is_drift_now_and_at_the_next_start() throws Exception {
        Drift drift = drift(SQL, FakeHostNetwork.with());
        assertThat(drift.items())
                .extracting(Item::aspect, Item::state)
                .containsExactly(
                        tuple(Aspect.RESERVED_NOW, State.DRIFT),
                        tuple(Aspect.RESERVED_AT_START, State.DRIFT),
                        tuple(Aspect.BINDABLE, State.OK));
        assertThat(drift.aims()).containsExactly(new Aim.Reserve(PortSet.parse("1433")));
        assertThat(drift.inOrder()).isFalse();
    }

    @Test
    void a_host_that_is_as_wanted_has_no_aims() throws Exception {
        Drift drift = drift(SQL, reserving(FakeHostNetwork.with(), "1433", "1433"));
        assertThat(drift.inOrder()).isTrue();
        assertThat(drift.aims()).isEmpty();
    }

    @Test
    void what_the_next_start_makes_of_it_does_not_matter_where_files_are_not_ours() throws Exception {
        var host = reserving(FakeHostNetwork.with(), "1433", null);
        assertThat(drift(SQL, host).inOrder()).isFalse();
        assertThat(Drift.of(PolicyReader.read(SQL, ""), host, false).inOrder()).isTrue();
    }

    @Test
    void a_part_that_is_reserved_is_told_from_the_rest() throws Exception {
        Item item = item(
                drift("services: [{name: web, ports: 80-90}]", reserving(FakeHostNetwork.with(), "1,82-85", null)),
                Aspect.RESERVED_NOW);
        assertThat(item.from()).isEqualTo("82-85");
        assertThat(item.to()).isEqualTo("80-90");
        assertThat(item.text()).isEqualTo("80-81,86-90 are not reserved");
    }

    @Test
    void only_a_port_in_the_dynamic_range_is_said_to_go_to_clients() throws Exception {
        assertThat(item(drift(SQL, FakeHostNetwork.with()), Aspect.RESERVED_NOW).text())
                .isEqualTo("1433 is not reserved");
        Drift inside = drift("services: [{name: web, port: 40000}]", FakeHostNetwork.with());
        assertThat(item(inside, Aspect.RESERVED_NOW).text())
                .isEqualTo("40000 is not reserved, so clients may be given it");
        assertThat(item(inside, Aspect.RESERVED_AT_START).text())
                .isEqualTo("40000 is not reserved from the next start on, so clients may be given it");
        Drift both = drift("services: [{name: web, ports: '80,40000'}]", FakeHostNetwork.with());
        assertThat(item(both, Aspect.RESERVED_NOW).text())
                .isEqualTo("80,40000 are not reserved, so clients may be given 40000");
    }

    @Test
    void a_listener_is_the_service_and_nobody_looks_for_its_process() throws Exception {
        var host = FakeHostNetwork.with("0.0.0.0:1433 LISTEN").hiding(Owner.Reason.NOT_PERMITTED, new Gap("x", "y"));
        Drift drift = drift(SQL, host);
        assertThat(item(drift, Aspect.BINDABLE).text()).isEqualTo("tcp 1433: held by the service");
        assertThat(drift.gaps()).isEmpty();
        assertThat(host.looks()).isEqualTo(1);
    }

    @Test
    void a_client_on_the_port_is_pending_with_how_to_free_it() throws Exception {
        Drift drift = drift(SQL, FakeHostNetwork.with("10.0.0.1:1433 -> 10.0.0.9:5432 ESTABLISHED shop(77)"));
        Item item = item(drift, Aspect.BINDABLE);
        assertThat(item.state()).isEqualTo(State.PENDING);
        assertThat(item.text()).isEqualTo("tcp 1433: 1433 is held by shop (pid 77), a connection to 10.0.0.9:5432");
        assertThat(item.next()).isEqualTo("berth free 1433");
        assertThat(drift.aims()).hasSize(1);
    }

    @Test
    void a_closed_connection_tells_how_long_it_holds_the_port() throws Exception {
        Drift drift = drift(SQL, FakeHostNetwork.with("10.0.0.1:1433 -> 10.0.0.9:5432 TIME_WAIT expires=41500"));
        assertThat(item(drift, Aspect.BINDABLE).state())
                .as("free with SO_REUSEADDR, as servers set it")
                .isEqualTo(State.OK);
        Drift bound = drift(SQL, FakeHostNetwork.with("10.0.0.1:1433 BOUND sh(3)"));
        assertThat(item(bound, Aspect.BINDABLE).text()).contains("sh (pid 3), bound and neither listening");
    }

    @Test
    void a_client_at_another_address_is_not_in_the_way() throws Exception {
        Drift drift = drift(
                "services: [{name: db, port: 5432, address: 127.0.0.1}]",
                FakeHostNetwork.with("10.0.0.1:5432 -> 10.0.0.9:80 ESTABLISHED curl(7)"));
        assertThat(item(drift, Aspect.BINDABLE).state()).isEqualTo(State.OK);
    }

    @Test
    void another_listener_than_the_one_that_is_named_is_pending() throws Exception {
        String unit = "services: [{name: web, port: 80, unit: nginx}]";
        var host = FakeHostNetwork.with("0.0.0.0:80 LISTEN nginx(5)");
        host.process(new ProcessInfo(5, "nginx", null, null, null, "nginx.service", null));
        assertThat(item(drift(unit, host), Aspect.BINDABLE).state()).isEqualTo(State.OK);
        host.process(new ProcessInfo(5, "nginx", null, null, null, "apache2.service", null));
        Item item = item(drift(unit, host), Aspect.BINDABLE);
        assertThat(item.state()).isEqualTo(State.PENDING);
        assertThat(item.text()).contains("nginx (pid 5), which listens there and is not the service");
        String process = "services: [{name: web, port: 80, process: nginx}]";
        assertThat(item(drift(process, host), Aspect.BINDABLE).state()).isEqualTo(State.OK);
    }

    @Test
    void a_listener_whose_process_is_hidden_passes_and_is_a_gap() throws Exception {
        var host = FakeHostNetwork.with("0.0.0.0:80 LISTEN")
                .hiding(Owner.Reason.NOT_PERMITTED, new Gap("owners", "no privilege"));
        Drift drift = drift("services: [{name: web, port: 80, unit: nginx}]", host);
        assertThat(item(drift, Aspect.BINDABLE).state()).isEqualTo(State.OK);
        assertThat(drift.gaps()).extracting(Gap::what).contains("who listens on tcp port 80");
    }

    @Test
    void the_range_and_the_reuse_of_time_wait_are_values() throws Exception {
        var host = FakeHostNetwork.with().setting("net.ipv4.tcp_tw_reuse", "2");
        Drift drift = drift("{dynamicRange: {linux: 10240-65535}, timeWaitReuse: on}", host);
        assertThat(drift.aims())
                .containsExactly(
                        new Aim.Draw(new PortRange(10240, 65535)), new Aim.Assign("net.ipv4.tcp_tw_reuse", "1"));
        assertThat(item(drift, Aspect.RANGE_NOW).from()).isEqualTo("32768-60999");
        assertThat(item(drift, Aspect.RANGE_AT_START).text()).contains("the kernel's own");
        assertThat(drift("timeWaitReuse: loopback", host).aims()).hasSize(1);
        assertThat(Drift.of(PolicyReader.read("timeWaitReuse: loopback", ""), host, false)
                        .aims())
                .isEmpty();
    }

    @Test
    void destinations_are_held_against_the_range_as_it_is_to_be() throws Exception {
        String to = "destinations: [{to: '10.0.0.9:443', peakConnectionsPerSecond: %s}]";
        Item fits = item(drift(to.formatted("400"), FakeHostNetwork.with()), Aspect.CAPACITY);
        assertThat(fits.state()).isEqualTo(State.OK);
        assertThat(fits.text()).startsWith("400 connections a second take 24,800 ports of 28,232");
        Item not = item(drift(to.formatted("500"), FakeHostNetwork.with()), Aspect.CAPACITY);
        assertThat(not.state()).isEqualTo(State.CANNOT);
        assertThat(not.text()).contains("take 31,000 ports of 28,232, which carry 455.35");
        assertThat(not.next()).isEqualTo("berth capacity --rate 500 --range 32768-60999");
        Drift wider =
                drift("{dynamicRange: {linux: 10240-65535}, " + to.formatted("500") + "}", FakeHostNetwork.with());
        assertThat(item(wider, Aspect.CAPACITY).state()).isEqualTo(State.OK);
    }

    @Test
    void reuse_that_the_policy_asks_for_counts_for_destinations() throws Exception {
        var host = FakeHostNetwork.with().setting("net.ipv4.tcp_tw_reuse", "0").setting("net.ipv4.tcp_timestamps", "1");
        String policy = "{timeWaitReuse: on, destinations: [{to: '10.0.0.9:443', peakConnectionsPerSecond: 5000}]}";
        assertThat(item(drift(policy, host), Aspect.CAPACITY).text())
                .startsWith("5,000 connections a second take 5,000");
    }
}
