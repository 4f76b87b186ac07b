package dev.berth.diagnosis.forecast;

/**
 * What is in a tuple space and what comes: all that a {@link Forecast} is made of.
 *
 * @param inUse four-tuples in any state
 * @param timeWait how many of them are in TIME_WAIT
 * @param lastMinute those whose time is not over, by age
 * @param closes how fast this side closes connections
 * @param growth by how many per second the living connections become more; 0 where only one look was taken
 * @param takenOverAfterSeconds how old a TIME_WAIT must be for a new connection to take it over; 60 and more where it may not
 */
public record Load(
        int inUse, int timeWait, LastMinute lastMinute, Rate closes, Growth growth, double takenOverAfterSeconds) {
    /** A change per second, and two standard deviations either way. */
    public record Growth(double perSecond, double low, double high) {
        /** Nothing is known to change. */
        public static final Growth NONE = new Growth(0, 0, 0);
    }

    /** Whether there is a rate to build on. */
    boolean isSettled() {
        return closes.isSettled() || growth.perSecond != 0;
    }

    int living() {
        return inUse - timeWait;
    }

    /** How long a TIME_WAIT keeps its port from other connections. */
    double hold() {
        return takenOverAfterSeconds < LastMinute.SECONDS ? takenOverAfterSeconds : LastMinute.LONGEST_SECONDS;
    }

    Filling expected() {
        return share(1);
    }

    Filling fastest() {
        return filling(growth.high, hold(), closes.high(), 1);
    }

    Filling slowest() {
        return filling(growth.low, Math.min(takenOverAfterSeconds, LastMinute.SECONDS), closes.low(), 1);
    }

    /** Of a part of the ports, which has only a share of what is in use. */
    Filling share(double share) {
        return filling(growth.perSecond, hold(), closes.perSecond(), share);
    }

    private Filling filling(double growing, double hold, double closing, double share) {
        int overdue = Math.max(0, timeWait - lastMinute.sum(0, LastMinute.SECONDS));
        return new Filling(living(), growing, lastMinute, overdue, hold, closing, share);
    }
}
