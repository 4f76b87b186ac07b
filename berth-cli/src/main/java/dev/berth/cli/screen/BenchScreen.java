package dev.berth.cli.screen;

import dev.berth.lab.bench.BenchResult;
import dev.berth.lab.bench.Budget;
import dev.berth.lab.bench.Comparison;
import dev.berth.lab.bench.ConnectCell;
import dev.berth.lab.bench.Figures;
import dev.berth.lab.bench.SceneResult;
import dev.berth.lab.bench.Series;
import dev.berth.lab.bench.Skipped;
import dev.berth.lab.bench.Unchecked;
import java.util.List;
import java.util.Locale;

/** Berth beside other tools: a scene when it has been measured, and what all came to. */
public final class BenchScreen {
    private static final int INDENT = 2;

    private BenchScreen() {}

    public static void print(Page page, SceneResult scene) {
        page.line(page.ink().bold(scene.title()) + "  " + page.ink().dim(scene.name()));
        switch (scene) {
            case SceneResult.Commands commands -> commands(page, commands);
            case SceneResult.Connects connects -> connects(page, connects);
        }
        comparisons(page, scene.comparisons());
        page.blank();
    }

    private static void commands(Page page, SceneResult.Commands scene) {
        var grid = new Grid("COMMAND", ">WALL MS, MEDIAN [MIN, MAX]", ">CPU MS", ">PEAK MIB", ">RUNS", ">DISTURBED");
        for (Series series : scene.series()) {
            grid.row(
                    series.contender().name(),
                    Figures.spread(series.wallMillis()),
                    Figures.number(series.cpuMillis().median()),
                    Figures.number(series.peakMebibytes().max()),
                    Integer.toString(series.runs()),
                    Integer.toString(series.disturbed()));
        }
        grid.print(page, INDENT);
        for (Skipped skipped : scene.skipped()) {
            page.prose(
                    INDENT, page.ink().yellow("left out") + "  " + skipped.name() + ": " + Escaped.text(skipped.why()));
        }
    }

    private static void connects(Page page, SceneResult.Connects scene) {
        var grid = new Grid("PORTS TAKEN", "WAY", ">µS, MEDIAN [MIN, MAX]", ">P99", ">CONNECTS", ">FAILED");
        for (ConnectCell cell : scene.cells()) {
            grid.row(
                    cell.fill(),
                    cell.way(),
                    Figures.spread(cell.micros()),
                    Figures.number(cell.p99Micros()),
                    String.format(Locale.ROOT, "%,d", cell.connects()),
                    String.format(Locale.ROOT, "%,d", cell.failed()));
        }
        grid.print(page, INDENT);
    }

    private static void comparisons(Page page, List<Comparison> comparisons) {
        page.blank();
        boolean judged = comparisons.stream().anyMatch(one -> one.budget() != null);
        var grid = new Grid(
                "COMPARED",
                ">MEASURED [MIN, MAX]",
                judged ? ">REQUIRED" : "",
                judged ? ">STRETCH" : "",
                judged ? "VERDICT" : "");
        comparisons.forEach(comparison -> grid.row(row(comparison)));
        grid.print(page, INDENT);
    }

    private static String[] row(Comparison comparison) {
        Budget budget = comparison.budget();
        return new String[] {
            comparison.what(),
            Figures.measured(comparison),
            budget == null ? "" : Figures.bound(budget, budget.required()),
            budget == null ? "" : Figures.bound(budget, budget.stretch()),
            Figures.verdict(comparison)
        };
    }

    /** How far the numbers can be trusted. */
    public static void end(Page page, BenchResult result) {
        if (result.runs() > 0) {
            page.prose(
                    0,
                    String.format(
                            Locale.ROOT,
                            "%,d runs. %,d more were thrown away because others used the processors meanwhile; %,d that were disturbed had to be kept.",
                            result.runs(),
                            result.repeated(),
                            result.disturbed()));
        }
        if (result.quick()) {
            page.prose(0, "Quick: a few sockets, and nothing was repeated. The numbers say nothing.");
        }
    }

    /** What every budget says, one line each. */
    public static void check(Page page, BenchResult result) {
        page.blank().line(page.ink().bold("Budgets"));
        result.comparisons()
                .filter(one -> one.budget() != null)
                .forEach(one -> page.line("  " + verdict(page, one) + "  " + one.scene() + ": " + one.what() + "  "
                        + Figures.measured(one) + ", required " + required(one)));
        for (Unchecked unchecked : result.unchecked().toList()) {
            page.line("  " + page.ink().yellow("not checked") + "  " + unchecked.scene() + ": " + unchecked.what()
                    + ": " + unchecked.why());
        }
        page.prose(
                0,
                String.format(
                        Locale.ROOT,
                        "A budget that is missed by up to %.0f %% counts as noise.",
                        100 * Budget.TOLERANCE));
    }

    /** A scene that could not be measured. */
    public static void failed(Page page, Skipped scene) {
        page.prose(0, page.ink().yellow("left out") + "  " + scene.name() + ": " + Escaped.text(scene.why()));
        page.blank();
    }

    /** What was asked for and is missing; nothing where all is there. */
    public static void leftOut(Page page, List<String> what) {
        if (!what.isEmpty()) {
            page.prose(0, page.ink().yellow("Incomplete: not measured") + " " + String.join("; ", what) + ".");
        }
    }

    private static String required(Comparison comparison) {
        Budget budget = comparison.budget();
        return budget == null ? "" : Figures.bound(budget, budget.required());
    }

    private static String verdict(Page page, Comparison comparison) {
        return switch (comparison.verdict()) {
            case NO_BUDGET -> "";
            case STRETCH_MET, MET -> page.ink().green("met        ");
            case MISSED_BY_NOISE -> page.ink().yellow("noise?     ");
            case MISSED -> page.ink().red("missed     ");
            case DISTURBED -> page.ink().yellow("disturbed  ");
        };
    }
}
