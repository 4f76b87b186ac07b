package dev.berth.cli.screen;

import dev.berth.diagnosis.capacity.Amounts;
import java.util.OptionalInt;

/** Numbers as people read them. */
public final class Figures {
    private static final double ROUNDING = 1e-9;

    private Figures() {}

    /** {@code 28232} as {@code 28,232}. */
    public static String count(long number) {
        return Amounts.count(number);
    }

    /** A count that may be unknown, as {@code ?} where it is. */
    public static String count(OptionalInt number) {
        return number.isPresent() ? count(number.getAsInt()) : "?";
    }

    /** A count and what is counted, in the singular where it is one. */
    static String count(long number, String one, String many) {
        return count(number) + " " + (number == 1 ? one : many);
    }

    /** One digit behind the point below 100, none above; what is not nothing is not shown as 0.0. */
    static String decimal(double number) {
        if (number >= 99.95) {
            return count(Math.round(number));
        }
        if (number > 0 && number < 0.05) {
            return "<0.1";
        }
        long tenths = Math.round(number * 10);
        return tenths / 10 + "." + tenths % 10;
    }

    /** Two digits behind the point: {@code 0.04}. */
    static String hundredths(double number) {
        long hundredths = Math.round(number * 100);
        long fraction = hundredths % 100;
        return count(hundredths / 100) + (fraction < 10 ? ".0" : ".") + fraction;
    }

    /** A rate as it is said in a sentence, never more than it is: {@code 16}, {@code 3.9}, {@code 0.33}. */
    static String atLeast(double number) {
        if (floor(number) >= 10) {
            return count((long) floor(number));
        }
        if (floor(number * 10) >= 10) {
            return decimal(floor(number * 10) / 10);
        }
        return number > 0 && floor(number * 100) == 0 ? "<0.01" : hundredths(floor(number * 100) / 100);
    }

    /** The whole number below, or what a double that should be whole is nearly: 7 / 0.07 is 99.999999 to it. */
    private static double floor(double number) {
        double nearest = Math.rint(number);
        return Math.abs(number - nearest) <= nearest * ROUNDING ? nearest : Math.floor(number);
    }
}
