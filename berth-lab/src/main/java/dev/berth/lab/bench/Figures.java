package dev.berth.lab.bench;

import java.util.Locale;

/** Numbers as they are read: three digits or so, whatever their size. */
public final class Figures {
    private Figures() {}

    public static String number(double value) {
        double size = Math.abs(value);
        int decimals = size >= 100 || size == 0 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 4;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    public static String spread(Spread spread) {
        return spread(spread.median(), spread.min(), spread.max());
    }

    public static String measured(Comparison comparison) {
        return spread(comparison.measured(), comparison.min(), comparison.max()) + unit(comparison);
    }

    private static String spread(double median, double min, double max) {
        return number(median) + " [" + number(min) + ", " + number(max) + "]";
    }

    /** A bound, with the side on which it has to be kept. */
    public static String bound(Budget budget, double bound) {
        return (budget.atMost() ? "≤ " : "≥ ")
                + (bound == Math.rint(bound) ? String.format(Locale.ROOT, "%.0f", bound) : bound);
    }

    private static String unit(Comparison comparison) {
        return comparison.unit() == Comparison.Unit.MEBIBYTES ? " MiB" : "";
    }

    public static String verdict(Comparison comparison) {
        return switch (comparison.verdict()) {
            case NO_BUDGET -> "";
            case STRETCH_MET -> "met, and the stretch";
            case MET -> "met";
            case MISSED_BY_NOISE -> "missed, within noise";
            case MISSED -> "missed";
            case DISTURBED -> "disturbed";
        };
    }
}
