package dev.berth.linux.configured;

import dev.berth.linux.kernel.Glob;
import dev.berth.linux.kernel.KernelFiles;
import dev.berth.platform.Gap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads configuration files, a limited amount of them, and keeps a gap for each one it could not have. */
final class ConfigurationFiles {
    private static final int LONGEST = 1 << 20;
    private static final int MOST_BYTES = 32 << 20;
    /** More than any host has; what ends files that include each other in every possible order. */
    private static final int MOST_FILES = 5_000;

    private final KernelFiles files;
    private final Map<String, List<String>> listings = new HashMap<>();
    private final Set<Gap> gaps = new LinkedHashSet<>();
    private int bytes;
    private int asked;

    ConfigurationFiles(KernelFiles files) {
        this.files = files;
    }

    /** Null where there is no such file, or where it cannot be read, which leaves a gap. */
    @Nullable
    String text(String path) {
        if (!isSound(path)) {
            return null;
        }
        if (++asked > MOST_FILES || bytes > MOST_BYTES) {
            gaps.add(new Gap("services that further files configure", "there are more files than Berth reads"));
            return null;
        }
        try {
            byte[] read = files.readRegular(path, LONGEST);
            if (read == null) {
                return null;
            }
            bytes += read.length;
            return new String(read, StandardCharsets.UTF_8);
        } catch (IOException e) {
            missing(path, e);
            return null;
        }
    }

    /** The names in {@code directory}; none where there is no such directory, or it cannot be read, which leaves a gap. */
    List<String> names(String directory) {
        return listings.computeIfAbsent(directory, this::list);
    }

    private List<String> list(String directory) {
        try {
            return isSound(directory) ? files.list(directory) : List.of();
        } catch (IOException e) {
            missing(directory, e);
            return List.of();
        }
    }

    /** The paths that match, sorted; one without a pattern is itself, there or not. */
    List<String> matching(String pattern) {
        if (!pattern.startsWith("/")) {
            return List.of();
        }
        List<String> found = List.of("");
        for (String part : pattern.substring(1).split("/+", -1)) {
            var longer = new ArrayList<String>();
            for (String directory : found) {
                if (!Glob.isOne(part)) {
                    longer.add(directory + "/" + part);
                } else {
                    addMatching(directory, part, longer);
                }
            }
            found = longer;
        }
        return found;
    }

    private void addMatching(String directory, String pattern, List<String> found) {
        var glob = new Glob(pattern);
        for (String name : names(directory.isEmpty() ? "/" : directory)) {
            boolean hidden = name.startsWith(".") && !pattern.startsWith(".");
            if (!hidden && found.size() < MOST_FILES && glob.matches(name)) {
                found.add(directory + "/" + name);
            }
        }
    }

    List<Gap> gaps() {
        return List.copyOf(gaps);
    }

    private void missing(String path, IOException e) {
        gaps.add(new Gap(
                "services that " + path + " configures",
                e instanceof AccessDeniedException
                        ? path + " may not be read by this user; run as root to see it"
                        : path + " cannot be read: " + e.getMessage()));
    }

    private static boolean isSound(String path) {
        return path.startsWith("/") && path.indexOf('\0') < 0;
    }
}
