package dev.berth.cli.live;

import static dev.berth.cli.live.Stage.LOOPBACK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What {@code berth doctor} says of settings and counters, beside what the kernel does under them. */
class SettingsOnRealKernelTest {
    private final Stage stage = new Stage();

    SettingsOnRealKernelTest() throws Exception {}

    @AfterEach
    void leave() throws Exception {
        stage.close();
    }

    private static JsonNode only(Answer doctor, String id) {
        assertThat(doctor.findings(id)).as(doctor.document().toString()).hasSize(1);
        return doctor.findings(id).getFirst();
    }

    private static String severity(Answer doctor, String id) {
        return only(doctor, id).at("/severity").asString();
    }

    @Test
    void above_the_limit_connections_skip_time_wait_until_it_is_raised() throws Exception {
        stage.set("ipv4/tcp_max_tw_buckets", "4");
        ServerSocketChannel listener = stage.listener(LOOPBACK, 9000);
        for (int i = 0; i < 10; i++) {
            stage.connect(listener).closeByClient();
        }

        Answer full = stage.ask("doctor");

        assertThat(full.code()).isEqualTo(1);
        JsonNode finding = only(full, "time-wait-overflow");
        assertThat(finding.at("/title").asString())
                .isEqualTo("TIME_WAIT entries are 100 % of what tcp_max_tw_buckets allows");
        assertThat(finding.at("/evidence/1").asString()).startsWith("TCPTimeWaitOverflow is 6,");
        assertThat(full.at("/counts/TIME_WAIT").asInt()).isEqualTo(4);

        stage.set("ipv4/tcp_max_tw_buckets", "131072");
        stage.connect(listener).closeByClient();
        Answer raised = stage.ask("doctor");
        assertThat(raised.code()).isZero();
        assertThat(severity(raised, "time-wait-overflow")).isEqualTo("info");
        assertThat(only(raised, "time-wait-overflow").at("/fixes").valueStream())
                .as("nothing is to be raised again for what is over")
                .extracting(fix -> fix.at("/id").asString())
                .containsExactly("look-twice");
        assertThat(raised.at("/counts/TIME_WAIT").asInt()).isEqualTo(5);
    }

    @Test
    void a_range_that_is_reserved_whole_leaves_clients_without_a_port() throws Exception {
        stage.dynamicRange(40_000, 40_099);
        stage.set("ipv4/ip_local_reserved_ports", "40000-40099");
        ServerSocketChannel listener = stage.listener(LOOPBACK, 9000);

        assertThatThrownBy(() -> stage.connect(listener)).isInstanceOf(BindException.class);
        assertThat(severity(stage.ask("doctor"), "range-too-small")).isEqualTo("critical");

        stage.set("ipv4/ip_local_reserved_ports", "40001-40099");
        stage.connect(listener);
        assertThat(severity(stage.ask("doctor"), "range-too-small")).isEqualTo("warning");
        stage.dynamicRange(10_240, 65_535);
        assertThat(stage.ask("doctor").findings("range-too-small")).isEmpty();
    }

    @Test
    void a_range_below_the_unprivileged_ports_is_refused_and_one_below_1024_hands_out_system_ports() throws Exception {
        assertThatThrownBy(() -> stage.dynamicRange(1_000, 1_001))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Invalid argument");
        stage.set("ipv4/ip_unprivileged_port_start", "1000");
        stage.dynamicRange(1_000, 1_001);

        var client = stage.connect(stage.listener(LOOPBACK, 9000)).client();

        assertThat(((InetSocketAddress) client.getLocalAddress()).getPort()).isBetween(1_000, 1_001);
        Answer doctor = stage.ask("doctor");
        assertThat(only(doctor, "range-below-unprivileged").at("/evidence/0").asString())
                .startsWith("ip_unprivileged_port_start is 1000;");
        stage.set("ipv4/ip_local_reserved_ports", "1000-1023");
        assertThat(stage.ask("doctor").findings("range-below-unprivileged")).isEmpty();
    }

    @Test
    void a_host_with_a_kubelet_must_keep_its_node_ports_out_of_the_range() throws Exception {
        stage.dynamicRange(16_384, 65_535);
        assertThat(stage.ask("doctor").findings("nodeport-overlap")).isEmpty();
        stage.start("ready", Program.python("""
                open('/proc/self/comm', 'w').write('kubelet')
                s = socket.create_server(('127.0.0.1', 10250))
                """));

        assertThat(only(stage.ask("doctor"), "nodeport-overlap")
                        .at("/evidence/0")
                        .asString())
                .startsWith("kubelet (pid ");
        Answer unseen = stage.ask("doctor --no-owners");
        assertThat(unseen.findings("nodeport-overlap")).isEmpty();
        assertThat(unseen.texts("/gaps", "/what"))
                .contains("whether the dynamic range overlaps the NodePorts of a Kubernetes node");
        stage.set("ipv4/ip_local_reserved_ports", "30000-32767");
        assertThat(stage.ask("doctor").findings("nodeport-overlap")).isEmpty();
    }

    @Test
    void of_connection_tracking_a_child_namespace_sets_the_timeouts_and_not_the_limit() throws Exception {
        String tracking = "netfilter/nf_conntrack_";
        Assumptions.assumeTrue(
                Files.exists(Path.of("/proc/sys/net/" + tracking + "max")), "needs connection tracking in the kernel");

        stage.set(tracking + "tcp_timeout_time_wait", "60");
        assertThatThrownBy(() -> stage.set(tracking + "max", "20000")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> stage.set(tracking + "buckets", "20000")).isInstanceOf(IOException.class);
    }

    @Test
    void timestamps_that_are_off_are_told_until_they_are_on_again(@TempDir Path state) throws Exception {
        stage.set("ipv4/tcp_timestamps", "0");
        JsonNode off = only(stage.ask("doctor"), "legacy-setting");
        assertThat(off.at("/title").asString()).startsWith("net.ipv4.tcp_timestamps=0 ");
        String command = off.at("/fixes/0/command").asString();
        assertThat(command)
                .as("the namespace has no name, and the process that was asked for lives in it")
                .isEqualTo("berth fix restore-default --netns " + stage.resident());

        Stage.type(command, state);

        assertThat(stage.ask("doctor").findings("legacy-setting")).isEmpty();
    }
}
