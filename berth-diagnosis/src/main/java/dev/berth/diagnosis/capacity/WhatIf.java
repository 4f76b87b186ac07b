package dev.berth.diagnosis.capacity;

import dev.berth.net.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for in place of a host's own numbers; null is what was not. The units are those of {@link Load}.
 *
 * @param callsPerSecond the rate that is wished for
 * @param to the destination whose numbers are taken from the host
 */
public record WhatIf(
        @Nullable Pool pool,
        @Nullable Double timeWaitSeconds,
        @Nullable Double holdSeconds,
        @Nullable Long sources,
        @Nullable Long destinations,
        @Nullable Double retries,
        @Nullable Double callsPerSecond,
        @Nullable Endpoint to) {
    /** Whether a host's numbers are wanted for something. */
    public boolean needsHost() {
        return pool == null || timeWaitSeconds == null || to != null;
    }

    /** Whether nothing is asked but how the host stands. */
    public boolean asksNothing() {
        return pool == null
                && timeWaitSeconds == null
                && holdSeconds == null
                && sources == null
                && destinations == null
                && retries == null
                && callsPerSecond == null
                && to == null;
    }
}
