package dev.berth.cli.picture;

import dev.berth.cli.look.Chart;
import dev.berth.cli.screen.Escaped;
import dev.berth.cli.screen.Figures;
import dev.berth.diagnosis.map.PortKind;
import dev.berth.diagnosis.map.PortMap;
import dev.berth.net.PortRange;

/**
 * The picture of a map: a square for each port, 256 in a row, below a title and above a legend. A port's number is its
 * row's label plus its column's. Port 0 and what lies outside the range of the map stay blank.
 */
final class MapPicture {
    private static final int SQUARE = 4;
    private static final int IN_A_ROW = 256;
    private static final int MARGIN = 24;
    private static final int TITLE_SIZE = 3;
    private static final int SIZE = 2; // of all other letters
    private static final int LETTER = SIZE * Canvas.LETTER_WIDTH;
    private static final int LINE = 24;
    private static final int SWATCH = SIZE * Canvas.LETTER_HEIGHT;
    private static final int GRID_X = MARGIN + 6 * LETTER; // five digits and a blank
    private static final int GRID_Y = 113;
    private static final int LABELLED_COLUMNS = 64;
    private static final int WIDTH = GRID_X + IN_A_ROW * SQUARE + MARGIN;

    private final Chart chart;
    private final PortMap map;
    private final int firstRow;
    private final int lastRow;

    MapPicture(Chart chart) {
        this.chart = chart;
        map = chart.map();
        firstRow = map.range().first() / IN_A_ROW;
        lastRow = map.range().last() / IN_A_ROW;
    }

    int width() {
        return WIDTH;
    }

    int height() {
        return legendY() + 4 * LINE - (LINE - SWATCH) + MARGIN;
    }

    private int legendY() {
        return rowY(lastRow + 1) + LINE;
    }

    private int rowY(int row) {
        return GRID_Y + (row - firstRow) * SQUARE;
    }

    /** What the picture shows, in one line. */
    String title() {
        return Escaped.text(chart.subject());
    }

    void draw(Canvas canvas) {
        line(canvas, MARGIN, TITLE_SIZE, title());
        line(canvas, 57, SIZE, Escaped.text(chart.occasion()));
        axes(canvas);
        for (PortKind kind : PortKind.values()) { // a format that groups by colour groups best so
            for (PortRange ports : map.ranges(kind)) {
                run(canvas, kind, ports);
            }
        }
        legend(canvas);
    }

    private static void line(Canvas canvas, int y, int size, String text) {
        int most = (WIDTH - 2 * MARGIN) / (size * Canvas.LETTER_WIDTH);
        String fitting = text.length() <= most ? text : text.substring(0, most - 3) + "...";
        canvas.text(MARGIN, y, size, fitting);
    }

    private void axes(Canvas canvas) {
        for (int column = 0; column < IN_A_ROW; column += LABELLED_COLUMNS) {
            canvas.text(GRID_X + column * SQUARE, GRID_Y - LINE + SQUARE, SIZE, "+" + column);
        }
        int step = lastRow - firstRow < 64 ? 4 : 16;
        for (int row = firstRow; row <= lastRow; row += step) {
            String label = Integer.toString(row * IN_A_ROW);
            canvas.text(GRID_X - (label.length() + 1) * LETTER, rowY(row), SIZE, label);
        }
    }

    private static int columnX(int port) {
        return GRID_X + port % IN_A_ROW * SQUARE;
    }

    private void run(Canvas canvas, PortKind kind, PortRange ports) {
        for (int port = ports.first(); port <= ports.last(); ) {
            int endOfRow = port / IN_A_ROW * IN_A_ROW + IN_A_ROW - 1;
            int end = Math.min(ports.last(), endOfRow);
            canvas.fill(kind, columnX(port), rowY(port / IN_A_ROW), (end - port + 1) * SQUARE, SQUARE);
            port = end + 1;
        }
    }

    /** What is taken to the left, what is not to the right. */
    private void legend(Canvas canvas) {
        int half = IN_A_ROW * SQUARE / 2;
        int left = legendY();
        int right = legendY();
        for (PortKind kind : PortKind.values()) {
            if (kind.isTaken()) {
                entry(canvas, kind, GRID_X, left);
                left += LINE;
            } else {
                entry(canvas, kind, GRID_X + half, right);
                right += LINE;
            }
        }
    }

    private void entry(Canvas canvas, PortKind kind, int x, int y) {
        canvas.fill(kind, x, y, SWATCH, SWATCH);
        canvas.text(x + 2 * SWATCH, y, SIZE, chart.words(kind));
        String count = Figures.count(map.count(kind));
        canvas.text(x + 2 * SWATCH + (28 - count.length()) * LETTER, y, SIZE, count);
    }
}
