package dev.berth.linux.recording;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.linux.kernel.KernelFiles;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Live files that leave a copy in the recording. Whoever reads them sees what the recording says. Files of the host are
 * read once, however many ask; {@code /etc/passwd} is written last, when it is known whose lines are needed.
 */
final class RecordingFiles {
    private static final Pattern OF_A_PROCESS = Pattern.compile("/proc/\\d+/.*");

    private final Recording recording;
    private final Users users = new Users();
    private final Map<String, byte[]> ofTheHost = new HashMap<>();
    private byte[] passwd = {};

    RecordingFiles(Recording recording) {
        this.recording = recording;
    }

    /** The files as one network namespace shows them. */
    KernelFiles in(long namespace, KernelFiles live) {
        return new KernelFiles() {
            @Override
            public byte @Nullable [] read(String path) throws IOException {
                byte[] known = ofTheHost.get(path);
                return known != null ? known : RecordingFiles.this.read(Entries.file(namespace, path), path, live);
            }

            @Override
            public List<String> list(String directory) throws IOException {
                return RecordingFiles.this.list(Entries.listing(namespace, directory), directory, live);
            }
        };
    }

    private byte @Nullable [] read(String entry, String path, KernelFiles live) throws IOException {
        byte[] contents;
        try {
            contents = live.read(path);
        } catch (IOException e) {
            recording.addRefused(entry, e);
            throw e;
        }
        if (contents == null) {
            return null;
        }
        boolean ofAProcess = OF_A_PROCESS.matcher(path).matches();
        if (ofAProcess && path.endsWith("/status")) {
            users.occurIn(contents);
        }
        byte[] redacted = recording.redacted(path, contents);
        if (path.equals(Users.PASSWD)) {
            passwd = redacted;
        } else {
            recording.add(entry, redacted);
        }
        if (!ofAProcess && !Entries.differsBetweenNamespaces(path)) {
            ofTheHost.put(path, redacted);
        }
        return redacted;
    }

    private List<String> list(String entry, String directory, KernelFiles live) throws IOException {
        List<String> names;
        try {
            names = live.list(directory);
        } catch (IOException e) {
            recording.addRefused(entry, e);
            throw e;
        }
        recording.add(
                entry,
                names.stream()
                        .map(name -> name + "\0")
                        .collect(Collectors.joining())
                        .getBytes(UTF_8));
        return names;
    }

    /** Writes what had to wait for all the rest. */
    void finish() {
        if (passwd.length > 0) {
            recording.add(Entries.file(0, Users.PASSWD), users.linesOf(passwd));
        }
    }
}
