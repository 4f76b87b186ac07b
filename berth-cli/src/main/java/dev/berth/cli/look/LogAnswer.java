package dev.berth.cli.look;

import dev.berth.platform.Gap;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the lines of one log come to.
 *
 * @param file where they were read from, as it was named; null for what has no name
 * @param lines how many were read
 * @param incidents of each kind one, as they were first seen
 * @param beyond how many incidents more there were, of kinds that were not told apart any more
 * @param unread what of the log could not be read as it stood
 */
public record LogAnswer(
        @Nullable String file, long lines, List<IncidentAnswer> incidents, long beyond, List<Gap> unread) {
    public LogAnswer {
        incidents = List.copyOf(incidents);
        unread = List.copyOf(unread);
    }

    /** What could not be seen, of all these logs and of the host, each once. */
    public static List<Gap> gaps(List<LogAnswer> logs) {
        var gaps = new LinkedHashSet<Gap>();
        for (LogAnswer log : logs) {
            for (Gap gap : log.unread) {
                String of = log.file == null || logs.size() == 1 ? "" : log.file + ": ";
                gaps.add(new Gap(of + gap.what(), gap.why()));
            }
        }
        for (LogAnswer log : logs) {
            log.incidents.forEach(incident -> gaps.addAll(incident.gaps()));
        }
        return new ArrayList<>(gaps);
    }
}
