package dev.berth.diagnosis.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of the errors that a port is refused with. A number counts only where something calls it an error: 98 is an
 * errno, a percentage and a port.
 *
 * <p>Sources: Linux {@code include/uapi/asm-generic/errno.h}, BSD and macOS {@code sys/errno.h}, Windows {@code winerror.h},
 * libuv {@code uv/errno.h}.
 */
final class ErrorNumbers {
    private static final Map<Integer, LoggedError> BY_NUMBER = Map.ofEntries(
            entry(98, Refusal.ADDRESS_IN_USE, LoggedSystem.LINUX),
            entry(99, Refusal.ADDRESS_NOT_AVAILABLE, LoggedSystem.LINUX),
            entry(105, Refusal.NO_BUFFER_SPACE, LoggedSystem.LINUX),
            entry(48, Refusal.ADDRESS_IN_USE, LoggedSystem.BSD),
            entry(49, Refusal.ADDRESS_NOT_AVAILABLE, LoggedSystem.BSD),
            entry(55, Refusal.NO_BUFFER_SPACE, LoggedSystem.BSD),
            entry(13, Refusal.ACCESS_DENIED, null),
            entry(10048, Refusal.ADDRESS_IN_USE, LoggedSystem.WINDOWS),
            entry(10049, Refusal.ADDRESS_NOT_AVAILABLE, LoggedSystem.WINDOWS),
            entry(10013, Refusal.ACCESS_DENIED, LoggedSystem.WINDOWS),
            entry(10055, Refusal.NO_BUFFER_SPACE, LoggedSystem.WINDOWS),
            entry(4091, Refusal.ADDRESS_IN_USE, LoggedSystem.WINDOWS),
            entry(4090, Refusal.ADDRESS_NOT_AVAILABLE, LoggedSystem.WINDOWS),
            entry(4092, Refusal.ACCESS_DENIED, LoggedSystem.WINDOWS),
            entry(4060, Refusal.NO_BUFFER_SPACE, LoggedSystem.WINDOWS));

    private static final int BESIDE = 12; // characters: a number, its brackets, and what stands between
    private static final int ANNOUNCED = 40;

    /** The ends of all that announces an error by its number. */
    private static final List<String> ANNOUNCERS = List.of(
            "errno",
            "error",
            "err",
            "code",
            "os",
            "socketexception",
            "getlasterror",
            "getlasterror()",
            "number",
            "no",
            "no.",
            "system");

    /** Ends in what announces the error of a system. */
    private static final Pattern OF_A_SYSTEM = Pattern.compile(
            "(?:(?:errno|os error|(?<![a-z])os|win(?:dows |sock |32 )?error|wsa ?(?:error|getlasterror(?:\\(\\))?)|socket ?error"
                    + "|socketexception|(?:native|socket)errorcode)[\\s:=#(\\[]{0,3}|(?<![a-z])system:)$");

    /** Ends in what announces the error of anything, but for how a process ended. */
    private static final Pattern OF_ANYTHING =
            Pattern.compile("(?:(?<!exit.|exit(?:s|ed) with |return.)(?<![a-z])err(?:or)?(?: ?code| number| no\\.?)?"
                    + "|(?<!exit.|exit(?:s|ed) with |error.|return.|status.)(?<![a-z])code)[\\s:=#(\\[]{0,3}$");

    /** Ends in what announces a number of Windows as hexadecimal. */
    private static final Pattern HEXADECIMAL =
            Pattern.compile("(?:(?:error|code|reason|hr|hresult|wsae[a-z]{3,12})[\\s:=(]{0,3}|\\()$");

    /** What stands before a number and calls it an error. */
    private enum By {
        SYSTEM,
        ANYTHING,
        /** Mere brackets before a text in whatever language: {@code failed (98: ...)}, {@code (98)...}, {@code (10048: ...)}. */
        BRACKETS
    }

    private record Mention(LoggedError error, By by) {}

    /** A number in brackets, which belong to no word: {@code app[98]:} is a process. */
    private static final Pattern BEFORE = Pattern.compile("(?<![\\w.])[(\\[](-?[0-9]{2,5})[)\\]:][\\s:\\[(\"']{0,3}$");

    private static final Pattern AFTER = Pattern.compile("^[\\s:.\\])\"']{0,3}[(\\[](-?[0-9]{2,5})[)\\]]");

    private ErrorNumbers() {}

    private static Map.Entry<Integer, LoggedError> entry(int number, Refusal refusal, @Nullable LoggedSystem system) {
        return Map.entry(number, new LoggedError(refusal, number, system));
    }

    /** The error with that number, its sign aside; null for other numbers. */
    static @Nullable LoggedError of(int number) {
        return BY_NUMBER.get(Math.abs(number));
    }

    /**
     * The first error of a system that is called by its number, whatever else the line says.
     *
     * @param lower the line in lower case
     */
    static @Nullable LoggedError ofSystem(String lower) {
        List<Mention> mentions = mentions(lower);
        for (By by : List.of(By.SYSTEM, By.ANYTHING)) {
            for (Mention mention : mentions) {
                if (mention.by() == by && (by == By.SYSTEM || Math.abs(number(mention)) > 4_000)) {
                    return mention.error();
                }
            }
        }
        return hexadecimal(lower);
    }

    /** The first number that is called an error, be it one of another table. */
    static @Nullable LoggedError ofAnything(String lower) {
        List<Mention> mentions = mentions(lower);
        for (By by : List.of(By.ANYTHING, By.BRACKETS)) {
            for (Mention mention : mentions) {
                if (mention.by() == by) {
                    return mention.error();
                }
            }
        }
        return null;
    }

    private static int number(Mention mention) {
        return Objects.requireNonNull(mention.error().number());
    }

    /** From the numbers, of which there are few, to what stands before them. */
    private static List<Mention> mentions(String lower) {
        var all = new ArrayList<Mention>();
        for (int i = 0; i < lower.length(); i++) {
            int end = Endpoints.digitsEnd(lower, i);
            if (end - i >= 2
                    && end - i <= 5
                    && !isWordAt(lower, i - 1)
                    && !isWordAt(lower, end)
                    && !isDecimal(lower, i, end)) {
                LoggedError error = BY_NUMBER.get(Integer.parseInt(lower, i, end, 10));
                By by = error == null ? null : by(lower, i, end);
                if (error != null && by != null) {
                    all.add(new Mention(error, by));
                }
            }
            i = Math.max(i, end);
        }
        return all;
    }

    /** Whether one of the words ends it, whatever parts it from the number. */
    private static boolean endsWithAny(String before, List<String> words) {
        int end = before.length();
        while (end > 0 && " \t:=#([".indexOf(before.charAt(end - 1)) >= 0) {
            end--;
        }
        for (String word : words) {
            if (before.startsWith(word, end - word.length())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWordAt(String lower, int at) {
        return at >= 0 && at < lower.length() && Character.isLetterOrDigit(lower.charAt(at));
    }

    private static boolean isDecimal(String lower, int start, int end) {
        return start > 0 && lower.charAt(start - 1) == '.'
                || lower.startsWith(".", end) && Endpoints.digitsEnd(lower, end + 1) > end + 1;
    }

    private static @Nullable By by(String lower, int digits, int end) {
        boolean negative = lower.startsWith("-", digits - 1);
        int start = negative ? digits - 1 : digits;
        String before = lower.substring(Math.max(0, start - ANNOUNCED), start);
        if (!negative && lower.startsWith("40", digits) && end - digits == 4) {
            return null; // libuv's are negative
        }
        boolean announced = endsWithAny(before, ANNOUNCERS);
        if (announced && OF_A_SYSTEM.matcher(before).find()
                || negative && before.endsWith("error(")
                || before.endsWith("code: ") && lower.startsWith(", kind:", end)) {
            return By.SYSTEM;
        }
        if (announced && OF_ANYTHING.matcher(before).find()) {
            return By.ANYTHING;
        }
        char after = end < lower.length() ? lower.charAt(end) : ' ';
        boolean failed = before.endsWith("failed (") && (after == ':' || after == ')');
        boolean leading = !negative
                && before.endsWith("(")
                && after == ')'
                && !isWordAt(lower, start - 2)
                && end + 1 < lower.length()
                && Character.isLetter(lower.charAt(end + 1));
        boolean windows = end - digits == 5
                && (before.endsWith("(") || before.endsWith("[") || before.endsWith("(os "))
                && (after == ':' || after == ')' || after == ']');
        return failed || leading || windows ? By.BRACKETS : null;
    }

    /** The numbers of Windows in hexadecimal: those of COM carry 8007 before them. */
    private static @Nullable LoggedError hexadecimal(String lower) {
        for (int at = lower.indexOf("0x"); at >= 0; at = lower.indexOf("0x", at + 2)) {
            int end = at + 2;
            while (end < lower.length() && Character.digit(lower.charAt(end), 16) >= 0) {
                end++;
            }
            String digits = lower.substring(at + 2, end);
            boolean com = digits.length() == 8 && digits.startsWith("8007");
            boolean announced = com
                    || HEXADECIMAL
                            .matcher(lower.substring(Math.max(0, at - ANNOUNCED), at))
                            .find();
            LoggedError error = digits.length() >= 4 && digits.length() <= 8 && announced
                    ? BY_NUMBER.get((int) Long.parseLong(com ? digits.substring(4) : digits, 16))
                    : null;
            if (error != null && error.system() == LoggedSystem.WINDOWS) {
                return error;
            }
        }
        return null;
    }

    /** A number in brackets, right before or behind what tells the error otherwise. */
    static @Nullable LoggedError beside(String line, int start, int end) {
        Matcher before =
                BEFORE.matcher(line).region(Math.max(0, start - BESIDE), start).useTransparentBounds(true);
        Matcher after = AFTER.matcher(line).region(end, Math.min(line.length(), end + BESIDE));
        LoggedError error = before.find() ? of(Integer.parseInt(before.group(1))) : null;
        return error == null && after.find() ? of(Integer.parseInt(after.group(1))) : error;
    }

    /** What a line has one of if an error is announced in it by its number. */
    static List<String> triggers() {
        var all = new ArrayList<String>();
        for (int number : BY_NUMBER.keySet()) {
            if (number >= 10_000) {
                String hexadecimal = Integer.toHexString(number).toLowerCase(Locale.ROOT);
                all.add(Integer.toString(number));
                all.add("x" + hexadecimal);
                all.add("x0000" + hexadecimal);
                all.add("8007" + hexadecimal);
            } else if (number > 4_000) {
                all.add("-" + number);
            } else {
                for (String word : List.of("errno", "error", "errorcode", "socketexception", "code", "number", "err")) {
                    for (String between : List.of(" ", ": ", "=", ":", " = ", " (", "(", " [", "[", " #")) {
                        all.add(word + between + number);
                        all.add(word + between + "-" + number);
                    }
                }
                all.add("os " + number);
                all.add("failed (" + number);
                all.add("system:" + number);
            }
        }
        return all;
    }
}
