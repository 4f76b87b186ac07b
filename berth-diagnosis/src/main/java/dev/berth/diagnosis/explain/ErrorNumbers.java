package dev.berth.diagnosis.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    private static final String NUMBER = "[\\s:=#(\\[]{0,3}(-?[0-9]{2,5})(?![0-9]|\\.[0-9])";

    /** What announces the error of a system, and its number. */
    private static final Pattern OF_A_SYSTEM = Pattern.compile(
            "(?:errno|os error|(?<![a-z])os|win(?:dows |sock |32 )?error|wsa ?(?:error|getlasterror(?:\\(\\))?)|socket ?error"
                    + "|socketexception|(?:native|socket)errorcode|(?<![a-z])system(?=:[0-9]))" + NUMBER
                    + "|(?<![a-z])error\\((-[0-9]{2,5})\\)"
                    + "|(?<![a-z])code: ([0-9]{2,5}), kind:",
            Pattern.CASE_INSENSITIVE);

    /** What announces the error of anything, but for how a process ended. */
    private static final Pattern OF_ANYTHING = Pattern.compile(
            "(?:(?<!exit.|exit(?:s|ed) with |return.)(?<![a-z])err(?:or)?(?: ?code| number| no\\.?)?"
                    + "|(?<!exit.|exit(?:s|ed) with |error.|return.|status.)(?<![a-z])code)"
                    + NUMBER,
            Pattern.CASE_INSENSITIVE);

    /** Before a text in whatever language: {@code failed (98: ...)}, {@code (98)...}, {@code (10048: ...)}. */
    private static final Pattern IN_BRACKETS = Pattern.compile(
            "failed \\((-?[0-9]{2,5})[:)]|(?<!\\w)\\(([0-9]{2,3})\\)(?=\\p{L})|[(\\[](?:OS )?(100[0-9]{2})[:)\\]]",
            Pattern.CASE_INSENSITIVE);

    /** The numbers of Windows as hexadecimal: those of COM carry 0x8007 before them. */
    private static final Pattern HEXADECIMAL = Pattern.compile(
            "0x8007(27[0-9a-f]{2})(?![0-9a-f])"
                    + "|(?:(?:error|code|reason|hr|hresult|wsae[a-z]{3,12})[\\s:=(]{0,3}|\\()0x0{0,4}(27[0-9a-f]{2})(?![0-9a-f])",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern BEFORE =
            Pattern.compile("(?:^|[^\\w.])[(\\[]?(-?[0-9]{2,5})[)\\]:][\\s:\\[(\"']{0,3}$");
    private static final Pattern AFTER = Pattern.compile("^[\\s:.\\])\"']{0,3}[(\\[](-?[0-9]{2,5})[)\\]]");

    private ErrorNumbers() {}

    private static Map.Entry<Integer, LoggedError> entry(int number, Refusal refusal, @Nullable LoggedSystem system) {
        return Map.entry(number, new LoggedError(refusal, number, system));
    }

    /** The error with that number, its sign aside; null for other numbers. */
    static @Nullable LoggedError of(int number) {
        return BY_NUMBER.get(Math.abs(number));
    }

    /** The first error of a system that is called by its number, whatever else the line says. */
    static @Nullable LoggedError ofSystem(String line) {
        LoggedError error = first(OF_A_SYSTEM, line, false);
        if (error == null) {
            error = first(OF_ANYTHING, line, true);
        }
        Matcher hexadecimal = HEXADECIMAL.matcher(line);
        while (error == null && hexadecimal.find()) {
            error = of(
                    Integer.parseInt(hexadecimal.group(1) != null ? hexadecimal.group(1) : hexadecimal.group(2), 16));
        }
        return error;
    }

    /** The first number that is called an error, be it one of another table. */
    static @Nullable LoggedError ofAnything(String line) {
        LoggedError error = first(OF_ANYTHING, line, false);
        return error != null ? error : first(IN_BRACKETS, line, false);
    }

    /** A number in brackets or before a colon, right before or behind what tells the error otherwise. */
    static @Nullable LoggedError beside(String line, int start, int end) {
        Matcher before = BEFORE.matcher(line.substring(Math.max(0, start - 12), start));
        LoggedError error = before.find() ? of(Integer.parseInt(before.group(1))) : null;
        Matcher after = AFTER.matcher(line.substring(end, Math.min(line.length(), end + 12)));
        return error == null && after.find() ? of(Integer.parseInt(after.group(1))) : error;
    }

    private static @Nullable LoggedError first(Pattern pattern, String line, boolean onlyUnmistakable) {
        Matcher matcher = pattern.matcher(line);
        while (matcher.find()) {
            int group = 1;
            while (matcher.group(group) == null) {
                group++;
            }
            int number = Integer.parseInt(matcher.group(group));
            LoggedError error = of(number);
            boolean ofLibuv = Math.abs(number) > 4_000 && Math.abs(number) < 4_100;
            if (error != null && (!ofLibuv || number < 0) && (!onlyUnmistakable || Math.abs(number) > 4_000)) {
                return error;
            }
        }
        return null;
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
                for (String word : List.of(
                        "errno", "error", "errorcode", "socketexception", "code", "number", "err", "no.", "error()")) {
                    for (String between : List.of(" ", ": ", "=", ":", " = ", " (", "(", " [", "[", " #", " # ", "")) {
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
