package dev.berth.cli.log;

import java.time.Duration;
import java.util.function.Predicate;

/** Waits for more of a log. */
final class Patience {
    static final Duration PACE = Duration.ofMillis(200);

    /** After so long a silence what has been told is complete. */
    static final Duration SILENCE = Duration.ofSeconds(1);

    private final Predicate<Duration> pause;
    private final Runnable idle;
    private Duration quiet = Duration.ZERO;
    private boolean stopped;

    /**
     * @param pause waits so long, or less when it is time to stop; says whether to stop
     * @param idle called once for every silence of a second
     */
    Patience(Predicate<Duration> pause, Runnable idle) {
        this.pause = pause;
        this.idle = idle;
    }

    /** Something has come. */
    void stir() {
        quiet = Duration.ZERO;
    }

    /** Waits a little, since nothing has come. @return whether to go on */
    boolean goOn() {
        if (!stopped) {
            stopped = pause.test(PACE);
        }
        boolean before = quiet.compareTo(SILENCE) < 0;
        quiet = quiet.plus(PACE);
        if (before && quiet.compareTo(SILENCE) >= 0) {
            idle.run();
        }
        return !stopped;
    }

    boolean stopped() {
        return stopped;
    }
}
