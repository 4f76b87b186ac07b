package dev.berth.cli.screen;

import dev.berth.lab.Scenario;
import dev.berth.lab.Table;
import dev.berth.lab.Told;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A scenario as it is told, and the list of all. */
public final class LabScreen {
    private static final int OUTPUT_INDENT = 2;
    private static final String TAB = "    ";

    private LabScreen() {}

    public static void list(Page page, List<Scenario> scenarios) {
        for (Scenario scenario : scenarios) {
            page.entry(scenario.name(), scenario.summary());
        }
    }

    public static void print(Page page, Told told) {
        switch (told) {
            case Told.Part part -> page.blank().line(page.ink().bold(part.title()));
            case Told.Words words -> page.prose(0, words.text());
            case Told.Typed typed -> typed(page, typed);
            case Told.Claim claim ->
                page.line((claim.held() ? page.ink().green("ok") : page.ink().red("NOT SO")) + "  " + claim.claim());
            case Told.Skipped skipped ->
                page.line(page.ink().yellow("left out") + "  " + skipped.what() + ": " + Escaped.text(skipped.why()));
            case Told.Measured measured -> table(page, measured.table());
            case Told.Drawn drawn -> page.line(drawn.title());
            case Told.Kept kept -> {
                page.blank().line("Enter it: " + String.join(" ", kept.enter()));
                page.line("End it:   " + String.join(" ", kept.end()));
            }
        }
    }

    private static void typed(Page page, Told.Typed typed) {
        page.blank().line(page.ink().bold(typed.machine() + "$ " + typed.line()));
        typed.output()
                .replace("\t", TAB)
                .lines()
                .forEach(line -> page.line(line.isEmpty() ? "" : " ".repeat(OUTPUT_INDENT) + Escaped.text(line)));
    }

    private static void table(Page page, Table table) {
        page.blank().line(page.ink().bold(table.title()));
        var grid = new Grid(Stream.concat(
                        Stream.of("WAY"), table.columns().stream().map(column -> ">" + column.head()))
                .toArray(String[]::new));
        for (Table.Row row : table.rows()) {
            grid.row(Stream.concat(
                            Stream.of(row.way()), table.columns().stream().map(column -> cell(row, column)))
                    .toArray(String[]::new));
        }
        grid.print(page, OUTPUT_INDENT);
    }

    private static String cell(Table.Row row, Table.Column column) {
        Double value = row.value(column);
        return value == null ? "-" : String.format(Locale.ROOT, "%,." + column.decimals() + "f", value);
    }
}
