package dev.berth.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Measurements: a row for each way, the first as it was before, and a column for each thing that was measured. */
public final class Table {
    private final String title;
    private final List<Column> columns;
    private final List<Row> rows = new ArrayList<>();

    /**
     * @param head as it is printed
     * @param name in JSON, with the unit: {@code waitSeconds}
     * @param decimals how many are printed
     */
    public record Column(String head, String name, int decimals) {}

    /**
     * @param values by column name; none where it was not measured
     */
    public record Row(String way, Map<String, Double> values) {
        public @Nullable Double value(Column column) {
            return values.get(column.name);
        }
    }

    public Table(String title, Column... columns) {
        this.title = title;
        this.columns = List.of(columns);
    }

    /** Values in the order of the columns; NaN where it was not measured. */
    public void add(String way, double... values) {
        if (values.length != columns.size()) {
            throw new IllegalArgumentException(Arrays.toString(values) + " for " + columns);
        }
        var byName = new TreeMap<String, Double>();
        for (int i = 0; i < values.length; i++) {
            if (!Double.isNaN(values[i])) {
                byName.put(columns.get(i).name, values[i]);
            }
        }
        rows.add(new Row(way, Map.copyOf(byName)));
    }

    public String title() {
        return title;
    }

    public List<Column> columns() {
        return columns;
    }

    public List<Row> rows() {
        return List.copyOf(rows);
    }
}
