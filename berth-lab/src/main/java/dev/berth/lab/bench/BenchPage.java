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
    private final String before;
    private final String after;

    private BenchPage(Path file, String before, String after) {
        this.file = file;
        this.before = before;
        this.after = after;
    }

    /**
     * @throws IOException where it cannot be read, or does not have the markers once each and in order
     */
    public static BenchPage open(Path file) throws IOException {
        if (!Files.isRegularFile(file) || !Files.isWritable(file)) {
            throw new IOException("there is no such page, or it may not be written");
        }
        String text = Files.readString(file);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin || text.lastIndexOf(BEGIN) != begin || text.lastIndexOf(END) != end) {
            throw new IOException("it needs one line " + BEGIN + " and one " + END + " below, between which they go");
        }
        return new BenchPage(file, text.substring(0, begin + BEGIN.length()), text.substring(end));
    }

    /** Puts the tables between the markers, and the plots beside the page. */
    public void write(BenchResult result) throws IOException {
        String name = String.valueOf(file.getFileName()).replaceFirst("\\.md$", "");
        Path folder = file.resolveSibling(name);
        Map<String, String> plots = Plots.of(result);
        if (!plots.isEmpty()) {
            Files.createDirectories(folder);
        }
        for (var plot : plots.entrySet()) {
            Files.writeString(folder.resolve(plot.getKey()), plot.getValue());
        }
        Files.writeString(file, before + "\n" + Markdown.of(result, name, plots.keySet()) + after);
    }
}
