package dev.berth.diagnosis.forecast;

/**
 * How full a tuple space will be: what is in it, and how fast more comes. Ports leave TIME_WAIT when their time is over,
 * everything else goes on as it is.
 *
 * @param living four-tuples that are not in TIME_WAIT
 * @param growth by how many per second those become more, or fewer where it is negative
 * @param timeWaits those in TIME_WAIT, by age
 * @param overdue those whose time is over and whose timer has not run yet
 * @param hold how many seconds a TIME_WAIT keeps its port
 * @param closes how many enter TIME_WAIT each second
 * @param share how much of what is there now counts, 1 for all: a part of the ports has only a part of it, and gets all that
 *     comes
 */
record Filling(
        double living, double growth, LastMinute timeWaits, int overdue, double hold, double closes, double share) {
    /** A forecast further ahead is no use: no load stays the same for a day. */
    static final double HORIZON_SECONDS = 86_400;

    /** How many ports are in use after so many seconds. */
    double inUseAt(double seconds) {
        double closed = 0;
        for (int age = 0; age < LastMinute.SECONDS; age++) {
            closed += timeWaits.at(age) * Math.clamp(hold - seconds - age, 0, 1);
        }
        double lingering = hold - LastMinute.SECONDS;
        if (lingering > 0) {
            closed += overdue * Math.clamp(1 - seconds / lingering, 0, 1);
        }
        return Math.max(0, share * living + growth * seconds) + share * closed + closes * Math.min(seconds, hold);
    }

    /** After how many seconds so many ports are in use; NaN where that does not come within the {@link #HORIZON_SECONDS}. */
    double secondsUntil(int inUse) {
        double before = inUseAt(0);
        if (before >= inUse) {
            return 0;
        }
        int end = (int) Math.ceil(hold);
        for (int second = 1; second <= end; second++) { // between two of them it changes evenly
            double then = inUseAt(second);
            if (then >= inUse) {
                return second - (then - inUse) / (then - before);
            }
            before = then;
        }
        double seconds = growth <= 0 ? Double.NaN : end + (inUse - before) / growth;
        return seconds <= HORIZON_SECONDS ? seconds : Double.NaN;
    }
}
