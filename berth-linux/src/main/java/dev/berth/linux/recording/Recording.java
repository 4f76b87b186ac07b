package dev.berth.linux.recording;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.linux.kernel.Datagrams;
import dev.berth.platform.Gap;
import dev.berth.platform.HostReadException;
import dev.berth.platform.capture.CaptureWriter;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A capture in the making: each reply once, after redaction. A failure to write is unchecked, for it ends everything. */
final class Recording {
    private static final int DATAGRAM_CAPACITY = 64 * 1024;

    private final CaptureWriter writer;
    private final Redaction redaction;
    private final Set<String> written = new HashSet<>();
    private final List<Gap> gaps = new ArrayList<>();

    Recording(CaptureWriter writer, Redaction redaction) {
        this.writer = writer;
        this.redaction = redaction;
    }

    List<Gap> gaps() {
        return gaps;
    }

    void gap(String what, String why) {
        gaps.add(new Gap(what, why));
    }

    byte[] redacted(String path, byte[] contents) {
        return redaction.file(path, contents);
    }

    String redactedOutput(String output) {
        return redaction.output(output);
    }

    /** Adds an entry, unless there is one of that name. */
    void add(String entry, byte[] contents) {
        if (!CaptureWriter.accepts(entry)) {
            gap("the file " + entry, "a name like that cannot be recorded");
        } else if (written.add(entry)) {
            try {
                writer.add(entry, contents);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    void addRefused(String entry, IOException refusal) {
        String why = refusal instanceof AccessDeniedException ? "" : String.valueOf(refusal.getMessage());
        add(Entries.refused(entry), why.getBytes(UTF_8));
    }

    /** Adds every datagram of a dump as it comes, so that a large table is never held. */
    void addTable(String entry, Datagrams dump) throws HostReadException {
        ByteBuffer datagram = ByteBuffer.allocateDirect(DATAGRAM_CAPACITY).order(ByteOrder.nativeOrder());
        written.add(entry);
        try (var out = new DataOutputStream(new BufferedOutputStream(writer.open(entry)))) {
            while (dump.receive(datagram)) {
                redaction.datagram(datagram);
                RecordedDatagrams.append(out, datagram);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
