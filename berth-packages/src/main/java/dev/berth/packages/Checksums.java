package dev.berth.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** {@code SHA256SUMS}, for {@code sha256sum --check}. */
final class Checksums {
    static final String FILE = "SHA256SUMS";

    private Checksums() {}

    /** Sums up the files in a folder. */
    static Path write(Path folder) throws IOException {
        List<Path> files = Folder.files(folder);
        Path sums = folder.resolve(FILE);
        var lines = new StringBuilder();
        for (Path file : files) {
            lines.append(of(file)).append("  ").append(file.getFileName()).append('\n');
        }
        return Files.writeString(sums, lines);
    }

    static String of(Path file) throws IOException {
        return of(file, "SHA-256");
    }

    /** @param algorithm that every Java has: MD5, SHA-1 or SHA-256 */
    static String of(Path file, String algorithm) throws IOException {
        try (var in = Files.newInputStream(file)) {
            var digest = MessageDigest.getInstance(algorithm);
            var buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(algorithm + " is none that every Java has", e);
        }
    }
}
