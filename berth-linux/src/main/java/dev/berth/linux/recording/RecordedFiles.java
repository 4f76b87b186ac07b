package dev.berth.linux.recording;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.linux.kernel.KernelFiles;
import dev.berth.platform.HostReadException;
import dev.berth.platform.capture.Capture;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files of a recorded host, as one of its network namespaces showed them; what was denied then is denied again. */
record RecordedFiles(Capture capture, long namespace) implements KernelFiles {
    @Override
    public byte @Nullable [] read(String path) throws IOException {
        return contents(Entries.file(namespace, path), path);
    }

    @Override
    public List<String> list(String directory) throws IOException {
        byte[] names = contents(Entries.listing(namespace, directory), directory);
        return names == null || names.length == 0 ? List.of() : List.of(new String(names, UTF_8).split("\0"));
    }

    private byte @Nullable [] contents(String entry, String path) throws IOException {
        try {
            byte[] why = capture.bytes(Entries.refused(entry));
            if (why == null) {
                return capture.bytes(entry);
            }
            throw why.length == 0 ? new AccessDeniedException(path) : new IOException(new String(why, UTF_8));
        } catch (HostReadException e) {
            throw new IOException(e.why(), e);
        }
    }
}
