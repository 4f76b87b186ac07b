package dev.berth.lab.client;

import java.util.List;

/**
 * What a destination's ports are taken by.
 *
 * @param percent of the kernel's ports, and of the library's
 * @param timeWait whether the connections that took them are closed, and wait; else they are established
 */
record Scene(int percent, boolean timeWait) {
    static final Scene EMPTY = new Scene(0, false);

    /** The fills, each measured established first and then in TIME_WAIT. */
    static final List<Integer> FILLS = List.of(45, 90, 99, 100);

    /** Whether the kernel's preferred half of the ports is used up: from then on each connect looks through it in vain. */
    boolean pastCliff() {
        return percent >= 50;
    }

    /** Whether no port is left. */
    boolean full() {
        return percent == 100;
    }

    @Override
    public String toString() {
        return percent == 0 ? "empty" : percent + " % " + (timeWait ? "TIME_WAIT" : "established");
    }
}
