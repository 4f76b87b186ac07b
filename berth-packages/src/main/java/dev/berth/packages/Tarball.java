package dev.berth.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code berth-VERSION-linux-x64.tar.gz}: to be unpacked anywhere. */
final class Tarball {
    private Tarball() {}

    /** Packs what is in {@code prefix}, as one folder of the name of the file; the same files give the same bytes. */
    static Path write(Path prefix, Release release, Path out)
            throws IOException, InterruptedException, PackagingException {
        String name = release.fileName() + "-linux-x64";
        Path file = out.resolve(name + ".tar.gz");
        Path tar = out.resolve(name + ".tar");
        Tool.run(
                prefix,
                Map.of("LC_ALL", "C"),
                List.of(
                        "tar",
                        "--create",
                        "--file=" + tar,
                        "--format=gnu",
                        "--sort=name",
                        "--mtime=@" + release.epoch(),
                        "--owner=0",
                        "--group=0",
                        "--numeric-owner",
                        "--transform=s,^\\.," + name + ",S",
                        "."));
        Files.deleteIfExists(file);
        Tool.run(out, Map.of(), List.of("gzip", "-9", "--no-name", tar.toString()));
        return file;
    }
}
