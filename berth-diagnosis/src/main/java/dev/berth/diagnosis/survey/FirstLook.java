package dev.berth.diagnosis.survey;

/**
 * What the second of two looks is compared with.
 *
 * @param living the connections that were there
 * @param secondsAgo how long before the second look it was
 */
public record FirstLook(Living living, double secondsAgo) {
    private static final int TIME_WAIT_MILLIS = 60_000; // TCP_TIMEWAIT_LEN, a constant of the kernel

    /** Whether a TIME_WAIT with that much left began after this look. */
    boolean closedSince(int remainingMillis) {
        return TIME_WAIT_MILLIS - remainingMillis < secondsAgo * 1000;
    }
}
