package dev.berth.diagnosis.explain;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The data files that Berth ships for recognising lines: all that this package reads by itself. */
final class Shipped {
    private Shipped() {}

    /** The whole text of the file with that name, beside this class. */
    static String text(String name) {
        try (InputStream file = Shipped.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException(name + " is not where it was shipped");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> lines(String name) {
        return text(name).lines().toList();
    }
}
