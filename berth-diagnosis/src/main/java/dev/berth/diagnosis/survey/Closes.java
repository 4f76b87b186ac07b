package dev.berth.diagnosis.survey;

import dev.berth.diagnosis.forecast.LastMinute;
import java.util.Arrays;

/**
 * How many connections this side closed in each second of the last minute, by tuple space or by port: 120 bytes for one that
 * has any, nothing for the others.
 */
public final class Closes {
    private static final LastMinute NOTHING = new LastMinute(new char[LastMinute.SECONDS]);
    private static final int A_SECOND = 1000;

    private char[][] byAge = new char[64][]; // null for a number that has none

    /** Counts one; {@code remainingMillis} is more than 0. */
    void add(int number, int remainingMillis) {
        char[] own = own(number);
        int age = Math.max(0, (LastMinute.SECONDS * A_SECOND - 1 - remainingMillis) / A_SECOND);
        if (own[age] < Character.MAX_VALUE) {
            own[age]++;
        }
    }

    /** Adds those that {@code other} has under the number {@code there}. */
    void addAll(int number, Closes other, int there) {
        if (!other.has(there)) {
            return;
        }
        char[] own = own(number);
        char[] more = other.byAge[there];
        for (int age = 0; age < own.length; age++) {
            own[age] = (char) Math.min(Character.MAX_VALUE, own[age] + more[age]);
        }
    }

    private boolean has(int number) {
        return number < byAge.length && byAge[number] != null;
    }

    private char[] own(int number) {
        if (number >= byAge.length) {
            byAge = Arrays.copyOf(byAge, Math.max(number + 1, byAge.length * 2));
        }
        if (byAge[number] == null) {
            byAge[number] = new char[LastMinute.SECONDS];
        }
        return byAge[number];
    }

    /** How many whole seconds lie between the oldest of them and the newest; 0 where there is one at most. */
    public int spreadSeconds(int number) {
        int newest = -1;
        int oldest = -1;
        for (int age = 0; has(number) && age < LastMinute.SECONDS; age++) {
            if (byAge[number][age] > 0) {
                newest = newest < 0 ? age : newest;
                oldest = age;
            }
        }
        return oldest - newest;
    }

    public LastMinute lastMinute(int number) {
        return has(number) ? new LastMinute(byAge[number]) : NOTHING;
    }
}
