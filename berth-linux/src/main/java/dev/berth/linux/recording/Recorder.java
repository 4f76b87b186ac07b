package dev.berth.linux.recording;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.linux.configured.ConfiguredServicesReader;
import dev.berth.linux.configured.ServiceLines;
import dev.berth.linux.kernel.Kernel;
import dev.berth.platform.Gap;
import dev.berth.platform.HostFacts;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.InodeSet;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.OwnerQuery;
import dev.berth.platform.SocketCursor;
import dev.berth.platform.SocketDump;
import dev.berth.platform.SocketQuery;
import dev.berth.platform.capture.CaptureRequest;
import dev.berth.platform.capture.CaptureWriter;
import dev.berth.platform.capture.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Records a host by asking it everything that any command asks, so that what is read when a recording is played back was
 * read when it was made: sockets of each namespace first, then their owners, then the settings, the NAT
 * rules, and the services that are configured.
 */
public final class Recorder {
    /** Read by {@code sock_diag}'s stand-in, which no question reaches where {@code sock_diag} answers. */
    private static final List<String> SOCKET_FILES =
            List.of("/proc/net/tcp", "/proc/net/tcp6", "/proc/net/udp", "/proc/net/udp6");

    private final Recording recording;
    private final RecordingFiles files;
    private final List<RecordingKernel> kernels = new ArrayList<>();
    private final List<HostNetwork> hosts = new ArrayList<>();

    private Recorder(Recording recording) {
        this.recording = recording;
        this.files = new RecordingFiles(recording);
    }

    /**
     * Records these namespaces into a new file, readable by its owner only; nothing is left behind when it fails.
     *
     * @param live at least one namespace, the recorder's own first if it is among them
     * @param gaps what could not be opened beside these
     * @param host the host behind a kernel
     * @throws HostReadException when the file cannot be written, or a table cannot be read to its end
     */
    public static void record(
            Path file, CaptureRequest request, List<Kernel> live, List<Gap> gaps, Function<Kernel, HostNetwork> host)
            throws HostReadException {
        Redaction redaction = new WithoutSecrets();
        if (request.scrub()) {
            redaction = redaction.then(Scrub.of(live.getFirst().files()));
        }
        try (var writer = CaptureWriter.create(file)) {
            var recorder = new Recorder(new Recording(writer, redaction));
            recorder.recording.gaps().addAll(gaps);
            for (Kernel kernel : live) {
                recorder.open(kernel, host);
                if (!kernel.foreign()) {
                    recorder.recordConfiguredServices(kernel);
                }
            }
            writer.commit(recorder.record(request.scrub()));
        } catch (IOException e) {
            throw CaptureWriter.cannotWrite(file, e);
        } catch (UncheckedIOException e) {
            throw CaptureWriter.cannotWrite(file, Objects.requireNonNull(e.getCause()));
        }
    }

    private void open(Kernel live, Function<Kernel, HostNetwork> host) {
        var kernel = new RecordingKernel(live, recording, files);
        kernels.add(kernel);
        hosts.add(host.apply(kernel));
    }

    private Manifest record(boolean scrub) throws HostReadException {
        recording.add(Entries.BYTE_ORDER, RecordedKernel.byteOrderHere().getBytes(US_ASCII));
        var sockets = new InodeSet();
        for (int i = 0; i < hosts.size(); i++) {
            if (kernels.get(i).foreign()) {
                recording.add(Entries.foreign(kernels.get(i).namespace().inode()), new byte[0]);
            }
            kernels.get(i).recordTables();
            collectInodes(hosts.get(i), sockets);
        }
        recordOwners(sockets);
        for (int i = 0; i < hosts.size(); i++) {
            recordSocketFiles(kernels.get(i));
            hosts.get(i).settings();
            hosts.get(i).natRules();
        }
        HostFacts facts = hosts.getFirst().facts();
        files.finish();
        List<NetworkNamespace> namespaces =
                kernels.stream().map(RecordingKernel::namespace).toList();
        return new Manifest(CaptureWriter.berthVersion(), facts, scrub, namespaces, recording.gaps());
    }

    private static void collectInodes(HostNetwork host, InodeSet sockets) throws HostReadException {
        try (SocketDump dump = host.sockets(SocketQuery.everything(), 1)) {
            for (SocketCursor part : dump.parts()) {
                while (part.next()) {
                    sockets.add(part.inode());
                }
            }
        }
    }

    /** Owners are the host's, not the namespace's: one walk serves all. */
    private void recordOwners(InodeSet sockets) {
        HostNetwork host = hosts.getFirst();
        try {
            host.owners(OwnerQuery.everyHolder(sockets));
        } catch (HostReadException e) {
            recording.gap("owners of all sockets", e.why());
        }
        for (int pid : kernels.getFirst().holders()) {
            host.process(pid);
            host.openFilesLimit(pid);
        }
    }

    /** What the files say, and not the files: they are full of passwords, so no copy is made as they are read. */
    private void recordConfiguredServices(Kernel live) {
        String lines = ServiceLines.text(ConfiguredServicesReader.read(live.files()));
        recording.add(
                Entries.file(0, ServiceLines.PATH),
                recording.redactedOutput(lines).getBytes(UTF_8));
    }

    private static void recordSocketFiles(RecordingKernel kernel) {
        for (String path : SOCKET_FILES) {
            try {
                kernel.files().read(path);
            } catch (IOException e) {
                // recorded as refused
            }
        }
    }
}
