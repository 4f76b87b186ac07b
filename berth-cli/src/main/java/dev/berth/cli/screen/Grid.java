package dev.berth.cli.screen;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A small table: columns as wide as they need to be, the last one cut where the page ends. */
final class Grid {
    private static final int GAP = 2;

    private final String[] heads;
    private final boolean[] right;
    private final List<String[]> rows = new ArrayList<>();

    /** The cells of each row that are shown. */
    private final int[] shown;

    /** A head that starts with {@code >} stands to the right, as numbers do; a column without a head is left out. */
    Grid(String... heads) {
        shown = IntStream.range(0, heads.length)
                .filter(column -> !heads[column].isEmpty())
                .toArray();
        this.heads = new String[shown.length];
        right = new boolean[shown.length];
        for (int i = 0; i < shown.length; i++) {
            String head = heads[shown[i]];
            right[i] = head.charAt(0) == '>';
            this.heads[i] = right[i] ? head.substring(1) : head;
        }
    }

    void row(String... cells) {
        rows.add(IntStream.of(shown).mapToObj(column -> cells[column]).toArray(String[]::new));
    }

    void print(Page page, int indent) {
        int[] widths = new int[heads.length];
        widen(widths, heads);
        for (String[] row : rows) {
            widen(widths, row);
        }
        var line = new StringBuilder();
        print(page, indent, widths, heads, line);
        int from = page.text().length() - line.length() - 1;
        String head = page.ink().dim(line.toString());
        page.text().replace(from, page.text().length() - 1, head);
        for (String[] row : rows) {
            line.setLength(0);
            print(page, indent, widths, row, line);
        }
    }

    private void print(Page page, int indent, int[] widths, String[] cells, StringBuilder line) {
        line.repeat(' ', indent);
        for (int i = 0; i < cells.length; i++) {
            int padding = widths[i] - cells[i].length();
            if (right[i]) {
                line.repeat(' ', padding).append(cells[i]);
            } else {
                line.append(cells[i]).repeat(' ', padding);
            }
            line.repeat(' ', i < cells.length - 1 ? GAP : 0);
        }
        line.setLength(lengthWithoutTrailingSpaces(line));
        page.cut(line);
        page.text().append(line).append('\n');
    }

    private static int lengthWithoutTrailingSpaces(StringBuilder line) {
        int length = line.length();
        while (length > 0 && line.charAt(length - 1) == ' ') {
            length--;
        }
        return length;
    }

    private static void widen(int[] widths, String[] cells) {
        for (int i = 0; i < cells.length; i++) {
            widths[i] = Math.max(widths[i], cells[i].length());
        }
    }
}
