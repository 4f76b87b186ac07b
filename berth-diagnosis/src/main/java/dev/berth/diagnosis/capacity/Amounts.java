package dev.berth.diagnosis.capacity;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Amounts as they are said in sentences. */
public final class Amounts {
    private Amounts() {}

    /** {@code 60 s}, {@code 0.25 s}: to the millisecond, without zeros at the end. */
    public static String seconds(double seconds) {
        return number(seconds) + " s";
    }

    /** {@code 28,232}. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** To three digits behind the point, without zeros at the end. */
    public static String number(double number) {
        BigDecimal rounded = BigDecimal.valueOf(number).setScale(3, RoundingMode.HALF_UP);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
}
