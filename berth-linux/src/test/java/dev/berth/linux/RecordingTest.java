package dev.berth.linux;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.net.PortRange;
import dev.berth.net.Protocol;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.NamespaceChoice;
import dev.berth.platform.Owner;
import dev.berth.platform.OwnerQuery;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.SocketQuery;
import dev.berth.platform.capture.Capture;
import dev.berth.platform.capture.CaptureFiles;
import dev.berth.platform.capture.CaptureRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A real namespace with a real server in it, recorded by the provider and opened again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordingTest {
    private static final String SERVER = """
            import socket, sys
            server = socket.create_server(("127.0.0.1", 1433))
            print("ready", flush=True)
            sys.stdin.read()
            """;

    private final LinuxProvider provider = new LinuxProvider();
    private @Nullable PrivateNamespace namespace;
    private @Nullable Process server;

    @TempDir
    private Path directory = Path.of("");

    @BeforeAll
    void stage() throws Exception {
        var own = PrivateNamespace.open();
        namespace = own;
        try {
            Process started = new ProcessBuilder(
                            "nsenter",
                            "--net=/proc/" + own.pid() + "/ns/net",
                            "python3",
                            "-c",
                            SERVER,
                            "--password=hunter2")
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            server = started;
            Assumptions.assumeTrue(
                    "ready".equals(started.inputReader(UTF_8).readLine()), "the server could not be started");
        } catch (IOException e) {
            Assumptions.abort("needs nsenter and python3: " + e.getMessage());
        }
    }

    @AfterAll
    void clear() throws Exception {
        if (server != null) {
            server.outputWriter().close();
            server.onExit().orTimeout(20, TimeUnit.SECONDS).join();
        }
        if (namespace != null) {
            namespace.close();
        }
    }

    private Path recorded(boolean scrub) throws HostReadException {
        Path file = directory.resolve("host.capture");
        provider.record(file, new CaptureRequest(there(), scrub));
        return file;
    }

    private NamespaceChoice there() {
        return new NamespaceChoice.OfProcess(Objects.requireNonNull(namespace).pid());
    }

    private int pid() {
        return (int) Objects.requireNonNull(server).pid();
    }

    @Test
    void configured_services_are_recorded_and_their_files_are_not() throws Exception {
        Path file = directory.resolve("own.capture");
        provider.record(file, new CaptureRequest(new NamespaceChoice.Own(), false));
        try (Capture capture = CaptureFiles.open(file);
                HostNetwork live = provider.open(new NamespaceChoice.Own()).getFirst()) {
            HostNetwork played =
                    provider.open(capture, new NamespaceChoice.Own()).getFirst();

            assertThat(played.configuredServices()).isEqualTo(live.configuredServices());
            assertThat(capture.names("etc/")).allMatch(name -> name.equals("etc/passwd") || name.contains("sysctl"));
        }
    }

    @Test
    void another_namespace_has_no_configured_services() throws Exception {
        try (Capture capture = CaptureFiles.open(recorded(true))) {
            HostNetwork played =
                    provider.open(capture, new NamespaceChoice.Own()).getFirst();

            assertThat(played.configuredServices().services()).isEmpty();
            assertThat(played.configuredServices().gaps()).hasSize(1);
        }
    }

    @Test
    void a_recorded_listener_has_its_process() throws Exception {
        try (Capture capture = CaptureFiles.open(recorded(false))) {
            HostNetwork host = provider.open(capture, new NamespaceChoice.Own()).getFirst();
            var row = host.snapshot(SocketQuery.all(Protocol.TCP).with(PortRange.of(1433)))
                    .sockets()
                    .cursor();
            assertThat(row.next()).isTrue();
            Owner owner = host.owners(OwnerQuery.everything()).of(row.inode());
            assertThat(owner).isEqualTo(new Owner.Held(List.of(pid())));
            assertThat(host.process(pid())).get().satisfies(process -> {
                assertThat(process.command()).endsWith("--password=***").contains("create_server");
                assertThat(process.user()).isEqualTo("root");
            });
        }
    }

    @Test
    void what_the_recording_says_is_what_the_machine_says() throws Exception {
        try (Capture capture = CaptureFiles.open(recorded(false));
                HostNetwork live = provider.open(there()).getFirst()) {
            HostNetwork played =
                    provider.open(capture, new NamespaceChoice.Own()).getFirst();
            assertThat(played.settings().tunables()).isEqualTo(live.settings().tunables());
            assertThat(played.settings().gaps()).isEqualTo(live.settings().gaps());
            assertThat(played.process(pid()))
                    .map(ProcessInfo::startedAt)
                    .isEqualTo(live.process(pid()).map(ProcessInfo::startedAt));
            assertThat(played.openFilesLimit(pid())).isPresent().isEqualTo(live.openFilesLimit(pid()));
            assertThat(played.namespace()).isEqualTo(live.namespace());
            assertThat(played.facts().release()).isEqualTo(live.facts().release());
            assertThat(played.facts().hostName()).isEqualTo(live.facts().hostName());
            assertThat(played.facts().privileged()).isEqualTo(live.facts().privileged());
            assertThat(played.facts().recorded()).isTrue();
        }
    }

    @Test
    void no_secret_is_in_a_recording_and_nobody_else_may_read_it() throws Exception {
        Path file = recorded(false);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (Capture capture = CaptureFiles.open(file)) {
            for (String name : capture.names("")) {
                assertThat(new String(Objects.requireNonNull(capture.bytes(name)), ISO_8859_1))
                        .as(name)
                        .doesNotContain("hunter2");
            }
            assertThat(capture.names("")).noneMatch(name -> name.endsWith("/environ"));
            assertThat(new String(Objects.requireNonNull(capture.bytes("etc/passwd")), UTF_8))
                    .startsWith("root:x:0:\n")
                    .doesNotContain("nobody");
        }
    }

    @Test
    void a_scrubbed_recording_names_no_host_and_tells_the_program_only() throws Exception {
        String hostName;
        try (HostNetwork live = provider.open(there()).getFirst()) {
            hostName = live.facts().hostName();
        }
        try (Capture capture = CaptureFiles.open(recorded(true))) {
            HostNetwork host = provider.open(capture, new NamespaceChoice.Own()).getFirst();
            assertThat(capture.manifest().scrubbed()).isTrue();
            assertThat(host.facts().hostName()).startsWith("host-").isNotEqualTo(hostName);
            assertThat(host.process(pid())).get().satisfies(process -> {
                assertThat(process.command()).isEqualTo("python3");
                assertThat(process.user()).isEqualTo("root");
            });
        }
    }

    @Test
    void a_recording_that_cannot_be_written_leaves_nothing_and_says_why() {
        Path nowhere = directory.resolve("none/host.capture");
        assertThatThrownBy(() -> provider.record(nowhere, new CaptureRequest(there(), false)))
                .isInstanceOfSatisfying(
                        HostReadException.class,
                        refused -> assertThat(refused.why()).isEqualTo("there is no such directory"));
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void a_namespace_that_was_not_recorded_is_named_with_those_that_were() throws Exception {
        try (Capture capture = CaptureFiles.open(recorded(false))) {
            long inode = capture.manifest().namespaces().getFirst().inode();
            assertThat(provider.open(capture, new NamespaceChoice.Named(String.valueOf(inode))))
                    .hasSize(1);
            assertThatThrownBy(() -> provider.open(capture, new NamespaceChoice.Named("blue")))
                    .isInstanceOfSatisfying(
                            HostReadException.class,
                            refused -> assertThat(refused.why()).contains(String.valueOf(inode)));
        }
    }
}
