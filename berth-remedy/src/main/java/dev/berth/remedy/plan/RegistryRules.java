package dev.berth.remedy.plan;

import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The values of the Windows registry that Berth sets when they are named, with the limits that Microsoft documents. All of them
 * are read when Windows starts. None is offered as a fix, for no source shows that the Windows of today reads them.
 */
public final class RegistryRules {
    private static final String PORT_LIST = "ReservedPorts";

    /** KB 196271 (MaxUserPort), KB 314053 (the TIME_WAIT and the connections), notes on HNS (the last). */
    private static final Map<String, Limits> NUMBERS = Map.of(
            "MaxUserPort", new Limits(5_000, 65_534),
            "TcpTimedWaitDelay", new Limits(30, 300),
            "TcpNumConnections", new Limits(0, 0xfffffe),
            "EnableExcludedPortRange", new Limits(0, 1));

    /** In which no source documents anything: it can be taken out, and not be set. */
    private static final String UNDOCUMENTED = "StrictTimeWaitSeqCheck";

    private record Limits(long least, long most) {}

    private RegistryRules() {}

    /** Those that can be set, and taken out. */
    public static final List<String> NAMES =
            List.of("MaxUserPort", "TcpTimedWaitDelay", "TcpNumConnections", PORT_LIST, "EnableExcludedPortRange");

    /** Whether Berth takes the value out, or sets it. The registry does not care about capitals. */
    static boolean isKnown(String name) {
        return NAMES.contains(name) || name.equals(UNDOCUMENTED);
    }

    /** The name as Microsoft spells it; the same where it is none of them. */
    public static String spelled(String name) {
        return NAMES.stream()
                .filter(name::equalsIgnoreCase)
                .findFirst()
                .orElse(name.equalsIgnoreCase(UNDOCUMENTED) ? UNDOCUMENTED : name);
    }

    /** The text of a value as it reads back: no leading zero; every run of ports with both ends. */
    static String canonical(String name, String text) {
        String words = text.strip();
        if (name.equals(PORT_LIST)) {
            try {
                return PortSet.parse(words).ranges().stream()
                        .map(run -> run.first() + "-" + run.last())
                        .collect(Collectors.joining(","));
            } catch (IllegalArgumentException _) {
                return words;
            }
        }
        return words.matches("[0-9]{1,18}") ? Long.toString(Long.parseLong(words)) : words;
    }

    /** Why the value cannot become that, completing "it"; null where it can. */
    static @Nullable String refusal(String name, String text) {
        if (name.equals(UNDOCUMENTED)) {
            return "is documented nowhere, so nobody knows what it does";
        }
        if (name.equals(PORT_LIST)) {
            return isPorts(text)
                    ? null
                    : "takes runs of ports from 1 to %d, as in 1433-1433,5000-5010".formatted(PortRange.ALL.last());
        }
        Limits limits = NUMBERS.get(name);
        if (limits == null) {
            return "is none that Berth knows";
        }
        boolean fits = text.matches("[0-9]{1,18}")
                && limits.least <= Long.parseLong(text)
                && Long.parseLong(text) <= limits.most;
        return fits ? null : "takes whole numbers from %d to %d".formatted(limits.least, limits.most);
    }

    private static boolean isPorts(String text) {
        try {
            return !PortSet.parse(text).isEmpty();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /** What it is documented for, and when it is read: a sentence. */
    static String caution(String name) {
        return switch (name) {
            case "MaxUserPort", PORT_LIST ->
                "%s is documented for Windows 2000 to Server 2003, read when Windows starts; later ones have netsh instead: %s."
                        .formatted(name, name.equals(PORT_LIST) ? "berth reserve" : "berth range set");
            case "TcpTimedWaitDelay", "TcpNumConnections" ->
                "%s is documented for Windows 2000 to Server 2003, read when Windows starts; whether this version reads it is not known."
                        .formatted(name);
            case "EnableExcludedPortRange" ->
                "EnableExcludedPortRange is HNS's, read when it starts; 0 is said to drop its own exclusion of 50000-50059, and not the blocks of WinNAT.";
            default -> "%s is documented nowhere.".formatted(name);
        };
    }
}
