package dev.berth.cli.log;

import java.time.Duration;
import java.util.function.Predicate;

/** Waits for more of a log. Where more comes all the time, it pauses for no time now and then, so that others get a turn. */
final class Patience {
    static final Duration PACE = Duration.ofMillis(200);

    private final Predicate<Duration> pause;
    private long paused = System.nanoTime();
    private boolean stopped;

    /**
     * @param pause waits so long, or less when it is time to stop; says whether to stop
     */
    Patience(Predicate<Duration> pause) {
        this.pause = pause;
    }

    /** Something has come. */
    void stir() {
        if (System.nanoTime() - paused >= PACE.toNanos()) {
            pause(Duration.ZERO);
        }
    }

    /** Waits a little, since nothing has come. @return whether to go on */
    boolean goOn() {
        pause(PACE);
        return !stopped;
    }

    private void pause(Duration time) {
        if (!stopped) {
            stopped = pause.test(time);
            paused = System.nanoTime();
        }
    }

    boolean stopped() {
        return stopped;
    }
}
