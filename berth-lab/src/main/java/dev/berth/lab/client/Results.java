package dev.berth.lab.client;

import java.util.Formatter;
import java.util.List;
import java.util.Locale;

/** What a run of {@link ConnectBench} came to. */
record Results(int ports, List<Cell> cells) {
    List<Ratio> ratios() {
        return Ratio.of(cells);
    }

    /** Connects that found no port although one was free; the library's. */
    int failedWhileFree() {
        return cells.stream()
                .filter(cell -> !cell.scene().full() && cell.way().name().startsWith("LIBRARY"))
                .mapToInt(Cell::failed)
                .sum();
    }

    /** Connects that found a port although none was free. */
    int connectedWhileFull() {
        return cells.stream()
                .filter(cell -> cell.scene().full())
                .mapToInt(cell -> cell.connects() - cell.failed())
                .sum();
    }

    /** For the program that started this one: a line for each figure, its first word says which, tabs between the words. */
    String lines() {
        var lines = new Formatter(Locale.ROOT);
        lines.format("ports\t%d%n", ports);
        for (Cell cell : cells) {
            lines.format(
                    "cell\t%s\t%s\t%.3f\t%.3f\t%.3f\t%.3f\t%d\t%d%n",
                    cell.scene(),
                    cell.way(),
                    cell.median(),
                    cell.lowestMedian(),
                    cell.highestMedian(),
                    cell.p99(),
                    cell.connects(),
                    cell.failed());
        }
        for (Ratio ratio : ratios()) {
            lines.format(
                    "ratio\t%s\t%.6f\t%.6f\t%.6f\t%s\t%s\t%s%n",
                    ratio.text(),
                    ratio.measured(),
                    ratio.lowest(),
                    ratio.highest(),
                    ratio.required(),
                    ratio.stretch(),
                    ratio.atMost());
        }
        lines.format("never\tthe library's connects that failed while a port was free\t%d%n", failedWhileFree());
        lines.format("never\tconnects that found a port while none was free\t%d%n", connectedWhileFull());
        return lines.toString();
    }
}
