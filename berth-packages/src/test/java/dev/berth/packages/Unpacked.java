package dev.berth.packages;

import dev.berth.windows.wine.Wine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The zip, unpacked as on a Windows host. */
record Unpacked(Wine wine, Path folder) {
    /** Unpacks it into {@code place}. */
    static Unpacked zip(Wine wine, Path zip, Path place) throws IOException {
        try (var files = new ZipFile(zip.toFile())) {
            for (ZipEntry entry : files.stream().toList()) {
                Path file = place.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                try (var in = files.getInputStream(entry)) {
                    Files.copy(in, file);
                }
            }
        }
        try (Stream<Path> only = Files.list(place)) {
            return new Unpacked(wine, only.findFirst().orElseThrow());
        }
    }

    /** Another one in {@code place}, whose {@code runtime} is this one's, for that is large. */
    Unpacked again(Path place) throws IOException {
        Files.createDirectories(place);
        try (Stream<Path> parts = Files.list(folder)) {
            for (Path part : parts.toList()) {
                Path there = place.resolve(part.getFileName());
                if (part.endsWith("runtime")) {
                    Files.createSymbolicLink(there, part);
                } else {
                    Folder.copy(part, there);
                }
            }
        }
        return new Unpacked(wine, place);
    }

    Wine.Ended berth(String... words) throws IOException, InterruptedException {
        return berth(Map.of(), words);
    }

    /** Runs {@code berth}, standing in its folder. */
    Wine.Ended berth(Map<String, String> environment, String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("berth.cmd"));
        command.addAll(List.of(words));
        return Cmd.run(wine, folder, environment, command);
    }
}
