package dev.berth.lab.plot;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/** Where the values of an axis lie, and which of them are marked. The first and the last mark are its ends. */
record Scale(boolean log, double first, double last, List<Double> ticks) {
    private static final int STEPS = 5; // about as many as the eye takes in
    private static final double DECADES_FOR_ONE_TICK_EACH = 2.5; // below, 2 and 5 of each are marked too

    static Scale of(Axis axis, DoubleSummaryStatistics values) {
        if (axis.ticks().isEmpty()) {
            List<Double> chosen = axis.log() ? decades(values.getMin(), values.getMax()) : steps(values);
            return new Scale(axis.log(), chosen.getFirst(), chosen.getLast(), chosen);
        }
        return new Scale(
                axis.log(),
                Math.min(axis.ticks().getFirst(), values.getMin()),
                Math.max(axis.ticks().getLast(), values.getMax()),
                axis.ticks());
    }

    /** Round numbers around the values, and around zero where no value is below: lengths compare only from there. */
    private static List<Double> steps(DoubleSummaryStatistics values) {
        double from = Math.min(0, values.getMin());
        double to = Math.max(0, values.getMax());
        double step = to == from ? 1 : round((to - from) / STEPS);
        long first = (long) Math.floor(from / step);
        long last = Math.max(first + 1, (long) Math.ceil(to / step));
        return LongStream.rangeClosed(first, last).mapToObj(k -> k * step).toList();
    }

    /** The smallest of 1, 2 and 5 times a power of ten that is not below. */
    private static double round(double number) {
        double power = Math.pow(10, Math.floor(Math.log10(number)));
        for (int digit : new int[] {1, 2, 5}) {
            if (digit * power >= number * (1 - 1e-9)) {
                return digit * power;
            }
        }
        return 10 * power;
    }

    private static List<Double> decades(double from, double to) {
        int[] digits = Math.log10(to / from) < DECADES_FOR_ONE_TICK_EACH ? new int[] {1, 2, 5} : new int[] {1};
        var ticks = new ArrayList<Double>();
        int power = (int) Math.floor(Math.log10(from));
        while (true) {
            for (int digit : digits) {
                double tick = Double.parseDouble(digit + "e" + power); // exact, as a product of powers is not
                if (tick <= from) {
                    ticks.clear();
                }
                ticks.add(tick);
                if (tick >= to && ticks.size() > 1) {
                    return ticks;
                }
            }
            power++;
        }
    }

    /** The place of a value: 0 at the first, 1 at the last. */
    double place(double value) {
        return log ? Math.log(value / first) / Math.log(last / first) : (value - first) / (last - first);
    }

    static String text(double value) {
        return new DecimalFormat("#,##0.######", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(value);
    }
}
