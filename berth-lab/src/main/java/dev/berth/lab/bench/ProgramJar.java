package dev.berth.lab.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A jar with one class of the lab and nothing else, so that what is started with it is no more than that. */
final class ProgramJar {
    private ProgramJar() {}

    static Path write(Path folder, Class<?> main) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, main.getName());
        String entry = main.getName().replace('.', '/') + ".class";
        Path jar = folder.resolve(main.getSimpleName() + ".jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                InputStream bytes = main.getResourceAsStream("/" + entry)) {
            if (bytes == null) {
                throw new IOException("berth's jar has no " + entry);
            }
            out.putNextEntry(new JarEntry(entry));
            bytes.transferTo(out);
        }
        return jar;
    }
}
