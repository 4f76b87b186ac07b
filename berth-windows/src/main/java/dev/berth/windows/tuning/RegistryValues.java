package dev.berth.windows.tuning;

import dev.berth.platform.ActOutcome;
import dev.berth.platform.HostTuning.Reading;
import dev.berth.windows.control.Services;
import dev.berth.windows.system.Registry;
import dev.berth.windows.system.RegistryValue;
import dev.berth.windows.system.WindowsActs;
import dev.berth.windows.system.WindowsErrorException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The values of the registry that are about ports, and no others: a plan may come from a file. */
final class RegistryValues {
    /** Where each is. */
    private static final Map<String, String> KEYS = Map.of(
            "MaxUserPort",
            Registry.TCPIP,
            "TcpTimedWaitDelay",
            Registry.TCPIP,
            "TcpNumConnections",
            Registry.TCPIP,
            "StrictTimeWaitSeqCheck",
            Registry.TCPIP,
            RegistryValues.RANGES,
            Registry.TCPIP,
            "EnableExcludedPortRange",
            Registry.HNS);

    /** The one that is no number but lines. */
    private static final String RANGES = "ReservedPorts";

    private static final Pattern RANGE = Pattern.compile("[0-9]{1,5}-[0-9]{1,5}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");
    private static final long MOST = 0xffff_ffffL;

    private final Registry registry;
    private final WindowsActs acts;

    RegistryValues(Registry registry, WindowsActs acts) {
        this.registry = registry;
        this.acts = acts;
    }

    static boolean has(String name) {
        return KEYS.containsKey(name);
    }

    /** For people: key and value. */
    static String path(String name) {
        return "HKLM\\" + KEYS.get(name) + "\\" + name;
    }

    Reading read(String name) {
        try {
            RegistryValue value = registry.read(key(name), name);
            return value == null ? new Reading.Unset() : reading(name, value);
        } catch (WindowsErrorException e) {
            return new Reading.Unknown(path(name) + ": " + e.getMessage());
        }
    }

    private static String key(String name) {
        String key = KEYS.get(name);
        if (key == null) {
            throw new IllegalArgumentException(name);
        }
        return key;
    }

    /** What is of another type than documented stays unread, so that nobody puts it back as another. */
    private static Reading reading(String name, RegistryValue value) {
        boolean lines = name.equals(RANGES);
        return switch (value) {
            case RegistryValue.Dword(long number) when !lines -> new Reading.Value(Long.toString(number));
            case RegistryValue.Lines(List<String> ranges)
            when lines && areRanges(ranges) -> new Reading.Value(String.join(",", ranges));
            case RegistryValue.Dword _ -> unknown(name, "a number, not lines of text");
            case RegistryValue.Text _ -> unknown(name, "text, not " + (lines ? "lines of text" : "a number"));
            case RegistryValue.Lines _ ->
                unknown(name, lines ? "lines that are no ranges such as 4000-4010" : "lines of text, not a number");
            case RegistryValue.Other(int type, int _) -> unknown(name, "of another type (" + type + ")");
        };
    }

    private static Reading unknown(String name, String is) {
        return new Reading.Unknown(path(name) + " is " + is + ", which Berth does not touch");
    }

    private static boolean areRanges(List<String> lines) {
        return lines.stream().allMatch(line -> RANGE.matcher(line).matches());
    }

    /** @param text null to take the value out */
    ActOutcome write(String name, @Nullable String text) {
        if (read(name) instanceof Reading.Unknown(String why)) {
            return new ActOutcome.Failed(why);
        }
        try {
            if (text == null) {
                return delete(name);
            }
            RegistryValue value = value(name, text);
            if (value == null) {
                return new ActOutcome.Failed("'%s' is not what %s takes: %s"
                        .formatted(
                                text,
                                name,
                                name.equals(RANGES)
                                        ? "ranges of ports such as 4000-4010,5000-5000"
                                        : "a whole number up to 4294967295"));
            }
            acts.write(key(name), name, value);
            return new ActOutcome.Done();
        } catch (WindowsErrorException e) {
            return failure(name, e);
        }
    }

    private static @Nullable RegistryValue value(String name, String text) {
        if (name.equals(RANGES)) {
            List<String> lines = text.isEmpty() ? List.of() : List.of(text.split(",", -1));
            return areRanges(lines) ? new RegistryValue.Lines(lines) : null;
        }
        boolean fits = NUMBER.matcher(text).matches() && Long.parseLong(text) <= MOST;
        return fits ? new RegistryValue.Dword(Long.parseLong(text)) : null;
    }

    private ActOutcome delete(String name) throws WindowsErrorException {
        if (!(read(name) instanceof Reading.Unset)) {
            acts.delete(key(name), name);
        }
        return new ActOutcome.Done();
    }

    private static ActOutcome failure(String name, WindowsErrorException e) {
        return switch (e.number()) {
            case WindowsErrorException.ACCESS_DENIED -> new ActOutcome.NotPermitted(Services.ELEVATED);
            case WindowsErrorException.FILE_NOT_FOUND ->
                new ActOutcome.NotOnThisSystem("the registry has no key HKLM\\" + KEYS.get(name));
            default -> new ActOutcome.Failed(path(name) + " could not be set: " + e.getMessage());
        };
    }
}
