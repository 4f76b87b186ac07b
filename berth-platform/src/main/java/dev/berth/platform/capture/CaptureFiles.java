package dev.berth.platform.capture;

import dev.berth.platform.HostReadException;
import dev.berth.platform.HostReadException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Opens recorded hosts. A capture is other people's input: nothing in it is believed, and nothing is unpacked to disk. */
public final class CaptureFiles {
    static final long ENTRY_LIMIT = 512L << 20;
    static final long TOTAL_LIMIT = 4L << 30;
    static final long FILE_LIMIT = 2L << 30;
    static final int COUNT_LIMIT = 1_000_000;

    private CaptureFiles() {}

    /**
     * Opens the capture in {@code file}.
     *
     * @throws HostReadException of kind {@code BAD_INPUT} when there is none, it is cut off, damaged, too large, or made
     *     by a newer major version
     */
    public static Capture open(Path file) throws HostReadException {
        refuseWhatIsNoFile(file);
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile());
        } catch (IOException | IllegalArgumentException e) {
            throw new HostReadException(
                    Kind.BAD_INPUT,
                    "cannot open the capture " + file,
                    "it is not a capture, or was cut off: " + e.getMessage(),
                    "record one with: berth capture -o FILE");
        }
        try {
            return new ZipCapture(file, zip, entries(file, zip));
        } catch (HostReadException | RuntimeException e) {
            try {
                zip.close();
            } catch (IOException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }

    private static void refuseWhatIsNoFile(Path file) throws HostReadException {
        String why;
        try {
            if (!Files.exists(file)) {
                why = "there is no such file";
            } else if (!Files.isRegularFile(file)) {
                why = "it is not a regular file";
            } else if (!Files.isReadable(file)) {
                why = "it may not be read by this user";
            } else if (Files.size(file) > FILE_LIMIT) {
                why = "it is larger than 2 GiB";
            } else {
                return;
            }
        } catch (IOException e) {
            why = String.valueOf(e.getMessage());
        }
        throw new HostReadException(
                Kind.BAD_INPUT, "cannot open the capture " + file, why, "name a file made by berth capture -o FILE");
    }

    private static NavigableMap<String, ZipEntry> entries(Path file, ZipFile zip) throws HostReadException {
        if (zip.size() > COUNT_LIMIT) {
            throw damaged(file, "it holds more than " + COUNT_LIMIT + " entries");
        }
        var byName = new TreeMap<String, ZipEntry>();
        long total = 0;
        for (var all = zip.entries(); all.hasMoreElements(); ) {
            ZipEntry entry = all.nextElement();
            if (!EntryNames.isSafe(entry.getName())) {
                throw damaged(file, "an entry's name leads out of the capture");
            }
            if (byName.put(entry.getName(), entry) != null) {
                throw damaged(file, "it holds two entries of one name");
            }
            total += Math.max(0, entry.getSize());
            if (entry.getSize() > ENTRY_LIMIT || total > TOTAL_LIMIT) {
                throw damaged(file, "its contents claim to be larger than any recording is");
            }
        }
        return byName;
    }

    static HostReadException damaged(Path file, String why) {
        return new HostReadException(
                Kind.BAD_INPUT,
                "cannot read the capture " + file,
                why,
                "ask for a new recording: berth capture -o FILE");
    }
}
