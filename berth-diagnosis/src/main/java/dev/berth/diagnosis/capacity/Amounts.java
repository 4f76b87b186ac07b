package dev.berth.diagnosis.capacity;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Amounts as they are said in sentences. */
public final class Amounts {
    private static final double SMALL = 0.1;
    private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_UP);

    private Amounts() {}

    /** {@code 60 s}, {@code 0.25 s}, as {@link #number(double)}. */
    public static String seconds(double seconds) {
        return number(seconds) + " s";
    }

    /** {@code 28,232}. */
    public static String count(long number) {
        return grouped(String.valueOf(number));
    }

    /** To three digits behind the point, of what is below 0.1 to three that are not 0, without zeros at the end. */
    public static String number(double number) {
        BigDecimal exact = BigDecimal.valueOf(number);
        BigDecimal rounded = number < SMALL ? exact.round(THREE_DIGITS) : exact.setScale(3, RoundingMode.HALF_UP);
        return rounded.signum() == 0
                ? "0"
                : grouped(rounded.stripTrailingZeros().toPlainString());
    }

    private static String grouped(String digits) {
        int point = digits.indexOf('.');
        var text = new StringBuilder(digits);
        for (int at = (point < 0 ? digits.length() : point) - 3; at > 0; at -= 3) {
            text.insert(at, ',');
        }
        return text.toString();
    }
}
