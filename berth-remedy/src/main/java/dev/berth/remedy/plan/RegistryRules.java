package dev.berth.remedy.plan;

import dev.berth.diagnosis.RegistryKnowledge;
import dev.berth.net.PortSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The values of the Windows registry that Berth sets when they are named, within what is documented of them. None is offered as
 * a fix, for no source shows that the Windows of today reads them.
 */
public final class RegistryRules {
    private static final String PORT_LIST = "ReservedPorts";

    /** Those that can be set, and taken out. */
    public static final List<String> NAMES = List.of(
            "MaxUserPort",
            "TcpTimedWaitDelay",
            "TcpNumConnections",
            PORT_LIST,
            "StrictTimeWaitSeqCheck",
            "EnableExcludedPortRange");

    private RegistryRules() {}

    static boolean isKnown(String name) {
        return NAMES.contains(name);
    }

    /** The name as Microsoft spells it, for the registry does not care about capitals; the same where it is none of them. */
    public static String spelled(String name) {
        return NAMES.stream().filter(name::equalsIgnoreCase).findFirst().orElse(name);
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

    /** What speaks against a value, as a sentence; null where nothing does. */
    static @Nullable String objection(String name, String text) {
        return knowledge(name, "").objection(text);
    }

    /** What it is documented for, and what that means for this version, in sentences. */
    static String caution(String name, String release) {
        return name + " is " + standing(knowledge(name, release));
    }

    /** The same without its name. */
    public static String standing(RegistryKnowledge known) {
        String versions = known.documentedFor();
        return "%s; for this version: %s. %s"
                .formatted(
                        versions == null ? "documented nowhere by Microsoft" : "documented for " + versions,
                        known.standing().label(),
                        known.verdict());
    }

    /** When a change does something, completing "it takes effect". */
    static String takesEffect(String name) {
        return knowledge(name, "").takesEffect();
    }

    private static RegistryKnowledge knowledge(String name, String release) {
        return Objects.requireNonNull(RegistryKnowledge.of(name, release));
    }
}
