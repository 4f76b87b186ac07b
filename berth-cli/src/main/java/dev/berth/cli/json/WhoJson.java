package dev.berth.cli.json;

import dev.berth.cli.look.Occupancy;
import java.io.OutputStream;

/** {@code berth.who/1}. */
public final class WhoJson {
    private WhoJson() {}

    public static void write(OutputStream out, Occupancy who) {
        try (var document = new Document(out, "who")) {
            document.json().writeNumberProperty("port", who.port());
            document.json().writeStringProperty("protocol", who.protocol().label());
            document.json().writeBooleanProperty("holdersComplete", who.complete());
            document.holders(who.holders());
            document.end(who.gaps());
        }
    }
}
