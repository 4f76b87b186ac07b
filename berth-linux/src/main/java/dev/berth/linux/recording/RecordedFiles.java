package dev.berth.linux.recording;

import dev.berth.linux.kernel.KernelFiles;
import dev.berth.platform.HostReadException;
import dev.berth.platform.capture.Capture;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files of one recorded namespace: the entries below a prefix such as {@code netns/4026531840/files}. */
record RecordedFiles(Capture capture, String prefix) implements KernelFiles {
    @Override
    public byte @Nullable [] read(String path) throws IOException {
        try {
            return capture.bytes(prefix + path);
        } catch (HostReadException e) {
            throw new IOException(e.why(), e);
        }
    }

    @Override
    public List<String> list(String directory) {
        String inside = prefix + directory + (directory.endsWith("/") ? "" : "/");
        return capture.names(inside).stream()
                .map(name -> name.substring(inside.length()).split("/", 2)[0])
                .distinct()
                .sorted()
                .toList();
    }
}
