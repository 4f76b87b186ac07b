package dev.berth.linux.recording;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.linux.kernel.DescriptorSink;
import dev.berth.linux.kernel.DiagRefusedException;
import dev.berth.linux.kernel.DiagTable;
import dev.berth.linux.kernel.FilesInMemory;
import dev.berth.linux.kernel.Kernel;
import dev.berth.linux.kernel.KernelFiles;
import dev.berth.net.PortRange;
import dev.berth.platform.HostFacts;
import dev.berth.platform.HostReadException;
import dev.berth.platform.InodeSet;
import dev.berth.platform.NamespaceChoice;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.OwnerQuery;
import dev.berth.platform.SocketQuery;
import dev.berth.platform.capture.Capture;
import dev.berth.platform.capture.CaptureFiles;
import dev.berth.platform.capture.CaptureWriter;
import dev.berth.platform.capture.Manifest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedKernelTest {
    private static final NetworkNamespace OWN = new NetworkNamespace(10, null);
    private static final NetworkNamespace BLUE = new NetworkNamespace(20, "blue");
    private static final byte[] HERE = RecordedKernel.byteOrderHere().getBytes(US_ASCII);

    @TempDir
    private Path directory = Path.of("");

    /** What a test puts into a recording. */
    private interface Contents {
        void add(CaptureWriter writer) throws IOException;
    }

    private Capture capture(String system, Contents contents) throws Exception {
        Path file = directory.resolve("capture");
        try (var writer = CaptureWriter.create(file)) {
            contents.add(writer);
            var facts = new HostFacts(system, "6.18", "db1", Instant.EPOCH, true, true);
            writer.commit(new Manifest("0.1.0", facts, false, List.of(OWN, BLUE), List.of()));
        }
        return CaptureFiles.open(file);
    }

    private Capture capture(Contents contents) throws Exception {
        return capture("linux", writer -> {
            writer.add(Entries.BYTE_ORDER, HERE);
            contents.add(writer);
        });
    }

    private static Kernel own(Capture capture) throws HostReadException {
        return RecordedKernel.open(capture, new NamespaceChoice.Own()).getFirst();
    }

    @Test
    void files_play_back_as_they_were_missing_ones_and_denied_ones_too() throws Exception {
        var live = new FilesInMemory()
                .with("/proc/stat", "btime 1\n")
                .with("/etc/sysctl.d/a.conf", "a = 1\n")
                .withForbidden("/etc/sysctl.d/b.conf");
        Contents reading = writer -> {
            KernelFiles files = new RecordingFiles(new Recording(writer, new WithoutSecrets())).in(10, live);
            files.read("/proc/stat");
            files.read("/proc/stat");
            files.read("/none");
            files.list("/etc/sysctl.d");
            files.list("/run/sysctl.d");
            assertThatThrownBy(() -> files.read("/etc/sysctl.d/b.conf")).isInstanceOf(AccessDeniedException.class);
        };
        try (Capture capture = capture(reading)) {
            KernelFiles files = own(capture).files();
            assertThat(files.read("/proc/stat")).asString(UTF_8).isEqualTo("btime 1\n");
            assertThat(files.read("/none")).isNull();
            assertThat(files.list("/etc/sysctl.d")).containsExactly("a.conf", "b.conf");
            assertThat(files.list("/run/sysctl.d")).isEmpty();
            assertThatThrownBy(() -> files.read("/etc/sysctl.d/b.conf")).isInstanceOf(AccessDeniedException.class);
        }
    }

    @Test
    void each_namespace_has_its_own_settings_and_the_host_is_one() throws Exception {
        Contents reading = writer -> {
            var files = new RecordingFiles(new Recording(writer, new WithoutSecrets()));
            String range = "/proc/sys/net/ipv4/ip_local_port_range";
            files.in(10, new FilesInMemory().with(range, "1 2").with("/proc/stat", "x"))
                    .read(range);
            files.in(20, new FilesInMemory().with(range, "3 4")).read(range);
        };
        try (Capture capture = capture(reading)) {
            List<Kernel> all = RecordedKernel.open(capture, new NamespaceChoice.All());
            assertThat(all).extracting(Kernel::namespace).containsExactly(OWN, BLUE);
            assertThat(all.get(1).files().read("/proc/sys/net/ipv4/ip_local_port_range"))
                    .asString(UTF_8)
                    .isEqualTo("3 4");
        }
    }

    @Test
    void a_namespace_is_chosen_by_name_or_by_number() throws Exception {
        try (Capture capture = capture(writer -> {})) {
            for (String name : List.of("blue", "20", "net:[20]")) {
                assertThat(RecordedKernel.open(capture, NamespaceChoice.parse(name)))
                        .as(name)
                        .extracting(Kernel::namespace)
                        .containsExactly(BLUE);
            }
            assertThatThrownBy(() -> RecordedKernel.open(capture, new NamespaceChoice.Named("red")))
                    .isInstanceOfSatisfying(
                            HostReadException.class,
                            refused -> assertThat(refused.why()).isEqualTo("it has 10, blue"));
        }
    }

    @Test
    void another_system_and_another_order_of_bytes_are_refused() throws Exception {
        try (Capture capture = capture("windows", writer -> writer.add(Entries.BYTE_ORDER, HERE))) {
            assertThatThrownBy(() -> own(capture)).isInstanceOf(HostReadException.class);
        }
        try (Capture capture =
                capture("linux", writer -> writer.add(Entries.BYTE_ORDER, "middle".getBytes(US_ASCII)))) {
            assertThatThrownBy(() -> own(capture))
                    .isInstanceOfSatisfying(
                            HostReadException.class,
                            refused -> assertThat(refused.why()).startsWith("its order of bytes is middle"));
        }
        try (Capture capture = capture("linux", writer -> {})) {
            assertThatThrownBy(() -> own(capture)).isInstanceOf(HostReadException.class);
        }
    }

    @Test
    void a_table_that_was_refused_is_refused_again_for_the_same_reason() throws Exception {
        SocketQuery query = SocketQuery.everything();
        Contents refusal = writer -> writer.add("refused/netns/10/sock_diag/tcp", "EPERM".getBytes(UTF_8));
        try (Capture capture = capture(refusal)) {
            assertThatThrownBy(() -> own(capture).diag(DiagTable.TCP, query, PortRange.ALL))
                    .isInstanceOf(DiagRefusedException.class)
                    .hasMessage("EPERM");
            assertThatThrownBy(() -> own(capture).diag(DiagTable.UDP_V4, query, PortRange.ALL))
                    .isInstanceOf(DiagRefusedException.class)
                    .hasMessage("the recording has none of it");
        }
    }

    @Test
    void every_slice_gets_the_whole_table_for_the_decoder_to_take_from() throws Exception {
        Contents table = writer -> writer.add("netns/10/sock_diag/tcp", new byte[] {0, 0, 0, 1, 7});
        ByteBuffer into = ByteBuffer.allocateDirect(1 << 16).order(ByteOrder.nativeOrder());
        SocketQuery query = SocketQuery.everything();
        for (var slice : List.of(PortRange.ALL, new PortRange(1, 40_000), new PortRange(40_001, 65_535))) {
            try (Capture capture = capture(table);
                    var datagrams = own(capture).diag(DiagTable.TCP, query, slice)) {
                assertThat(datagrams.receive(into)).isTrue();
                assertThat(into.get(0)).isEqualTo((byte) 7);
                assertThat(datagrams.receive(into)).isFalse();
            }
        }
    }

    @Test
    void a_recording_without_times_gives_the_sockets_without_them() throws Exception {
        Contents older = writer -> writer.add("netns/10/sock_diag/tcp", new byte[] {0, 0, 0, 1, 7});
        Contents newer = writer -> {
            older.add(writer);
            writer.add("netns/10/sock_diag/tcp-times", new byte[] {0, 0, 0, 1, 8});
        };
        assertThat(firstByteWithTimes(older)).isEqualTo((byte) 7);
        assertThat(firstByteWithTimes(newer)).isEqualTo((byte) 8);
    }

    private byte firstByteWithTimes(Contents contents) throws Exception {
        ByteBuffer into = ByteBuffer.allocateDirect(1 << 16).order(ByteOrder.nativeOrder());
        SocketQuery timed = SocketQuery.everything().withTimes();
        try (Capture capture = capture(contents);
                var datagrams = own(capture).diag(DiagTable.TCP, timed, PortRange.ALL)) {
            assertThat(datagrams.receive(into)).isTrue();
            return into.get(0);
        }
    }

    @Test
    void the_walk_tells_what_was_asked_and_everybody_hidden() throws Exception {
        var inodes = new InodeSet();
        inodes.add(77);
        Contents walk = writer -> writer.add(Entries.DESCRIPTORS, "1 hidden\n5 77\n6 78\n".getBytes(US_ASCII));
        try (Capture capture = capture(walk)) {
            assertThat(told(capture, OwnerQuery.firstFamily(inodes))).containsExactly("hidden 1", "5 holds 77");
            assertThat(told(capture, OwnerQuery.everything())).containsExactly("hidden 1", "5 holds 77", "6 holds 78");
        }
    }

    @Test
    void a_walk_that_was_not_recorded_found_nobody_and_says_that_it_stopped() throws Exception {
        try (Capture capture = capture(writer -> {})) {
            assertThat(told(capture, OwnerQuery.everything())).containsExactly("stopped");
        }
    }

    @Test
    void a_damaged_walk_is_refused() throws Exception {
        for (String line : List.of("x", "5", "5 x", " ", "5 ", "99999999999 1")) {
            try (Capture capture =
                    capture(writer -> writer.add(Entries.DESCRIPTORS, (line + "\n").getBytes(US_ASCII)))) {
                assertThatThrownBy(() -> told(capture, OwnerQuery.everything()))
                        .as(line)
                        .isInstanceOf(HostReadException.class);
            }
        }
    }

    private static List<String> told(Capture capture, OwnerQuery query) throws HostReadException {
        var told = new ArrayList<String>();
        own(capture).descriptors(query, new DescriptorSink() {
            @Override
            public void holds(int pid, long inode) {
                told.add(pid + " holds " + inode);
            }

            @Override
            public void hidden(int pid) {
                told.add("hidden " + pid);
            }

            @Override
            public void stoppedEarly() {
                told.add("stopped");
            }
        });
        return told;
    }
}
