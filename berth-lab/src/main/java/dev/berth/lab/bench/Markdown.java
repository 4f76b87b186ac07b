package dev.berth.lab.bench;

import java.util.Collection;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a run came to, as part of a page in Markdown. */
final class Markdown {
    private final Formatter text = new Formatter(Locale.ROOT);

    private Markdown() {}

    /**
     * @param folder where the plots are, seen from the page
     */
    static String of(BenchResult result, String folder, Collection<Plot> plots) {
        var page = new Markdown();
        page.preface(result);
        result.scenes().forEach(page::scene);
        for (Plot plot : plots) {
            page.line("![" + plot.inWords() + "](" + folder + "/" + plot.file() + ")")
                    .line("");
        }
        page.comparisons(result);
        return page.text.toString();
    }

    private Markdown line(String line) {
        text.format("%s%n", line);
        return this;
    }

    private void preface(BenchResult result) {
        if (result.quick()) {
            line("**A quick run, to see that it runs: the numbers say nothing.**")
                    .line("");
        }
        if (!result.notAsked().isEmpty()) {
            text.format("Scenes that are not in this run: %s.%n%n", String.join(", ", result.notAsked()));
        }
        for (Skipped scene : result.failed()) {
            text.format("Could not be measured: %s. %s%n%n", scene.name(), scene.why());
        }
        String versions = result.versions().entrySet().stream()
                .map(one -> one.getKey() + " " + one.getValue())
                .collect(Collectors.joining(", "));
        text.format("Versions: %s.%n%n", versions);
        if (result.runs() == 0) {
            return;
        }
        text.format(
                "%,d runs in %d rounds; %,d more were thrown away because others used the processors meanwhile, and %,d that were disturbed had to be kept.%n%n",
                result.runs(), result.rounds(), result.repeated(), result.disturbed());
    }

    private void scene(SceneResult scene) {
        text.format("### %s%n%n", scene.title());
        switch (scene) {
            case SceneResult.Commands commands -> commands(commands);
            case SceneResult.Connects connects -> connects(connects);
        }
        line("");
    }

    private void commands(SceneResult.Commands scene) {
        text.format("| `--scene %s` | wall ms | processor ms | peak MiB | runs |%n", scene.name());
        line("|---|---|---|---|---|");
        for (Series series : scene.series()) {
            text.format(
                    "| %s | %s | %s | %s | %d%s |%n",
                    name(series.contender().name()),
                    Figures.spread(series.wallMillis()),
                    Figures.number(series.cpuMillis().median()),
                    Figures.number(series.peakMebibytes().max()),
                    series.runs(),
                    series.disturbed() == 0 ? "" : ", " + series.disturbed() + " disturbed");
        }
        for (Skipped skipped : scene.skipped()) {
            text.format("%nNot timed: %s. %s%n", name(skipped.name()), skipped.why());
        }
    }

    private void connects(SceneResult.Connects scene) {
        text.format(
                "%,d ports for each way. Microseconds of one connect, its socket included; at 100 %% of one that fails.%n",
                scene.ports());
        line("").line("| ports taken | way | µs | one of a hundred took longer than | connects |");
        line("|---|---|---|---|---|");
        for (ConnectCell cell : scene.cells()) {
            text.format(
                    "| %s | %s | %s | %s | %,d |%n",
                    cell.fill(),
                    cell.way(),
                    Figures.spread(cell.micros()),
                    Figures.number(cell.p99Micros()),
                    cell.connects());
        }
    }

    private void comparisons(BenchResult result) {
        line("### Compared").line("");
        line("| scene | ratio of medians | measured [of single rounds] | required | stretch | |");
        line("|---|---|---|---|---|---|");
        for (Comparison one : result.comparisons().toList()) {
            Budget budget = one.budget();
            text.format(
                    "| %s | %s | %s | %s | %s | %s |%n",
                    one.scene(),
                    one.what(),
                    Figures.measured(one),
                    budget == null ? "" : Figures.bound(budget, budget.required()),
                    budget == null ? "" : Figures.bound(budget, budget.stretch()),
                    verdict(one));
        }
        List<Unchecked> unchecked = result.unchecked().toList();
        for (Unchecked one : unchecked) {
            text.format("%nNot checked: %s, %s: %s.%n", one.scene(), one.what(), one.why());
        }
    }

    private static String verdict(Comparison comparison) {
        String verdict = Figures.verdict(comparison);
        return verdict.startsWith("missed") ? "*" + verdict + "*" : verdict;
    }

    private static String name(String command) {
        boolean typed = command.contains(" ") && !command.contains(",") && !command.startsWith("hello");
        return typed ? "`" + command + "`" : command;
    }
}
