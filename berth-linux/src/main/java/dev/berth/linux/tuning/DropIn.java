package dev.berth.linux.tuning;

import dev.berth.linux.kernel.KernelFiles;
import dev.berth.linux.settings.FilesOrGaps;
import dev.berth.platform.ActOutcome;
import dev.berth.platform.HostTuning.Reading;
import dev.berth.platform.file.UnfinishedFile;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Berth's own file under {@code sysctl.d}: replaced as a whole each time, so that whoever reads it, also after a crash, finds
 * the old one or the new one; gone when it assigns nothing any more.
 */
final class DropIn {
    /** Gives back every byte as it was; what Berth itself writes is ASCII. */
    private static final Charset EVERY_BYTE = StandardCharsets.ISO_8859_1;

    private final KernelFiles files;
    private final Path file;
    private final Path directory;

    DropIn(KernelFiles files, Path file) {
        this.files = files;
        this.file = file;
        this.directory = Objects.requireNonNull(file.getParent());
    }

    Reading read(String setting) {
        try {
            String value = text().valueOf(setting);
            return value == null ? new Reading.Unset() : new Reading.Value(value);
        } catch (IOException e) {
            return new Reading.Unknown(FilesOrGaps.why(file.toString(), e));
        }
    }

    private DropInText text() throws IOException {
        byte[] text = files.readRegular(file.toString(), FilesOrGaps.LONGEST); // nobody waits at a pipe
        return DropInText.parse(text == null ? "" : new String(text, EVERY_BYTE));
    }

    @Nullable
    ActOutcome obstacle() {
        if (isForeign()) {
            return new ActOutcome.Failed(file
                    + " is not a file of Berth's own but a link or the like, which Berth does not replace: remove it");
        }
        Path existing = directory;
        while (!Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
            existing = Objects.requireNonNull(existing.getParent());
        }
        if (!Files.isDirectory(existing)) {
            return new ActOutcome.Failed(existing + " is not a directory");
        }
        return Files.isWritable(existing) ? null : notWritable(existing);
    }

    private boolean isForeign() {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    private static ActOutcome notWritable(Path existing) {
        try {
            if (Files.getFileStore(existing).isReadOnly()) {
                return new ActOutcome.NotOnThisSystem(
                        existing + " is mounted read-only, as in containers and immutable systems");
            }
        } catch (IOException e) {
            // then it is not known to be mounted so
        }
        return new ActOutcome.NotPermitted("root, or another user who may write to " + existing);
    }

    /** @param value null to take it out */
    ActOutcome write(String setting, @Nullable String value) {
        ActOutcome obstacle = obstacle();
        if (obstacle != null) {
            return obstacle;
        }
        try {
            UnfinishedFile.removeLeftOver(file);
            DropInText before = text();
            DropInText after = value == null ? before.without(setting) : before.with(setting, value);
            if (!after.equals(before)) {
                replace(after);
            }
            return new ActOutcome.Done();
        } catch (AccessDeniedException e) {
            return notWritable(directory);
        } catch (IOException e) {
            return new ActOutcome.Failed(file + " could not be written, and is as it was: " + UnfinishedFile.reason(e));
        }
    }

    private void replace(DropInText text) throws IOException {
        makeDirectory();
        if (text.isBlank()) {
            Files.deleteIfExists(file);
            UnfinishedFile.forceDirectory(file);
            return;
        }
        try (var unfinished = UnfinishedFile.createReadable(file)) {
            unfinished.out().write(text.toString().getBytes(EVERY_BYTE));
            unfinished.finishDurably();
        }
    }

    private void makeDirectory() throws IOException {
        if (!Files.exists(directory)) {
            Files.createDirectories(directory);
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
            UnfinishedFile.forceDirectory(directory);
        }
    }
}
