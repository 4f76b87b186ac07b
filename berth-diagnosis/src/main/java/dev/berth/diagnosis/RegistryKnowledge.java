package dev.berth.diagnosis;

import dev.berth.net.PortRange;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is documented of a setting of Windows that tuning advice for ports is about: values of the registry, and the range of
 * Set-NetTCPSetting that connections share. Knowledge, not measurement; what no source shows is said so.
 *
 * @param name as Windows spells it
 * @param place where it is: a key, or the command that sets it
 * @param sets what it sets, as a clause
 * @param limits what it may be, as documented
 * @param usual what holds where it is absent, as documented
 * @param documentedFor the versions that its documentation is for; null where no page of Microsoft's was found
 * @param standing what that means for the version it was asked for
 * @param verdict the same in a sentence
 * @param takesEffect when a change does
 * @param source the page; null where none was found
 */
public record RegistryKnowledge(
        String name,
        String place,
        String sets,
        Limits limits,
        String usual,
        @Nullable String documentedFor,
        Standing standing,
        String verdict,
        String takesEffect,
        @Nullable String source) {
    /** What the documentation says about one version of Windows. */
    public enum Standing {
        DOCUMENTED_HERE("documented here"),
        REPLACED_BY_NETSH("replaced by netsh"),
        NOT_KNOWN("not known");

        private final String label;

        Standing(String label) {
            this.label = label;
        }

        /** The words for it, on screens and in JSON. */
        public String label() {
            return label;
        }
    }

    /** What a value may be. */
    public sealed interface Limits {
        record Within(long least, long most) implements Limits {}

        /** Runs of ports with a comma between them, such as {@code 1433-1433,5000-5010}. */
        record Runs() implements Limits {}
    }

    /** The settings that are known, in the order in which they are told. */
    public static List<String> names() {
        return RegistryEntry.ALL.stream().map(RegistryEntry::name).toList();
    }

    /**
     * @param name in any case, as Windows takes it
     * @param release the version it is asked for, such as {@code 10.0.20348}
     * @return null where nothing is known of such a name
     */
    public static @Nullable RegistryKnowledge of(String name, String release) {
        return RegistryEntry.ALL.stream()
                .filter(entry -> entry.name().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .map(entry -> entry.on(release))
                .orElse(null);
    }

    /** What speaks against a value, as a sentence; null where it is within the documented limits. */
    public @Nullable String objection(String value) {
        return switch (limits) {
            case Limits.Within(long least, long most) ->
                value.matches("[0-9]{1,10}") && least <= Long.parseLong(value) && Long.parseLong(value) <= most
                        ? null
                        : "%s takes a number from %d to %d, and not %s.".formatted(name, least, most, value);
            case Limits.Runs() ->
                areRuns(value)
                        ? null
                        : "%s takes runs of ports such as 1433-1433,5000-5010, and not %s.".formatted(name, value);
        };
    }

    private static boolean areRuns(String value) {
        try {
            return Stream.of(value.split(",", -1))
                    .allMatch(run -> run.contains("-") && PortRange.parse(run).size() > 0);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
