package dev.berth.remedy.free;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the asker permits.
 *
 * @param patience how long a closed connection may be waited for
 * @param by the only way that may be taken, or null for the gentlest that works
 * @param grace how long a process or service has to end
 * @param force whether a process that has not ended by then is killed
 */
public record FreeOptions(Duration patience, @Nullable Way by, Duration grace, boolean force) {
    /** For who waits however long it takes: no timer of the kernel is longer. */
    public static final Duration ANY_TIME = Duration.ofMillis(Integer.MAX_VALUE);

    FreeOptions by(Way only) {
        return new FreeOptions(patience, only, grace, force);
    }
}
