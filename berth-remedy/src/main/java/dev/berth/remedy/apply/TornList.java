package dev.berth.remedy.apply;

import dev.berth.platform.ReservedList;
import dev.berth.remedy.plan.SettingValue;
import org.jspecify.annotations.Nullable;

/** Tells a list that was written in part from one that somebody else has set. */
final class TornList {
    /** What the first write takes at least: all but a range that may not have fitted any more, {@code 65534-65535}. */
    private static final int SHORTEST = ReservedList.ONE_WRITE_BYTES - "65534-65535".length();

    private TornList() {}

    /**
     * Whether {@code now} is what a writer has left that was killed between two writes of {@code whole}: the first pages of
     * it, or those added to what was {@code found}, where the list was to grow.
     */
    static boolean is(String whole, @Nullable String found, String now) {
        ReservedList there = SettingValue.readable(now);
        if (there == null || whole.length() <= SHORTEST) {
            return false;
        }
        int end = 0; // of what is there
        while (end < whole.length()) {
            int comma = whole.indexOf(',', end);
            int next = comma < 0 ? whole.length() : comma;
            ReservedList range = SettingValue.readable(whole.substring(end, next));
            if (range == null || !there.covers(range)) {
                break;
            }
            end = next + 1;
        }
        if (end < SHORTEST || end >= whole.length()) {
            return false;
        }
        ReservedList written = SettingValue.readable(whole.substring(0, end - 1));
        ReservedList before = SettingValue.readable(found);
        return there.equals(written) || written != null && before != null && there.equals(before.plus(written));
    }
}
