package dev.berth.cli.screen;

import dev.berth.lab.Need;
import dev.berth.lab.Outcome;
import dev.berth.lab.Scenario;
import dev.berth.lab.Table;
import dev.berth.lab.Told;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A scenario as it is told, and the list of all. */
public final class LabScreen {
    private static final int INDENT = 2;
    private static final int ENTRY = 30;

    private final Page page;
    private final Ink ink;
    private int parts;
    private @Nullable Told last;
    private Told.@Nullable Kept kept;

    public LabScreen(Page page) {
        this.page = page;
        this.ink = page.ink();
    }

    /** @param obstacle why none can be staged here; null where nothing is in the way of all of them */
    public void list(List<Scenario> scenarios, @Nullable String obstacle) {
        page.line("Failures and their cures, staged on this kernel in private namespaces. The host stays as it is.")
                .blank();
        for (Scenario scenario : scenarios) {
            page.entry(scenario.name(), scenario.summary());
            scenario.needs().stream().filter(need -> !need.isHere()).forEach(this::lacking);
        }
        page.blank();
        if (obstacle != null) {
            page.prose(0, ink.yellow("None of them can be staged here:") + " " + Escaped.text(obstacle))
                    .blank();
        }
        page.line("See one:      berth lab " + scenarios.getFirst().name());
        page.line("Look around:  berth lab " + scenarios.getFirst().name() + " --keep");
    }

    private void lacking(Need need) {
        String without = need.part() == null ? "" : "; without it, " + need.part() + " is left out";
        page.prose(ENTRY, ink.yellow("needs " + need.what() + ": not here") + without);
    }

    /** Writes what comes next. */
    public void tell(Told told) {
        if (told instanceof Told.Kept it) {
            kept = it;
            return;
        }
        if (last != null && !goesOn(told)) {
            page.blank();
        }
        last = told;
        switch (told) {
            case Told.Part part -> page.line(ink.bold(++parts + ". " + part.title()));
            case Told.Words words -> page.prose(0, words.text());
            case Told.Typed typed -> typed(typed);
            case Told.Claim claim -> claim(claim);
            case Told.Skipped skipped -> labelled("left out", ink.yellow("left out"), text(skipped));
            case Told.Measured measured -> table(measured.table());
            case Told.Drawn drawn -> page.line(drawn.title() + ": a picture, in --transcript FILE and --json");
            case Told.Kept _ -> {} // at the end
        }
    }

    private boolean goesOn(Told told) {
        return switch (told) {
            case Told.Words _ -> last instanceof Told.Part;
            case Told.Claim _, Told.Skipped _ -> last instanceof Told.Claim || last instanceof Told.Skipped;
            default -> false;
        };
    }

    private void typed(Told.Typed typed) {
        String prompt = typed.machine() + "$ ";
        for (String line : OutputLines.of(typed.line())) {
            page.line(ink.bold(prompt + line));
            prompt = "> ";
        }
        for (String line : OutputLines.of(typed.output())) {
            page.line(line.isEmpty() ? "" : " ".repeat(INDENT) + line);
        }
    }

    private void claim(Told.Claim claim) {
        labelled(
                claim.held() ? "ok" : "NOT SO",
                claim.held() ? ink.green("ok") : ink.red("NOT SO"),
                Escaped.text(claim.claim()));
    }

    private void labelled(String label, String painted, String text) {
        page.prose(painted, label.length(), label.length() + 2, text);
    }

    private static String text(Told.Skipped skipped) {
        return Escaped.text(skipped.what() + ": " + skipped.why());
    }

    private void table(Table table) {
        page.line(ink.bold(table.title()));
        var grid = new Grid(Stream.concat(
                        Stream.of("WAY"), table.columns().stream().map(column -> ">" + column.head()))
                .toArray(String[]::new));
        for (Table.Row row : table.rows()) {
            grid.row(Stream.concat(
                            Stream.of(row.way()), table.columns().stream().map(column -> cell(row, column)))
                    .toArray(String[]::new));
        }
        grid.print(page, INDENT);
    }

    static String cell(Table.Row row, Table.Column column) {
        Double value = row.value(column);
        return value == null ? "-" : String.format(Locale.ROOT, "%,." + column.decimals() + "f", value);
    }

    /** Says what it came to, and that it was not the whole where it was not; then how to enter what was kept. */
    public void end(Outcome outcome) {
        if (outcome.failed() > 0) {
            page.blank().line(ink.red(outcome.failed() + " of " + outcome.claims() + " claims did not hold."));
        } else if (outcome.claims() > 0) {
            page.blank()
                    .line(ink.green(
                            outcome.claims() == 1 ? "The claim held." : "All " + outcome.claims() + " claims held."));
        }
        if (!outcome.skipped().isEmpty()) {
            String parts = Escaped.text(outcome.leftOut());
            page.prose(0, ink.yellow("This was not the whole.") + " Left out: " + parts + ".");
        }
        if (kept != null) {
            kept(kept);
        }
    }

    private void kept(Told.Kept kept) {
        page.blank()
                .line("The network, the files and what still runs there stay. Enter it, and end it when you are done:");
        page.line(ink.bold(" ".repeat(INDENT) + String.join(" ", kept.enter())));
        page.line(ink.bold(" ".repeat(INDENT) + String.join(" ", kept.end())));
        if (!kept.others().isEmpty()) {
            page.prose(0, "Behind the first, a name opens another machine: " + String.join(", ", kept.others()) + ".");
        }
    }
}
