package dev.berth.cli.screen;

import java.util.ArrayList;
import java.util.List;

/** A small table: columns as wide as they need to be, the last one cut where the page ends. */
final class Grid {
    private static final int GAP = 2;

    private final String[] heads;
    private final boolean[] right;
    private final List<String[]> rows = new ArrayList<>();

    /** A head that starts with {@code >} stands to the right, as numbers do. */
    Grid(String... heads) {
        this.heads = new String[heads.length];
        right = new boolean[heads.length];
        for (int i = 0; i < heads.length; i++) {
            right[i] = heads[i].charAt(0) == '>';
            this.heads[i] = right[i] ? heads[i].substring(1) : heads[i];
        }
    }

    void row(String... cells) {
        rows.add(cells);
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
