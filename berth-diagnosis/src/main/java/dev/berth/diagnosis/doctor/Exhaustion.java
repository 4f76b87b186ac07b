package dev.berth.diagnosis.doctor;

/** How full a tuple space is, as Linux behaves. */
public final class Exhaustion {
    private static final double CLIFF_PERCENT = 90;
    private static final int TOLERANCE_DIVISOR = 200;

    private Exhaustion() {}

    /** {@link #exhausted(Destination)} of so many ports that are left. */
    public static boolean exhausted(int left, int capacity) {
        return left <= capacity / TOLERANCE_DIVISOR;
    }

    /** Whether that much of the half tried first is as good as all of it. */
    public static boolean pastCliff(double preferredHalfUsedPercent) {
        return preferredHalfUsedPercent >= CLIFF_PERCENT;
    }

    /**
     * Whether connects fail for want of a port, or are about to. Half a percent of the ports may be missing from the count: the
     * table is read over milliseconds in which entries expire and are taken again, and the capacity is an upper bound.
     */
    static boolean exhausted(Destination destination) {
        Integer capacity = destination.capacity();
        Integer left = destination.use().left();
        return capacity != null && left != null && exhausted(left, capacity);
    }

    /** Whether connects soon scan the whole half of the range that they try first. */
    static boolean pastCliff(Destination destination) {
        Double preferred = destination.preferredHalfUsedPercent();
        return preferred != null && pastCliff(preferred) && !exhausted(destination);
    }

    /** Whether there are ports that only a setting keeps new connections from taking over. */
    static boolean takeOverWouldHelp(Destination destination) {
        return destination.timeWait() > 0
                && !destination.takesOver()
                && destination.use().inVain() == 0;
    }
}
