package dev.berth.lab.program;

import java.util.Arrays;
import java.util.Locale;
import java.util.StringJoiner;

/** What became of the calls of several threads. */
final class Tally {
    private final long begun = System.nanoTime();
    private int answered;
    private int failed;
    private int firstFailed = Integer.MAX_VALUE;
    private long[] nanos = new long[1_024];

    /** @param start when the call began */
    synchronized void answered(long start) {
        if (answered == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * answered);
        }
        nanos[answered++] = System.nanoTime() - start;
    }

    synchronized void failed(int call) {
        failed++;
        firstFailed = Math.min(firstFailed, call); // threads fail out of turn
    }

    /** All that is known by now, on one line. */
    synchronized String told(int connections) {
        double seconds = seconds();
        var told = new StringJoiner(" ");
        told.add("calls=" + (answered + failed)).add("failed=" + failed);
        if (failed > 0) {
            told.add("firstFailed=" + firstFailed);
        }
        told.add("connections=" + connections)
                .add("seconds=" + oneDecimal(seconds))
                .add("answeredPerSecond=" + Math.round(answered / seconds));
        if (answered > 0) {
            Arrays.sort(nanos, 0, answered);
            told.add("medianMillis=" + oneDecimal(nanos[answered / 2] / 1e6));
        }
        return told.toString();
    }

    private double seconds() {
        return (System.nanoTime() - begun) / 1e9;
    }

    private static String oneDecimal(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
