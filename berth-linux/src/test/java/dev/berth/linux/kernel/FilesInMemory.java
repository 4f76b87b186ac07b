package dev.berth.linux.kernel;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Files that a test writes down: {@code new FilesInMemory().with("/proc/1/comm", "systemd\n")}. */
public final class FilesInMemory implements KernelFiles {
    private final TreeMap<String, byte[]> contents = new TreeMap<>();
    private final Set<String> forbidden = new HashSet<>();

    public FilesInMemory with(String path, String text) {
        contents.put(path, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Every file below {@code root}, as if that were {@code /}. */
    public FilesInMemory withAllBelow(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String path = root.relativize(file).toString().replace(File.separatorChar, '/');
                contents.put("/" + path, Files.readAllBytes(file));
            }
        }
        return this;
    }

    public FilesInMemory withForbidden(String path) {
        forbidden.add(path);
        return with(path, "");
    }

    @Override
    public byte @Nullable [] read(String path) throws IOException {
        if (forbidden.contains(path)) {
            throw new AccessDeniedException(path);
        }
        return contents.get(path);
    }

    @Override
    public List<String> list(String directory) {
        String prefix = directory + "/";
        return contents.keySet().stream()
                .filter(path -> path.startsWith(prefix))
                .map(path -> path.substring(prefix.length()).split("/", -1)[0])
                .distinct()
                .toList();
    }
}
