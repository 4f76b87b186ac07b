package dev.berth.lab.bench;

/**
 * One run of a command, as {@code meas} tells of it.
 *
 * @param cpuMicros user and system time of the whole process
 * @param peakKib the most memory that was resident
 * @param othersMicros what the rest of the machine used the processors meanwhile
 */
public record Sample(long wallNanos, long cpuMicros, long peakKib, long othersMicros, int exitCode) {
    private static final long OTHERS_MICROS = 30_000; // three ticks of /proc/stat, which are noise
    private static final double OTHERS_PART = 0.06;

    static Sample parse(String line) {
        String[] words = line.strip().split(" ", -1);
        return new Sample(
                Long.parseLong(words[0]),
                Long.parseLong(words[1]),
                Long.parseLong(words[2]),
                Long.parseLong(words[3]),
                Integer.parseInt(words[4]));
    }

    /** How many processors others used meanwhile, on average. */
    double disturbance() {
        return othersMicros * 1e3 / wallNanos;
    }

    /** Whether others used the processors more than can be overlooked. */
    boolean isDisturbed() {
        return othersMicros > OTHERS_MICROS + OTHERS_PART * wallNanos / 1e3;
    }
}
