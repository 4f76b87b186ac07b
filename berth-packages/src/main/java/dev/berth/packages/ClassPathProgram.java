package dev.berth.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The program for a Java that it cannot be linked into: {@code berth.jar}, and {@code jvm.options} to run it with. */
final class ClassPathProgram {
    private ClassPathProgram() {}

    /** Puts both into {@code folder}; the same program gives the same bytes. */
    static void place(Path home, Path jar, Release release, Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve("jvm.options"),
                Files.readString(home.resolve("launcher/jvm.options"))
                        + "\n# an archive of classes that somebody makes here is checked before it is used\n"
                        + "-XX:+VerifySharedSpaces\n"
                        + "\n# the runtime is of the package, though the program is not linked into it\n"
                        + "-Dberth.runtime=own\n");
        LocalDateTime time = LocalDateTime.ofInstant(release.time(), ZoneOffset.UTC);
        try (var from = new JarFile(jar.toFile());
                var to = new ZipOutputStream(Files.newOutputStream(folder.resolve("berth.jar")))) {
            Manifest manifest = from.getManifest();
            manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, release.build());
            var entries = from.stream()
                    .filter(entry -> !entry.isDirectory() && !entry.getName().equals(JarFile.MANIFEST_NAME))
                    .sorted(Comparator.comparing(ZipEntry::getName))
                    .toList();
            var first = new ZipEntry(JarFile.MANIFEST_NAME);
            first.setTimeLocal(time);
            to.putNextEntry(first);
            manifest.write(to);
            for (var entry : entries) {
                try (var in = from.getInputStream(entry)) {
                    store(to, entry.getName(), time, in.readAllBytes());
                }
            }
        }
    }

    /** As it is: a class is then read from the jar without unpacking it, and the package around it is packed anyway. */
    private static void store(ZipOutputStream to, String name, LocalDateTime time, byte[] bytes) throws IOException {
        var entry = new ZipEntry(name);
        entry.setTimeLocal(time);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        var sum = new CRC32();
        sum.update(bytes);
        entry.setCrc(sum.getValue());
        to.putNextEntry(entry);
        to.write(bytes);
    }
}
