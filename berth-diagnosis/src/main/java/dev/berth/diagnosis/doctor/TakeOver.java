package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.Recycling;
import dev.berth.diagnosis.survey.Survey;
import dev.berth.platform.Settings;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Whether new connections do take over the TIME_WAITs that the settings let them. Both ends must have used TCP timestamps,
 * which no socket table shows; the counter {@code TWRecycled} shows whether it happens at all, in this network namespace.
 */
final class TakeOver {
    private static final String COUNTER = "TcpExt.TWRecycled";

    private final Survey survey;
    private final int delaySeconds;
    private final boolean never;
    private final boolean notSince;

    /**
     * @param earlier a look shortly before; null where there was none
     */
    TakeOver(Survey survey, Settings settings, @Nullable EarlierLook earlier) {
        this.survey = survey;
        this.delaySeconds = Math.ceilDiv(Recycling.of(settings).delayMillis(), 1000);
        OptionalLong ever = settings.counter(COUNTER);
        this.never = ever.isPresent() && ever.getAsLong() == 0;
        this.notSince = earlier != null
                && ever.isPresent()
                && earlier.counters().containsKey(COUNTER)
                && earlier.rise(COUNTER, settings) == 0;
    }

    /**
     * Whether it does not work for a space that the settings allow it for: an inference. Linux prefers an old enough TIME_WAIT
     * that it comes by to a free port further on. So where all ports are in use, some for longer than the delay before others,
     * entries must have been taken over if they can be; and so where connections were opened to a full space.
     */
    boolean isInVain(int space, int capacity) {
        boolean full = Exhaustion.exhausted(capacity - survey.tally().inUse(space), capacity);
        return full
                && survey.tally().aged(space) > 0
                && (never && survey.closes().spreadSeconds(space) > delaySeconds
                        || notSince && survey.tally().opened(space) > 0);
    }
}
