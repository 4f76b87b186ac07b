package dev.berth.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.net.PortRange;
import dev.berth.net.Protocol;
import dev.berth.platform.ActOutcome;
import dev.berth.platform.HostControl.EndSignal;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostTuning;
import dev.berth.platform.HostTuning.Place;
import dev.berth.platform.HostTuning.Reading;
import dev.berth.platform.NamespaceChoice;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.ProcessRef;
import dev.berth.platform.SocketCursor;
import dev.berth.platform.SocketDump;
import dev.berth.platform.SocketId;
import dev.berth.platform.SocketQuery;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** On a Windows JVM; elsewhere {@link UnderWineTest} runs it. */
@EnabledOnOs(OS.WINDOWS)
class LiveChangesTest {
    private static final String MOST = "registry.MaxUserPort";

    private final HostNetwork host;
    private final HostTuning tuning;

    LiveChangesTest() throws Exception {
        host = new WindowsProvider().open(new NamespaceChoice.Own()).getFirst();
        tuning = host.tuning();
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void a_value_of_the_registry_is_set_and_taken_out_again() {
        assumeTrue(host.facts().privileged(), "the registry is an administrator's to change");
        Reading before = tuning.read(MOST, Place.PERSISTENT);
        assertThat(before).isNotInstanceOf(Reading.Unknown.class);
        try {
            assertThat(tuning.write(MOST, Place.PERSISTENT, "65534")).isEqualTo(new ActOutcome.Done());
            assertThat(tuning.read(MOST, Place.PERSISTENT)).isEqualTo(new Reading.Value("65534"));
        } finally {
            String text = before instanceof Reading.Value(String was) ? was : null;
            assertThat(tuning.write(MOST, Place.PERSISTENT, text)).isEqualTo(new ActOutcome.Done());
            assertThat(tuning.read(MOST, Place.PERSISTENT)).isEqualTo(before);
        }
    }

    @Test
    void the_start_has_one_name() {
        assertThat(tuning.startId()).isEqualTo(tuning.startId()).isNotEmpty();
    }

    @Test
    void the_line_of_berth_begins_with_itself_and_is_whole() {
        assertThat(host.control().ancestry().line().getFirst().pid())
                .isEqualTo((int) ProcessHandle.current().pid());
        assertThat(host.control().ancestry().whole()).isTrue();
    }

    @Test
    void a_process_cannot_be_asked_and_is_ended() throws Exception {
        Process child = new ProcessBuilder("cmd", "/c", "pause").start();
        ProcessInfo info = host.process((int) child.pid()).orElseThrow();
        var ref = new ProcessRef(info.pid(), Objects.requireNonNull(info.startedAt()));

        assertThat(host.control()
                        .signal(new ProcessRef(ref.pid(), ref.startedAt().minusNanos(100)), EndSignal.SIGKILL))
                .isInstanceOf(ActOutcome.Gone.class);
        assertThat(host.control().signal(ref, EndSignal.SIGTERM)).isInstanceOf(ActOutcome.NotOnThisSystem.class);
        assertThat(child.isAlive()).isTrue();
        assertThat(host.control().signal(ref, EndSignal.SIGKILL)).isEqualTo(new ActOutcome.Done());
        assertThat(host.control().awaitEnd(ref, Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void a_connection_is_gone_when_that_is_said() throws Exception {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        try (var server = new ServerSocket(0, 1, loopback);
                var client = new Socket(loopback, server.getLocalPort());
                var _ = server.accept()) {
            SocketId socket = Objects.requireNonNull(find(client.getLocalPort()));
            ActOutcome outcome = host.control().destroy(socket);
            boolean gone = find(client.getLocalPort()) == null;
            assertThat(outcome instanceof ActOutcome.Done)
                    .as(outcome.toString())
                    .isEqualTo(gone);
        }
    }

    private @Nullable SocketId find(int port) throws Exception {
        try (SocketDump dump = host.sockets(SocketQuery.all(Protocol.TCP).with(PortRange.of(port)), 1)) {
            for (SocketCursor part : dump.parts()) {
                while (part.next()) {
                    if (part.remotePort() != 0) {
                        return SocketId.of(part);
                    }
                }
            }
            return null;
        }
    }

    @Test
    void what_netsh_does_not_tell_is_not_known_and_not_changed() {
        String excluded = "tcp.ipv4.excludedportrange";
        if (tuning.read(excluded, Place.PERSISTENT) instanceof Reading.Unknown(String why)) {
            assertThat(why).contains("netsh");
            assertThat(tuning.write(excluded, Place.PERSISTENT, "1433")).isInstanceOf(ActOutcome.Failed.class);
        }
    }
}
