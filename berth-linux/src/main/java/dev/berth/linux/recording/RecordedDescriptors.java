package dev.berth.linux.recording;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.berth.linux.kernel.DescriptorSink;
import dev.berth.platform.HostReadException;
import dev.berth.platform.HostReadException.Kind;
import dev.berth.platform.OwnerQuery;
import dev.berth.platform.capture.Capture;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;

/** The walk over descriptors, played back whole: a recording has nothing to gain from stopping early. */
final class RecordedDescriptors {
    private static final String HIDDEN = "hidden";

    private RecordedDescriptors() {}

    static String holds(int pid, long inode) {
        return pid + " " + inode + "\n";
    }

    static String hidden(int pid) {
        return pid + " " + HIDDEN + "\n";
    }

    static void play(Capture capture, OwnerQuery query, DescriptorSink sink) throws HostReadException {
        try (InputStream entry = capture.stream(Entries.DESCRIPTORS)) {
            if (entry == null) {
                sink.stoppedEarly(); // before the first process; the manifest's gaps say why
                return;
            }
            var lines = new BufferedReader(new InputStreamReader(entry, US_ASCII));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                play(line, query, sink);
            }
        } catch (IOException e) {
            throw damaged(String.valueOf(e.getMessage()));
        }
    }

    private static void play(String line, OwnerQuery query, DescriptorSink sink) throws HostReadException {
        int blank = line.indexOf(' ');
        try {
            int pid = Integer.parseInt(line, 0, Math.max(blank, 0), 10);
            if (line.startsWith(HIDDEN, blank + 1)) {
                sink.hidden(pid);
                return;
            }
            long inode = Long.parseLong(line, blank + 1, line.length(), 10);
            if (query.wants(inode)) {
                sink.holds(pid, inode);
            }
        } catch (NumberFormatException e) {
            throw damaged("a line is not a process and a socket");
        }
    }

    private static HostReadException damaged(String why) {
        return new HostReadException(
                Kind.BAD_INPUT, "cannot read the recorded owners of sockets", why, "ask for a new recording");
    }
}
