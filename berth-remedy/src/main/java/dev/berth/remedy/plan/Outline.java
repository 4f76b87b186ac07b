package dev.berth.remedy.plan;

import dev.berth.diagnosis.Fix;
import dev.berth.net.PortSet;
import dev.berth.platform.HostTuning.Persistence;
import dev.berth.platform.HostTuning.Place;
import dev.berth.platform.HostTuning.Reading;
import dev.berth.platform.Tunable.Assignment;
import dev.berth.remedy.plan.PlanRefusedException.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/** A plan in the making: steps from what the host says now, each only where something differs. */
final class Outline {
    private static final int NAMED = 8;

    private final Terrain terrain;
    private final List<Step> running = new ArrayList<>();
    private final List<Step> persistent = new ArrayList<>();
    private final SequencedSet<String> notes = new LinkedHashSet<>();

    Outline(Terrain terrain) {
        this.terrain = terrain;
    }

    void note(String sentence) {
        notes.add(sentence);
    }

    /** What the setting is in that place; null where it has no value there. */
    @Nullable
    String value(String setting, Place place) throws PlanRefusedException {
        return switch (terrain.tuning().read(setting, place)) {
            case Reading.Value(String text) -> text;
            case Reading.Unset() -> null;
            case Reading.Unknown(String why) ->
                throw new PlanRefusedException(
                        Kind.NOT_POSSIBLE,
                        "cannot tell what %s is".formatted(Step.name(setting, place)),
                        why,
                        SettingValue.isList(setting)
                                ? "a write would replace the list whole, so nothing is planned until it can be read"
                                : "nothing is planned until it can be read, as nothing could be taken back");
        };
    }

    /** What the setting is now. */
    String running(String setting) throws PlanRefusedException {
        String value = value(setting, Place.RUNNING);
        if (value == null) {
            throw new PlanRefusedException(
                    Kind.NOT_POSSIBLE,
                    "this kernel has no setting " + setting,
                    SettingRules.whyMissing(setting),
                    "leave it out");
        }
        return value;
    }

    /**
     * Sets what runs.
     *
     * @param asked of a list of ports those that were asked for
     */
    void run(String setting, String to, Fix.Risk risk, String why, PortSet asked) throws PlanRefusedException {
        String from = running(setting);
        if (!SettingValue.same(setting, from, to)) {
            running.add(new Step(setting, Place.RUNNING, from, to, risk, why, asked));
        }
    }

    /** Has the next start set it as well, unless other files have it do so already. */
    void persist(String setting, String to, Fix.Risk risk, String why, PortSet asked) throws PlanRefusedException {
        Persistence files = persistence(setting);
        String own = value(setting, Place.PERSISTENT);
        if (!files.after().isEmpty()) {
            Assignment last = files.after().getLast();
            if (says(setting, last, to)) {
                note("%s sets %s for the next start already.".formatted(last.source(), setting));
                return;
            }
            throw overridden(setting, files.file(), last);
        }
        Assignment last =
                own != null || files.before().isEmpty() ? null : files.before().getLast();
        if (last != null && says(setting, last, to)) {
            note("%s sets %s for the next start already.".formatted(last.source(), setting));
        } else {
            assign(setting, own, to, risk, why, asked);
        }
    }

    /** What the next start sets it to, as things are: the line that is applied last; null where none is. */
    @Nullable
    String nextStart(String setting) throws PlanRefusedException {
        Persistence files = persistence(setting);
        if (!files.after().isEmpty()) {
            return files.after().getLast().value();
        }
        String own = value(setting, Place.PERSISTENT);
        return own != null || files.before().isEmpty()
                ? own
                : files.before().getLast().value();
    }

    /** Sets, or with null takes out, the line of Berth's own file. */
    void assign(String setting, @Nullable String own, @Nullable String to, Fix.Risk risk, String why, PortSet asked) {
        if (!SettingValue.same(setting, own, to)) {
            persistent.add(new Step(setting, Place.PERSISTENT, own, to, risk, why, asked));
        }
    }

    /** The first of many, and how many there are beside them. */
    static String some(List<String> names) {
        int left = names.size() - NAMED;
        return left > 0
                ? String.join(", ", names.subList(0, NAMED)) + ", and %,d more".formatted(left)
                : String.join(", ", names);
    }

    private static boolean says(String setting, Assignment line, String to) {
        return SettingValue.same(setting, String.join(" ", line.value().strip().split("\\s+")), to);
    }

    private Persistence persistence(String setting) throws PlanRefusedException {
        Persistence files = terrain.tuning().persistence(setting);
        if (files == null) {
            throw unreadableFiles(setting, terrain);
        }
        return files;
    }

    static PlanRefusedException unreadableFiles(String setting, Terrain terrain) {
        List<String> unread = terrain.settings().gaps().stream()
                .map(gap -> "%s (%s)".formatted(gap.what(), gap.why()))
                .toList();
        return new PlanRefusedException(
                Kind.NOT_POSSIBLE,
                "cannot tell what the next start makes of " + setting,
                unread.isEmpty()
                        ? "the configuration files could not be read, or say nothing about this network namespace"
                        : "not read: " + some(unread),
                "set without a file it lasts until the next restart");
    }

    private static PlanRefusedException overridden(String setting, String file, Assignment last) {
        return new PlanRefusedException(
                Kind.BAD_REQUEST,
                "cannot keep %s over restarts".formatted(setting),
                "%s is applied after Berth's own %s, and sets \"%s\"".formatted(last.source(), file, last.value()),
                "take that line out of %s, then again; set without a file it lasts until the next restart"
                        .formatted(last.file()));
    }

    Plan plan() {
        var steps = new ArrayList<>(running);
        steps.addAll(persistent);
        return plan(steps);
    }

    /** Of these steps, with the notes that were made. */
    Plan plan(List<Step> steps) {
        steps.stream()
                .map(Step::place)
                .distinct()
                .map(terrain.tuning()::caveat)
                .filter(Objects::nonNull)
                .forEach(this::note);
        return new Plan(terrain.netns(), steps, List.copyOf(notes));
    }
}
