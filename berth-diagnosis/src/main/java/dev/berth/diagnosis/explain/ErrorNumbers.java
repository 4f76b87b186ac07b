package dev.berth.diagnosis.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The numbers and names of the errors that a port is refused with. Numbers count only where something calls them errors: 98
 * is an errno, a percentage and a port.
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

    private static final Map<String, Refusal> BY_NAME = Map.ofEntries(
            Map.entry("EADDRINUSE", Refusal.ADDRESS_IN_USE),
            Map.entry("ADDRINUSE", Refusal.ADDRESS_IN_USE),
            Map.entry("EADDRNOTAVAIL", Refusal.ADDRESS_NOT_AVAILABLE),
            Map.entry("ADDRNOTAVAILABLE", Refusal.ADDRESS_NOT_AVAILABLE),
            Map.entry("EACCES", Refusal.ACCESS_DENIED),
            Map.entry("ENOBUFS", Refusal.NO_BUFFER_SPACE));

    private static final Pattern NAME = Pattern.compile(
            "(?<![A-Za-z0-9])(WSA)?(EADDRINUSE|AddrInUse|EADDRNOTAVAIL|AddrNotAvailable|EACCES|ENOBUFS)(?![A-Za-z0-9])",
            Pattern.CASE_INSENSITIVE);

    /** What announces a number as an error, and the number; of Windows' own errors the hexadecimal forms too. */
    private static final Pattern NUMBER = Pattern.compile(
            "(?<![A-Za-z])(?:(?:os |socket |win(?:sock |32 )?)?err(?:or|no)(?: ?code)?|code|SocketException|system|status)"
                    + "[\\s:=(\\[]{0,3}(-?[0-9]{2,5})(?![0-9.])"
                    + "|(?<![0-9A-Za-z])0x(?:8007)?(27[0-9A-F]{2})(?![0-9A-Fa-f])"
                    + "|[(\\[](-?[0-9]{2,5})[)\\]:]",
            Pattern.CASE_INSENSITIVE);

    private ErrorNumbers() {}

    private static Map.Entry<Integer, LoggedError> entry(int number, Refusal refusal, @Nullable LoggedSystem system) {
        return Map.entry(number, new LoggedError(refusal, number, system));
    }

    /** The error with that number, its sign aside; null for other numbers. */
    static @Nullable LoggedError of(int number) {
        return BY_NUMBER.get(Math.abs(number));
    }

    /** The first error called by its name. */
    static @Nullable LoggedError named(String line) {
        Matcher matcher = NAME.matcher(line);
        if (!matcher.find()) {
            return null;
        }
        Refusal refusal = BY_NAME.get(matcher.group(2).toUpperCase(java.util.Locale.ROOT));
        return refusal == null
                ? null
                : new LoggedError(refusal, null, matcher.group(1) == null ? null : LoggedSystem.WINDOWS);
    }

    /**
     * The first error called by its number.
     *
     * @param told what the line says otherwise: a number in mere brackets counts only where it says the same
     */
    static @Nullable LoggedError numbered(String line, @Nullable LoggedError told) {
        Matcher matcher = NUMBER.matcher(line);
        while (matcher.find()) {
            LoggedError error = matcher.group(2) != null
                    ? of(Integer.parseInt(matcher.group(2), 16))
                    : of(Integer.parseInt(matcher.group(1) != null ? matcher.group(1) : matcher.group(3)));
            boolean announced = matcher.group(3) == null;
            if (error != null && (told == null ? announced : told.refusal() == error.refusal())) {
                return error;
            }
        }
        return null;
    }

    /** What a line has one of if it calls an error by number or name. */
    static List<String> triggers() {
        var all = new ArrayList<>(List.of(
                "addrinuse",
                "addrnotavail",
                "eacces",
                "enobufs",
                "10048",
                "10049",
                "10013",
                "10055",
                "-4091",
                "-4090",
                "-4092",
                "0x2740",
                "0x2741",
                "0x271d",
                "0x2747",
                "80072740",
                "80072741",
                "8007271d",
                "80072747"));
        for (int number : List.of(98, 99, 48, 49, 13, 105, 55)) {
            for (String before : List.of(
                    "errno ", "errno: ", "errno=", "errno:", "error ", "error: ", "error=", "code: ", "code=", "code ",
                    "system:")) {
                all.add(before + number);
            }
            all.add("(-" + number + ")");
        }
        return all;
    }
}
