package dev.berth.windows.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * An output that a person published, from {@code src/test/resources/netsh}.
 *
 * @param provenance a URL, or that it is not stated
 */
public record NetshSample(String file, String language, String provenance) {
    /** Every one there is, as {@code samples.tsv} lists them. */
    public static List<NetshSample> all() {
        return read("samples.tsv", StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.split("\t", -1))
                .map(words -> new NetshSample(words[0], words[1], words[2]))
                .toList();
    }

    public static NetshSample of(String file) {
        return all().stream()
                .filter(sample -> sample.file.equals(file))
                .findFirst()
                .orElseThrow();
    }

    boolean isExcluded() {
        return file.startsWith("excluded-");
    }

    /** Each byte a character of ISO-8859-1, as the tool's runner has it. */
    public String output() {
        return read(file, StandardCharsets.ISO_8859_1);
    }

    /** The same, had netsh printed in that code page. */
    String output(Charset codePage) {
        return new String(read(file, StandardCharsets.UTF_8).getBytes(codePage), StandardCharsets.ISO_8859_1);
    }

    private static String read(String file, Charset charset) {
        try (InputStream stream = NetshSample.class.getResourceAsStream("/netsh/" + file)) {
            return new String(Objects.requireNonNull(stream, file).readAllBytes(), charset);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return file;
    }
}
