package dev.berth.diagnosis.explain;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A line of a log, and what it says by hand.
 *
 * @param kind of the product: what the table is grouped by
 * @param alone whether the line alone tells bind from connect; where not, unknown is the right reading
 */
record LabelledLine(String kind, String product, String line, Reading reads, boolean alone) {
    /** A table with the columns of {@code lines.csv}, in any order; one without kinds is all of one kind. */
    static List<LabelledLine> read(InputStream csv) throws IOException {
        return Csv.rows(new String(csv.readAllBytes(), StandardCharsets.UTF_8)).stream()
                .map(LabelledLine::of)
                .toList();
    }

    private static LabelledLine of(Map<String, String> row) {
        return new LabelledLine(
                row.getOrDefault("kind", "all"),
                row.getOrDefault("product", ""),
                row.getOrDefault("line", ""),
                Reading.parse(row.getOrDefault("reads", "")),
                row.getOrDefault("alone", "").equals("yes"));
    }

    @Override
    public String toString() {
        return product + ": " + line;
    }
}
