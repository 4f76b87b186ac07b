package dev.berth.remedy.free;

import java.time.Duration;

/** The passing of time, so that a test need not wait for it. */
public interface Pace {
    Pace REAL = new Pace() {
        @Override
        public Duration elapsed() {
            return Duration.ofNanos(System.nanoTime());
        }

        @Override
        public void sleep(Duration time) throws InterruptedException {
            Thread.sleep(time);
        }
    };

    /** Since some moment that stays the same. */
    Duration elapsed();

    void sleep(Duration time) throws InterruptedException;
}
