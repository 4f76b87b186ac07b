package dev.berth.diagnosis.capacity;

import org.jspecify.annotations.Nullable;

/** A value, and where it came from. */
public record Sourced<T>(T value, Origin origin) {
    static <T> Sourced<T> host(T value) {
        return new Sourced<>(value, Origin.HOST);
    }

    static <T> Sourced<T> assumed(T value) {
        return new Sourced<>(value, Origin.ASSUMED);
    }

    /** What was asked for, or this where nothing was. */
    Sourced<T> unless(@Nullable T asked) {
        return asked == null ? this : new Sourced<>(asked, Origin.ASKED);
    }
}
