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
    /** TIME_WAIT lasts 60 s (TCP_TIMEWAIT_LEN, net/tcp.h), and its timer may be 2 s late. */
    private static final Duration LONGEST_TIME_WAIT = Duration.ofSeconds(62);

    public FreeOptions {
        if (by == Way.WAIT && patience.isZero()) {
            patience = LONGEST_TIME_WAIT;
        }
    }

    FreeOptions by(Way only) {
        return new FreeOptions(patience, only, grace, force);
    }
}
