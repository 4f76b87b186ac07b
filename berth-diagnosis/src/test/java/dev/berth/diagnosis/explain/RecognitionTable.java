package dev.berth.diagnosis.explain;

import dev.berth.diagnosis.explain.Reading.Verdict;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How many lines are read right, wrong, or not to the end, for each kind of product. */
final class RecognitionTable {
    private final Map<String, Map<Verdict, Integer>> kinds = new TreeMap<>();
    private final Map<Verdict, Integer> all = new EnumMap<>(Verdict.class);
    private final StringBuilder others = new StringBuilder();

    RecognitionTable(Recogniser recogniser, List<LabelledLine> lines) {
        for (LabelledLine line : lines) {
            Reading read = Reading.of(recogniser.recognise(line.line()));
            Verdict verdict = read.against(line.labelFor(read));
            kinds.computeIfAbsent(line.kind(), kind -> new EnumMap<>(Verdict.class))
                    .merge(verdict, 1, Integer::sum);
            all.merge(verdict, 1, Integer::sum);
            if (verdict != Verdict.RIGHT) {
                others.append("%s  %s%n         says %s%n         read %s%n"
                        .formatted(verdict.name().toLowerCase(Locale.ROOT), line, line.reads(), read));
            }
        }
    }

    int count(Verdict verdict) {
        return all.getOrDefault(verdict, 0);
    }

    @Override
    public String toString() {
        var text = new StringBuilder("%-20s %5s %5s %5s %7s%n".formatted("", "rows", "right", "wrong", "unknown"));
        kinds.forEach((kind, counts) -> text.append(row(kind, counts)));
        return text.append(row("all", all))
                .append(System.lineSeparator())
                .append(others)
                .toString();
    }

    private static String row(String name, Map<Verdict, Integer> counts) {
        return "%-20s %5d %5d %5d %7d%n"
                .formatted(
                        name,
                        counts.values().stream().mapToInt(Integer::intValue).sum(),
                        counts.getOrDefault(Verdict.RIGHT, 0),
                        counts.getOrDefault(Verdict.WRONG, 0),
                        counts.getOrDefault(Verdict.UNKNOWN, 0));
    }
}
