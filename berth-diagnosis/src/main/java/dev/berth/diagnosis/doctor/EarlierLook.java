package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.Fix;
import dev.berth.platform.Settings;
import java.time.Duration;
import java.util.Map;

/**
 * What a look at the same namespace shortly before showed: it turns sums since boot into what happens now.
 *
 * @param counters {@link Settings#counters()} of that look
 * @param ago how long before the look that is judged
 */
public record EarlierLook(Map<String, Long> counters, Duration ago) {
    /** The way out of what is only known to have happened at some time since boot. */
    static final Fix LOOK_TWICE = new Fix(
            "look-twice",
            "see whether it goes on: two looks a minute apart tell what rises in between",
            "berth doctor --measure 60",
            Fix.Risk.NONE,
            false);

    public EarlierLook {
        counters = Map.copyOf(counters);
    }

    /** By how much a counter has risen since; 0 where either look did not show it. */
    long rise(String counter, Settings now) {
        Long before = counters.get(counter);
        return before == null ? 0 : Math.max(0, now.counter(counter).orElse(before) - before);
    }

    /** {@code in 10 s}. */
    String within() {
        return "in " + Math.max(1, Math.round(ago.toMillis() / 1000.0)) + " s";
    }
}
