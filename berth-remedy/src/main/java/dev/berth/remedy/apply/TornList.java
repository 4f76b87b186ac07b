package dev.berth.remedy.apply;

import dev.berth.platform.ReservedList;
import dev.berth.remedy.plan.SettingValue;

/** Tells a list that was written in part from one that somebody else has set. */
final class TornList {
    /** The smallest page (4,096 bytes) less the longest range that may not have fitted any more, {@code 65534-65535,}. */
    private static final int SHORTEST = 4_096 - 12;

    private TornList() {}

    /** Whether {@code now} is what the first pages of {@code whole} say, and not all of it. */
    static boolean is(String whole, String now) {
        ReservedList there = SettingValue.readable(now);
        if (there == null || whole.length() <= SHORTEST) {
            return false;
        }
        int end = 0; // of what is there
        while (end < whole.length()) {
            int comma = whole.indexOf(',', end);
            int next = comma < 0 ? whole.length() : comma;
            ReservedList range = SettingValue.readable(whole.substring(end, next));
            if (range == null || !range.minus(there).equals(ReservedList.EMPTY)) {
                break;
            }
            end = next + 1;
        }
        return end >= SHORTEST
                && end < whole.length()
                && there.equals(SettingValue.readable(whole.substring(0, end - 1)));
    }
}
