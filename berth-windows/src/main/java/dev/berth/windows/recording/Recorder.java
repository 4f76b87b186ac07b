package dev.berth.windows.recording;

import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.SocketCursor;
import dev.berth.platform.SocketDump;
import dev.berth.platform.SocketQuery;
import dev.berth.platform.capture.CaptureRequest;
import dev.berth.platform.capture.CaptureWriter;
import dev.berth.platform.capture.Manifest;
import dev.berth.windows.sockets.OwnerKey;
import dev.berth.windows.system.WindowsErrorException;
import dev.berth.windows.system.WindowsSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Records a Windows by asking it everything that any command asks, so that what is read when a recording is played back was
 * read when it was made: the sockets first, then whose they are, then the settings and the log.
 */
public final class Recorder {
    private Recorder() {}

    /**
     * Records it into a new file, readable by its owner only; nothing is left behind when it fails.
     *
     * @param host the host behind a system
     * @throws HostReadException when the file cannot be written, or the sockets cannot be read
     */
    public static void record(
            Path file, CaptureRequest request, WindowsSystem live, Function<WindowsSystem, HostNetwork> host)
            throws HostReadException {
        Redaction redaction = request.scrub() ? scrub(live, host.apply(live)) : new WithoutSecrets();
        try (var writer = CaptureWriter.create(file)) {
            var recording = new RecordingWindows(live, redaction);
            HostNetwork asked = host.apply(recording);
            for (int pid : holders(asked)) {
                asked.process(pid);
            }
            asked.everySetting();
            asked.events();
            asked.configuredServices();
            recording.write(writer);
            writer.commit(new Manifest(
                    CaptureWriter.berthVersion(),
                    asked.facts(),
                    request.scrub(),
                    List.of(asked.namespace()),
                    List.of()));
        } catch (IOException e) {
            throw CaptureWriter.cannotWrite(file, e);
        }
    }

    /** Knows the names of those who run something before it reads what may hold them. */
    private static Scrub scrub(WindowsSystem live, HostNetwork host) throws HostReadException {
        var scrub = new Scrub(live.version().hostName());
        SortedSet<Integer> pids = holders(host);
        pids.add((int) ProcessHandle.current().pid());
        try {
            for (int pid : pids) {
                live.process(pid).ifPresent(scrub::process);
            }
        } catch (WindowsErrorException e) {
            throw new HostReadException(
                    HostReadException.Kind.NOT_ON_THIS_SYSTEM,
                    "cannot record with pseudonyms",
                    "processes could not be listed, so the names of their users are not known: " + e.getMessage(),
                    "record without --scrub, and keep the capture to yourself");
        }
        return scrub;
    }

    private static SortedSet<Integer> holders(HostNetwork host) throws HostReadException {
        var pids = new TreeSet<Integer>();
        try (SocketDump dump = host.sockets(SocketQuery.everything(), 1)) {
            for (SocketCursor part : dump.parts()) {
                while (part.next()) {
                    pids.add(OwnerKey.pid(part.inode()));
                }
            }
        }
        return pids;
    }
}
