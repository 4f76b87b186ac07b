package dev.berth.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** {@code berth-VERSION-windows-x64.zip}: to be unpacked anywhere. */
final class WindowsZip {
    private WindowsZip() {}

    /** Packs what is in {@code folder}, as one folder of the name of the file; the same files give the same bytes. */
    static Path write(Path folder, Release release, Path out) throws IOException {
        String name = release.fileName() + "-windows-x64";
        Map<String, Path> entries = new TreeMap<>(); // by name, as no file system sorts them
        for (Path file : Folder.files(folder)) {
            entries.put(name + "/" + folder.relativize(file).toString().replace('\\', '/'), file);
        }
        Path zip = out.resolve(name + ".zip");
        LocalDateTime time = LocalDateTime.ofInstant(release.time(), ZoneOffset.UTC);
        try (var to = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (var file : entries.entrySet()) {
                var entry = new ZipEntry(file.getKey());
                entry.setTimeLocal(time); // and not setTime, which takes the time zone of whoever packs
                to.putNextEntry(entry);
                Files.copy(file.getValue(), to);
            }
        }
        return zip;
    }
}
