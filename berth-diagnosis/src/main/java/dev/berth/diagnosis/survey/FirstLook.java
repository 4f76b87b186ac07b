package dev.berth.diagnosis.survey;

import dev.berth.net.rule.TimeWaitReuse;

/**
 * What the second of two looks is compared with.
 *
 * @param living the connections that were there
 * @param secondsAgo how long before the second look it was
 */
public record FirstLook(Living living, double secondsAgo) {
    /** Whether a TIME_WAIT with that much left began after this look. */
    boolean closedSince(int remainingMillis) {
        return TimeWaitReuse.LENGTH_MILLIS - remainingMillis < secondsAgo * 1000;
    }
}
