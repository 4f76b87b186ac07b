package dev.berth.diagnosis.explain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Recognises lines. Immutable. */
public final class Recogniser {
    private final Literals triggers = new Literals(List.of("address already in use"));

    /** One that knows every product. */
    public static Recogniser ofAllProducts() {
        return new Recogniser();
    }

    /** What a line has at least one of, if {@link #recognise} finds anything in it. */
    public Literals triggers() {
        return triggers;
    }

    /** What the line tells; null for nothing about ports. */
    @Nullable
    Clue recognise(String line) {
        return null;
    }
}
