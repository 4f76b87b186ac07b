package dev.berth.cli.screen;

import dev.berth.diagnosis.capacity.Load;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ports in use against calls a second, from a quarter of them to all. */
final class OccupancyTable {
    private static final int CELLS = 20;

    private OccupancyTable() {}

    private record Row(double callsPerSecond, long ports, String meaning) {}

    /**
     * @param load with at least one port
     * @param wished calls a second that get a row of their own, or null
     * @param cliff what becomes of connects once the ports tried first are used up
     */
    static void print(Page page, Load load, @Nullable Double wished, String cliff) {
        var rows = new ArrayList<Row>();
        int all = load.pool().size();
        int half = load.linux() ? load.pool().triedFirst() : all / 2;
        if (all >= 4) {
            rows.add(row(load, all / 4, ""));
            if (half > 0) {
                rows.add(row(load, half, load.linux() ? cliff : ""));
            }
            rows.add(row(load, all - all / 4, ""));
        }
        rows.add(row(load, all, "connects fail"));
        if (wished != null) {
            rows.add(new Row(wished, load.neededPorts(wished), "the rate asked about"));
        }
        rows.sort(Comparator.comparingDouble(Row::callsPerSecond));
        print(page, rows, load);
    }

    private static Row row(Load load, int ports, String meaning) {
        return new Row(load.sustainableCallsPerSecond() * ports / load.pool().size(), ports, meaning);
    }

    private static void print(Page page, List<Row> rows, Load load) {
        var grid =
                new Grid(">CALLS/S", ">PORTS", ">USED", load.pool().kept() == 0 ? "OF ALL PORTS" : "OF THE PORTS LEFT");
        for (Row row : rows) {
            double percent = 100.0 * row.ports / load.pool().size();
            String bar = Bar.of(percent, CELLS);
            grid.row(
                    Figures.atLeast(row.callsPerSecond),
                    Figures.count(row.ports),
                    Figures.decimal(percent) + "%",
                    row.meaning.isEmpty() ? bar : bar + " ".repeat(CELLS + 2 - bar.length()) + row.meaning);
        }
        grid.print(page, 2);
    }
}
