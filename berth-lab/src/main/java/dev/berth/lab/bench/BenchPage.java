package dev.berth.lab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A page of which one part, between two markers, is what a run of the bench came to; its plots lie in a folder of the page's name. */
public final class BenchPage {
    static final String BEGIN = "<!-- bench: begin -->";
    static final String END = "<!-- bench: end -->";

    private final Path file;

    private BenchPage(Path file) {
        this.file = file;
    }

    /**
     * @throws IOException where it cannot be read, or does not have the markers once each and in order
     */
    public static BenchPage open(Path file) throws IOException {
        if (!Files.isRegularFile(file) || !Files.isWritable(file)) {
            throw new IOException("there is no such page, or it may not be written");
        }
        parts(file);
        return new BenchPage(file);
    }

    /** What is before the tables and behind them, both markers included. */
    private static Parts parts(Path file) throws IOException {
        String text = Files.readString(file);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin || text.lastIndexOf(BEGIN) != begin || text.lastIndexOf(END) != end) {
            throw new IOException("it needs one line " + BEGIN + " and one " + END + " below, between which they go");
        }
        return new Parts(text.substring(0, begin + BEGIN.length()), text.substring(end));
    }

    private record Parts(String before, String after) {}

    /**
     * Puts the tables between the markers, and the plots beside the page.
     *
     * @throws IOException as {@link #open}: the page may have been changed meanwhile
     */
    public void write(BenchResult result) throws IOException {
        String name = String.valueOf(file.getFileName()).replaceFirst("\\.md$", "");
        Path folder = file.resolveSibling(name);
        Parts parts = parts(file);
        Map<Plot, String> plots = Plot.of(result);
        if (!plots.isEmpty()) {
            Files.createDirectories(folder);
        }
        for (var plot : plots.entrySet()) {
            Files.writeString(folder.resolve(plot.getKey().file()), plot.getValue());
        }
        Files.writeString(file, parts.before + "\n" + Markdown.of(result, name, plots.keySet()) + parts.after);
    }
}
