package dev.berth.diagnosis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What somebody who mistyped may have meant. */
public final class Nearest {
    private static final int MOST_EDITS = 2;

    private Nearest() {}

    /** The candidate at most two edits away, or null. */
    public static @Nullable String to(String typed, List<String> candidates) {
        String nearest = null;
        int fewest = MOST_EDITS + 1;
        for (String candidate : candidates) {
            int edits = edits(typed, candidate);
            if (edits < fewest && edits < candidate.length()) {
                fewest = edits;
                nearest = candidate;
            }
        }
        return nearest;
    }

    private static int edits(String one, String other) { // Levenshtein's distance, a row at a time
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int substitute = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substitute, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
