package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.Aim;
import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.Reservation;
import dev.berth.diagnosis.SettingNames;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.Settings;
import dev.berth.platform.Tunable;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A file sets what is not in force.
 *
 * @param setting the kernel's name for it
 * @param persistent what the file says
 * @param source the file and line
 */
record PersistentNotActive(String setting, String persistent, String source, String running) implements Finding {
    private static final Set<String> NOT_COMPARED_AS_TEXT = Set.of(
            Aim.Draw.SETTING,
            Reservation.SETTING,
            SettingNames.TRACKED_BUCKETS); // the kernel rounds it up to whole pages

    static void find(Examined host, Consumer<Finding> found) {
        if (!host.configuredByFiles()) {
            return;
        }
        findRange(host, found);
        findReserved(host.tcp(), found);
        host.settings().tunables().values().stream()
                .filter(tunable -> !NOT_COMPARED_AS_TEXT.contains(tunable.name()))
                .forEach(tunable -> find(tunable, host.settings(), found));
    }

    private static void findRange(Examined host, Consumer<Finding> found) {
        PortPolicy policy = host.tcp();
        PortRange running = policy.dynamic();
        PortRange inFiles = policy.persistent().dynamic();
        if (running != null
                && inFiles != null
                && !running.equals(inFiles)
                && !RangeBelowUnprivileged.refusesFiles(host.settings(), inFiles)) { // which is that finding
            found.accept(new PersistentNotActive(
                    Aim.Draw.SETTING, text(inFiles), source(policy.persistent().dynamicSource()), text(running)));
        }
    }

    private static void findReserved(PortPolicy policy, Consumer<Finding> found) {
        PortSet inFiles = policy.persistent().reserved();
        if (inFiles != null
                && !inFiles.minus(policy.reserved()).isEmpty()) { // more than the files say is another finding
            found.accept(new PersistentNotActive(
                    Reservation.SETTING,
                    inFiles.toString(),
                    source(policy.persistent().reservedSource()),
                    policy.reserved().toString()));
        }
    }

    private static void find(Tunable tunable, Settings settings, Consumer<Finding> found) {
        Tunable.Assignment inFiles = tunable.persistent();
        String running = tunable.running();
        if (inFiles != null
                && running != null
                && !words(inFiles.value()).equals(words(running))
                && !OldAdvice.isBehind(inFiles, tunable.name(), settings)) { // which is legacy-setting
            found.accept(
                    new PersistentNotActive(tunable.name(), words(inFiles.value()), inFiles.source(), words(running)));
        }
    }

    private static String text(PortRange range) { // as the kernel takes it
        return range.first() + " " + range.last();
    }

    private static String words(String value) { // the kernel separates with tabs, people with blanks
        return value.strip().replaceAll("\\s+", " ");
    }

    private static String source(@Nullable String source) {
        return Objects.requireNonNullElse(source, "a file");
    }

    @Override
    public String id() {
        return "persistent-not-active";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public String title() {
        return setting + " is not what its file says";
    }

    @Override
    public List<String> evidence() {
        return List.of(
                "%s sets %s.".formatted(source, quoted(persistent)),
                "The kernel runs with %s.".formatted(quoted(running)));
    }

    private static String quoted(String value) {
        return value.isEmpty() ? "nothing" : "\"" + value + "\"";
    }

    @Override
    public List<Fix> waysOut(Settings settings) {
        if (setting.equals(Reservation.SETTING)) {
            return List.of(Reservation.now(PortSet.parse(persistent), settings));
        }
        if (lowersTheLimit()) {
            return List.of(new Fix(
                    "correct-file",
                    "let %s say %s, or remove the line: a lower limit frees no port that is safe to use"
                            .formatted(source, running),
                    null,
                    Fix.Risk.LOW,
                    true));
        }
        return List.of(Fix.until(
                "activate-setting",
                "put the value of " + source
                        + " in force, or correct the file if the running value is the one wanted; the command does so for every such setting",
                Fix.Risk.MEDIUM,
                setting.equals(Aim.Draw.SETTING)
                        ? new Aim.Draw(range(persistent))
                        : new Aim.Assign(setting, persistent)));
    }

    private boolean lowersTheLimit() {
        return setting.equals(SettingNames.MOST_TIME_WAITS)
                && persistent.matches("[0-9]{1,18}")
                && running.matches("[0-9]{1,18}")
                && Long.parseLong(persistent) < Long.parseLong(running);
    }

    private static PortRange range(String text) {
        return PortRange.parse(text.replace(' ', '-'));
    }
}
