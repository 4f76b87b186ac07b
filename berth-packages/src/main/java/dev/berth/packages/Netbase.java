package dev.berth.packages;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Debian's netbase, from whose {@code /etc/services} {@code registered-ports.properties} in berth-net was made. */
final class Netbase {
    static final String NAME = "netbase";
    static final String VERSION = "6.4";
    static final String PURL = "pkg:deb/debian/" + NAME + "@" + VERSION;
    static final String LICENCE = "GPL-2.0-only";
    static final String HOLDER = "berth-net";

    private Netbase() {}

    /** Whose it is and under which licence, as its {@code /usr/share/doc/netbase/copyright} says. */
    static String notice() throws IOException {
        try (var text = Objects.requireNonNull(Netbase.class.getResourceAsStream("netbase.txt"))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
