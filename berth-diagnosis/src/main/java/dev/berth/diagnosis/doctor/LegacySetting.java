package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.Aim;
import dev.berth.diagnosis.Fix;
import dev.berth.platform.Settings;
import dev.berth.platform.Tunable;
import dev.berth.platform.Tunable.Assignment;
import dev.berth.platform.WindowsSetting;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A setting of old tuning advice that does nothing for ports here, or harms.
 *
 * @param value what it is set to: by the file line that wins, else in force
 * @param lines the lines of files that say so, the one that wins last; of Windows, the value of the registry
 * @param inForce whether it runs with such a value that can be taken back
 */
record LegacySetting(OldAdvice advice, String value, List<Assignment> lines, boolean inForce) implements Finding {
    /** What Berth takes out, and could put back; a value of another type it leaves to people. */
    private static final Pattern OF_REGISTRY = Pattern.compile("[0-9,-]*");

    static void find(Examined host, Consumer<Finding> found) {
        for (OldAdvice advice : OldAdvice.ALL) {
            Tunable tunable = host.settings().tunables().get(advice.setting());
            if (tunable != null) {
                find(host, advice, tunable, found);
            }
        }
    }

    private static void find(Examined host, OldAdvice advice, Tunable tunable, Consumer<Finding> found) {
        Settings settings = host.settings();
        Assignment last = tunable.persistent();
        List<Assignment> lines = List.of();
        if (host.configuredByFiles() && last != null && advice.isFollowedBy(last.value(), settings)) {
            lines = tunable.assignments().stream()
                    .filter(line -> advice.isFollowedBy(line.value(), settings))
                    .toList();
        }
        String running = tunable.running();
        boolean inForce = advice.restore() != null && advice.isFollowedBy(running, settings);
        if (!lines.isEmpty()) {
            found.accept(new LegacySetting(advice, lines.getLast().value(), lines, inForce));
        } else if (inForce && running != null) {
            found.accept(new LegacySetting(advice, running, lines, true));
        }
    }

    @Override
    public String id() {
        return "legacy-setting";
    }

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public String title() {
        return "%s=%s%s %s"
                .formatted(
                        advice.setting(),
                        value,
                        lines.isEmpty() ? "" : " (" + lines.getLast().source() + ")",
                        advice.effect());
    }

    @Override
    public List<String> evidence() {
        return advice.evidence(value);
    }

    @Override
    public List<Fix> waysOut(Settings settings) {
        var fixes = new ArrayList<Fix>();
        if (!lines.isEmpty()) {
            fixes.add(removal());
        }
        String restored = advice.restore();
        if (inForce && restored != null) {
            fixes.add(Fix.until(
                    "restore-default",
                    "put the kernel's default back until the next restart; the command does so for every such setting",
                    Fix.Risk.LOW,
                    new Aim.Assign(advice.setting(), restored)));
        }
        return fixes;
    }

    private Fix removal() {
        if (WindowsSetting.isRegistry(advice.setting())
                && OF_REGISTRY.matcher(value).matches()) {
            return Fix.lasting(
                    "remove-setting",
                    "take it out of the registry, in force after a restart",
                    Fix.Risk.LOW,
                    new Aim.Remove(advice.setting()));
        }
        return new Fix(
                "remove-setting",
                "remove it from " + lines.stream().map(Assignment::source).collect(Collectors.joining(" and ")),
                null,
                Fix.Risk.LOW,
                true);
    }
}
