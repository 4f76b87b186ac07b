package dev.berth.platform.capture;

import dev.berth.platform.HostReadException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** A capture read where it lies. Sizes in the directory are claims, so every read counts the bytes that really come. */
final class ZipCapture implements Capture {
    private static final int MANIFEST_LIMIT = 16 << 20;

    private final Path file;
    private final ZipFile zip;
    private final NavigableMap<String, ZipEntry> entries;
    private final Manifest manifest;

    ZipCapture(Path file, ZipFile zip, NavigableMap<String, ZipEntry> entries) throws HostReadException {
        this.file = file;
        this.zip = zip;
        this.entries = entries;
        byte[] json = bytes(ManifestJson.ENTRY, MANIFEST_LIMIT);
        if (json == null) {
            throw CaptureFiles.damaged(file, "it has no " + ManifestJson.ENTRY + ", so it is some other zip file");
        }
        try {
            this.manifest = ManifestJson.read(json);
        } catch (MalformedManifestException e) {
            throw CaptureFiles.damaged(file, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Manifest manifest() {
        return manifest;
    }

    @Override
    public List<String> names(String prefix) {
        return entries.tailMap(prefix).keySet().stream()
                .takeWhile(name -> name.startsWith(prefix))
                .toList();
    }

    @Override
    public byte @Nullable [] bytes(String name) throws HostReadException {
        return bytes(name, CaptureFiles.ENTRY_LIMIT);
    }

    private byte @Nullable [] bytes(String name, long limit) throws HostReadException {
        try (InputStream in = stream(name)) {
            if (in == null) {
                return null;
            }
            byte[] all = in.readNBytes((int) limit + 1);
            if (all.length > limit) {
                throw CaptureFiles.damaged(file, name + " is larger than any recording is");
            }
            return all;
        } catch (IOException e) {
            throw CaptureFiles.damaged(file, name + " is damaged: " + e.getMessage());
        }
    }

    @Override
    public @Nullable InputStream stream(String name) throws HostReadException {
        ZipEntry entry = entries.get(name);
        if (entry == null) {
            return null;
        }
        try {
            return new Bounded(zip.getInputStream(entry), CaptureFiles.ENTRY_LIMIT);
        } catch (IOException e) {
            throw CaptureFiles.damaged(file, name + " is damaged: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails once more than {@code left} bytes came out, whatever the directory promised. */
    private static final class Bounded extends FilterInputStream {
        private long left;

        Bounded(InputStream in, long left) {
            super(in);
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int got = super.read(into, from, length);
            count(Math.max(0, got));
            return got;
        }

        private void count(int bytes) throws IOException {
            left -= bytes;
            if (left < 0) {
                throw new IOException("it unpacks to more than 512 MiB");
            }
        }
    }
}
