package dev.berth.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.linux.kernel.Kernel;
import dev.berth.linux.recording.RecordedKernel;
import dev.berth.linux.recording.Recorder;
import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.net.Protocol;
import dev.berth.platform.ActOutcome;
import dev.berth.platform.BindOutcome;
import dev.berth.platform.BindRequest;
import dev.berth.platform.HostControl.EndSignal;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.NamespaceChoice;
import dev.berth.platform.ProcessRef;
import dev.berth.platform.SocketFlags;
import dev.berth.platform.SocketId;
import dev.berth.platform.capture.Capture;
import dev.berth.platform.capture.CaptureFiles;
import dev.berth.platform.capture.CaptureRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recording owes what the running kernel owes, but for probes. Each look is at a recording made that moment. */
class RecordedContractTest extends LinuxContract {
    @TempDir
    private Path directory = Path.of("");

    private final List<Capture> captures = new ArrayList<>();
    private @Nullable Kernel live;

    @Override
    Kernel over(Kernel kernel) {
        live = kernel;
        return kernel;
    }

    @Override
    protected HostNetwork host() {
        Path file = directory.resolve("look-" + captures.size());
        try {
            Recorder.record(
                    file,
                    new CaptureRequest(new NamespaceChoice.Own(), false),
                    List.of(Objects.requireNonNull(live)),
                    List.of(),
                    kernel -> new LinuxHost(kernel, List.of()));
            Capture capture = CaptureFiles.open(file);
            captures.add(capture);
            return new LinuxHost(
                    RecordedKernel.open(capture, new NamespaceChoice.Own()).getFirst(), List.of());
        } catch (HostReadException e) {
            throw new AssertionError(e.getMessage() + ": " + e.why(), e);
        }
    }

    @AfterEach
    void close_captures() {
        captures.forEach(Capture::close);
        captures.clear();
    }

    @Override
    @Test
    protected void a_probe_is_refused_where_a_listener_is_and_leaves_nothing_behind() {
        assertNotTried("0.0.0.0");
    }

    @Override
    @Test
    protected void an_address_of_nobody_cannot_be_probed() {
        assertNotTried("192.0.2.1");
    }

    @Test
    void nothing_is_done_to_a_recording_and_what_it_cannot_tell_is_unknown() {
        var refusal = new ActOutcome.NotOnThisSystem("a recording cannot be acted on");
        var self = new ProcessRef((int) ProcessHandle.current().pid(), Instant.EPOCH);
        var socket =
                new SocketId(Protocol.TCP, Endpoint.parse("127.0.0.1:1433"), Endpoint.parse("127.0.0.1:443"), 0, 7);
        HostNetwork recorded = host();

        assertThat(recorded.control().destroy(socket)).isEqualTo(refusal);
        assertThat(recorded.control().signal(self, EndSignal.SIGKILL)).isEqualTo(refusal);
        assertThat(recorded.control().stopUnit("nginx.service", Duration.ZERO)).isEqualTo(refusal);
        assertThat(recorded.control().awaitEnd(self, Duration.ZERO)).isFalse();
        assertThat(recorded.flags(self.pid(), 42, 7)).isEqualTo(new SocketFlags.Unknown("a recording does not tell"));
        assertThat(recorded.sourceTowards(IpAddress.parse("127.0.0.1"))).isEmpty();
    }

    private void assertNotTried(String address) {
        assertThat(host().probe(new BindRequest(Protocol.TCP, IpAddress.parse(address), 4711, true)))
                .isEqualTo(new BindOutcome.NotTried("a recording cannot be bound to"));
    }
}
