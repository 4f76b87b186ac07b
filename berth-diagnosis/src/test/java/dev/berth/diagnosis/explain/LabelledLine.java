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
 * @param operation what it really was, which the line alone need not tell
 * @param alone whether it does; where not, unknown is the right reading, and a guess is one if it is good
 */
record LabelledLine(String kind, String product, String operation, String line, Reading reads, boolean alone) {
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
                row.getOrDefault("operation", ""),
                row.getOrDefault("line", ""),
                Reading.parse(row.getOrDefault("reads", "")),
                row.getOrDefault("alone", "").equals("yes"));
    }

    /** What of the labels a reading is held against: where the line does not tell the operation, that of a guess. */
    Reading labelFor(Reading read) {
        return alone || !read.operation().equals(operation) ? reads : reads.withOperation(operation);
    }

    @Override
    public String toString() {
        return product + ": " + line;
    }
}
