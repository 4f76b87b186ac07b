package dev.berth.cli.screen;

/** A share drawn as blocks. */
final class Bar {
    private static final String FULL = "█";
    private static final String TRACE = "▏";
    private static final String MORE = "▶";

    private Bar() {}

    /** So many cells for 100 percent; what is not nothing shows a trace, and what is more than all an arrow behind them. */
    static String of(double percent, int cells) {
        if (percent > 100) {
            return FULL.repeat(cells) + MORE;
        }
        int full = (int) Math.round(percent / 100 * cells);
        return full == 0 && percent > 0 ? TRACE : FULL.repeat(full);
    }
}
