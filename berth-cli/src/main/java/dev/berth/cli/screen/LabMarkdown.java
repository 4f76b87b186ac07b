package dev.berth.cli.screen;

import dev.berth.lab.Outcome;
import dev.berth.lab.Table;
import dev.berth.lab.Told;
import java.util.List;
import java.util.stream.Stream;

/** A scenario as a page in Markdown, for readers who were not there. */
public final class LabMarkdown {
    private final StringBuilder text = new StringBuilder();
    private final String pictures;
    private boolean inList;

    /**
     * @param where the system it was played on
     * @param pictures what the names of its pictures begin with, which stand beside it
     */
    public LabMarkdown(String scenario, String summary, String where, String pictures) {
        this.pictures = pictures;
        text.append("# ").append(scenario).append("\n\n");
        text.append(prose(Character.toUpperCase(summary.charAt(0)) + summary.substring(1)))
                .append(".\n\n");
        text.append("What `berth lab ")
                .append(scenario)
                .append("` told on ")
                .append(prose(where))
                .append(".\n");
    }

    /** The address of a picture beside the page. */
    public String pictureFile(Told.Drawn drawn) {
        return pictures + drawn.name() + ".svg";
    }

    public void tell(Told told) {
        switch (told) {
            case Told.Part part -> block("## " + prose(part.title()));
            case Told.Words words -> block(prose(words.text()));
            case Told.Typed typed -> block(fenced(typed));
            case Told.Claim claim -> item((claim.held() ? "ok: " : "**NOT SO**: ") + prose(claim.claim()));
            case Told.Skipped skipped ->
                item("**left out**: " + prose(Escaped.text(skipped.what() + ": " + skipped.why())));
            case Told.Measured measured -> block(table(measured.table()));
            case Told.Drawn drawn -> block("![" + prose(drawn.title()) + "](" + pictureFile(drawn) + ")");
            case Told.Kept _ -> {} // gone when this is read
        }
    }

    public void end(Outcome outcome) {
        if (!outcome.skipped().isEmpty()) {
            block("**This was not the whole.** Left out: " + prose(outcome.leftOut()) + ".");
        }
    }

    private void block(String block) {
        text.append('\n').append(block).append('\n');
        inList = false;
    }

    private void item(String item) {
        text.append(inList ? "" : "\n").append("- ").append(item).append('\n');
        inList = true;
    }

    private static String fenced(Told.Typed typed) {
        List<String> lines = Stream.concat(
                        Stream.of(typed.machine() + "$ " + String.join("\n> ", OutputLines.of(typed.line()))),
                        OutputLines.of(typed.output()).stream())
                .toList();
        String fence = "```";
        while (String.join("\n", lines).contains(fence)) {
            fence += "`";
        }
        return fence + "console\n" + String.join("\n", lines) + "\n" + fence;
    }

    private static String table(Table table) {
        var markdown = new StringBuilder("**" + prose(table.title()) + "**\n\n| way |");
        table.columns()
                .forEach(column ->
                        markdown.append(' ').append(cell(column.head())).append(" |"));
        markdown.append("\n|---|").repeat("--:|", table.columns().size());
        for (Table.Row row : table.rows()) {
            markdown.append("\n| ").append(cell(row.way())).append(" |");
            table.columns()
                    .forEach(column -> markdown.append(' ')
                            .append(LabScreen.cell(row, column))
                            .append(" |"));
        }
        return markdown.toString();
    }

    private static String cell(String text) {
        return prose(text).replace("|", "\\|");
    }

    /** With nothing in it that Markdown takes for its own. */
    private static String prose(String text) {
        return text.replaceAll("[\\\\`*<\\[]", "\\\\$0");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
