package dev.berth.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * {@code berth_VERSION_amd64.deb}, for Debian and Ubuntu.
 *
 * @see <a href="https://www.debian.org/doc/debian-policy/">Debian policy</a>
 */
final class DebianPackage {
    private static final String BUILDER = "dpkg-deb";
    private static final List<String> SCRIPTS = List.of("postinst", "prerm", "postrm");
    private static final String MAINTAINER = "Maintainer: ";
    private static final int KIB = 1024;
    private static final DateTimeFormatter MAIL_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss Z", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private DebianPackage() {}

    /** Whether this system has what it is built with. */
    static boolean canBeMade() {
        return Tool.isThere(BUILDER);
    }

    /** Packs what is in {@code prefix} for {@code /usr}; the same files give the same bytes. */
    static Path write(Path home, Path prefix, Release release, Path work, Path out)
            throws IOException, InterruptedException, PackagingException {
        Path sources = home.resolve("berth-packages/src/main/debian");
        Path root = Folder.fresh(work.resolve("debian"));
        Folder.copy(prefix, Files.createDirectory(root.resolve("usr")));
        Files.createDirectories(root.resolve("etc/berth"));
        Path documents = root.resolve("usr/share/doc/berth");
        Files.delete(documents.resolve("LICENSE")); // Debian has it in /usr/share/common-licenses
        Files.writeString(
                documents.resolve("copyright"),
                Files.readString(sources.resolve("copyright")).replace("@SITE@", Release.site()));
        String template = Files.readString(sources.resolve("control"));
        Path changelog = Files.writeString(documents.resolve("changelog"), changelog(release, maintainer(template)));
        Tool.run(documents, Map.of(), List.of("gzip", "-9", "--no-name", changelog.toString()));
        Path overrides = Files.createDirectories(root.resolve("usr/share/lintian/overrides"));
        Files.copy(sources.resolve("lintian-overrides"), overrides.resolve("berth"));
        String sums = sums(root);
        String control = template.replace("@VERSION@", release.debian())
                .replace("@SITE@", Release.site())
                .replace("@SIZE@", Long.toString(size(root)))
                .replace("@DEPENDS@", DebianDepends.of(root));
        Path about = Files.createDirectory(root.resolve("DEBIAN"));
        Files.writeString(about.resolve("control"), control);
        Files.writeString(about.resolve("md5sums"), sums);
        for (String script : SCRIPTS) {
            Files.copy(sources.resolve(script), about.resolve(script));
        }
        Folder.readableByAll(root);
        for (String script : SCRIPTS) {
            Files.setPosixFilePermissions(about.resolve(script), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        // xz makes it a third smaller and takes twenty times as long; zstd is not read by Debian 11
        Path file = out.resolve("berth_" + release.debian() + "_amd64.deb");
        Tool.run(
                work,
                Map.of("SOURCE_DATE_EPOCH", Long.toString(release.epoch())),
                List.of(BUILDER, "--build", "--root-owner-group", "-Zgzip", "-z6", root.toString(), file.toString()));
        return file;
    }

    private static String changelog(Release release, String maintainer) {
        return """
                berth (%s) unstable; urgency=medium

                  * Built from %s.

                 -- %s  %s
                """.formatted(
                        release.debian(),
                        release.commit() == null ? "sources without a commit" : "commit " + release.commit(),
                        maintainer,
                        MAIL_DATE.format(release.time()));
    }

    private static String maintainer(String control) {
        return control.lines()
                .filter(line -> line.startsWith(MAINTAINER))
                .findFirst()
                .orElseThrow()
                .substring(MAINTAINER.length());
    }

    /** As {@code md5sum} prints them; dpkg --verify reads it. */
    private static String sums(Path root) throws IOException {
        var lines = new StringBuilder();
        for (Path file : Folder.files(root)) {
            if (!Files.isSymbolicLink(file)) {
                lines.append(Checksums.of(file, "MD5"))
                        .append("  ")
                        .append(root.relativize(file))
                        .append('\n');
            }
        }
        return lines.toString();
    }

    /** In KiB, each file and folder rounded up, as policy 5.6.20 wants it. */
    private static long size(Path root) throws IOException {
        long size = 0;
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                size += Files.isRegularFile(path) ? (Files.size(path) + KIB - 1) / KIB : 1;
            }
        }
        return size;
    }
}
