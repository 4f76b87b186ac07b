package dev.berth.diagnosis.doctor;

/**
 * How full a table of the kernel is.
 *
 * @param limit how many entries there may be; 0 or less where none may
 */
record Fill(long used, long limit) {
    boolean reaches(int percent) {
        return used * 100 >= limit * percent;
    }

    /** Whole percents, rounded down. */
    String percent() {
        return Words.percent(limit <= 0 ? 100 : 100.0 * used / limit);
    }
}
