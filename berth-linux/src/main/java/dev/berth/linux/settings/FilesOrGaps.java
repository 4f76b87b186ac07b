package dev.berth.linux.settings;

import dev.berth.linux.kernel.KernelFiles;
import dev.berth.platform.Gap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads files, and keeps a gap for each one it could not have. */
public final class FilesOrGaps {
    /** More than any person writes; every other port reserved is 0.2 MiB. */
    public static final int LONGEST = 4 << 20;

    private final KernelFiles files;
    private final List<Gap> gaps = new ArrayList<>();

    FilesOrGaps(KernelFiles files) {
        this.files = files;
    }

    /** The text of a file every host has: null, and a gap, where it is missing or cannot be read. */
    @Nullable
    String text(String path, String what) {
        return text(path, what, true);
    }

    /** The text of a file that need not be there: null where it is not, and a gap too where it cannot be read. */
    @Nullable
    String textIfAny(String path, String what) {
        return text(path, what, false);
    }

    private @Nullable String text(String path, String what, boolean needed) {
        try {
            byte[] bytes = isOfKernel(path) ? files.read(path) : files.readRegular(path, LONGEST);
            if (bytes == null && needed) {
                missing(what, path + " is not there");
            }
            return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            missing(what, why(path, e));
            return null;
        }
    }

    private static boolean isOfKernel(String path) {
        return path.startsWith("/proc/") || path.startsWith("/sys/");
    }

    /** The names in {@code directory}; none where there is no such directory, or it cannot be read, which leaves a gap. */
    List<String> names(String directory, String what) {
        try {
            return files.list(directory);
        } catch (IOException e) {
            missing(what, why(directory, e));
            return List.of();
        }
    }

    void missing(String what, String why) {
        gaps.add(new Gap(what, why));
    }

    List<Gap> gaps() {
        return gaps;
    }

    /** Why a file could not be read: a clause that names it. */
    public static String why(String path, IOException e) {
        return e instanceof AccessDeniedException
                ? path + " may not be read by this user; run as root to see it"
                : path + " cannot be read: " + e.getMessage();
    }
}
