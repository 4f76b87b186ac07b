package dev.berth.remedy.plan;

import dev.berth.diagnosis.Fix;
import dev.berth.net.PortSet;
import dev.berth.platform.Gap;
import dev.berth.platform.HostTuning.Place;
import dev.berth.platform.WindowsSetting;
import dev.berth.remedy.json.JsonObject;
import dev.berth.remedy.json.MalformedJsonException;
import dev.berth.remedy.log.Actor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code berth.plan/1}. Whoever wrote the file is not trusted: it may name only settings that Berth changes, with values
 * that they can have, and nothing that Berth does not know; {@link WrittenPlan} sees to the rest.
 */
public final class PlanReader {
    /** Two places of a list with every other port take 800 KiB. */
    public static final int LARGEST_BYTES = 4 * 1024 * 1024;

    private static final int MOST_STEPS = 100;
    private static final int LONGEST_WORDS = 2_000;
    private static final int SHOWN = 60;
    private static final int MOST_SENTENCES = 1_000;

    private static final Set<String> OF_A_PLAN =
            Set.of("schema", "command", "madeAt", "madeBy", "host", "netns", "steps", "notes", "gaps");
    private static final Set<String> OF_WHO = Set.of("user", "sudoUser", "berth");
    private static final Set<String> OF_A_NAMESPACE = Set.of("inode", "cookie", "name", "foreign");
    private static final Set<String> OF_A_STEP =
            Set.of("setting", "place", "from", "to", "asked", "risk", "why", "precondition", "verify", "undo");
    private static final Set<String> OF_A_GAP = Set.of("what", "why");

    private PlanReader() {}

    /** @throws MalformedJsonException saying what is wrong, and where in it */
    public static PlanFile read(byte[] text) throws MalformedJsonException {
        if (text.length > LARGEST_BYTES) {
            throw new MalformedJsonException("larger than any plan: more than " + LARGEST_BYTES + " bytes");
        }
        JsonObject file = JsonObject.parse(text);
        String schema = words(file, "schema");
        if (!PlanFile.SCHEMA.equals(schema)) {
            throw new MalformedJsonException(
                    schema.startsWith("berth.plan/")
                            ? "its format is " + schema + ", and this version of berth reads " + PlanFile.SCHEMA
                            : "schema is '" + shown(schema) + "', and a plan has " + PlanFile.SCHEMA);
        }
        only(file, OF_A_PLAN);
        JsonObject by = only(file.object("madeBy"), OF_WHO);
        JsonObject netns = only(file.object("netns"), OF_A_NAMESPACE);
        wordsOrNull(netns, "name");
        return new PlanFile(
                new Plan(NamespaceJson.read(netns), steps(file), notes(file)),
                words(file, "command"),
                file.read("madeAt", Instant::parse),
                new Actor(words(by, "user"), wordsOrNull(by, "sudoUser"), 0, words(by, "berth")),
                words(file, "host"),
                netns.truth("foreign"),
                gaps(file));
    }

    private static List<String> notes(JsonObject file) throws MalformedJsonException {
        List<String> notes = file.texts("notes");
        bound(notes, "notes");
        for (String note : notes) {
            bound(file, "notes", note);
        }
        return notes;
    }

    private static List<Gap> gaps(JsonObject file) throws MalformedJsonException {
        List<JsonObject> all = file.objects("gaps");
        bound(all, "gaps");
        var gaps = new ArrayList<Gap>();
        for (JsonObject one : all) {
            only(one, OF_A_GAP);
            gaps.add(new Gap(words(one, "what"), words(one, "why")));
        }
        return gaps;
    }

    private static void bound(List<?> sentences, String name) throws MalformedJsonException {
        if (sentences.size() > MOST_SENTENCES) {
            throw new MalformedJsonException(name + ": more than any plan has, " + sentences.size());
        }
    }

    private static List<Step> steps(JsonObject file) throws MalformedJsonException {
        List<JsonObject> all = file.objects("steps");
        if (all.size() > MOST_STEPS) {
            throw new MalformedJsonException("steps: more than any plan has, " + all.size());
        }
        var steps = new ArrayList<Step>();
        var last = new HashMap<String, Step>(); // of each setting in each place
        for (JsonObject one : all) {
            Step step = step(one);
            Step before = last.put(step.place() + step.setting(), step);
            if (before != null && !isRestart(before, step)) {
                throw new MalformedJsonException(one.path() + " sets " + step.setting() + " once more");
            }
            steps.add(step);
        }
        return steps;
    }

    /** The state of a service is the one setting that a plan sets twice. */
    private static boolean isRestart(Step stop, Step start) {
        return WindowsSetting.isService(stop.setting())
                && WindowsSetting.STOPPED.equals(stop.to())
                && WindowsSetting.STOPPED.equals(start.from());
    }

    private static Step step(JsonObject part) throws MalformedJsonException {
        only(part, OF_A_STEP);
        String setting = words(part, "setting");
        if (!SettingRules.isOne(setting)) {
            throw bad(part, "setting", "'" + shown(setting) + "' is none that Berth changes");
        }
        Place place = part.oneOf("place", Place.values(), Place::label);
        String from = wordsOrNull(part, "from", longest(setting));
        if (!SettingRules.couldBe(setting, place, from)) {
            throw bad(part, "from", "'" + shown(from) + "' is nothing that Berth finds there");
        }
        String to = wordsOrNull(part, "to", longest(setting));
        if (!SettingRules.mayBecome(setting, place, to)) {
            throw bad(part, "to", "'" + shown(to) + "' is no value that Berth gives it");
        }
        if (SettingValue.same(setting, from, to)) {
            throw bad(part, "to", "the same as from");
        }
        Fix.Risk risk = part.oneOf("risk", Fix.Risk.values(), Fix.Risk::label);
        String why = words(part, "why");
        return part.textOrNull("asked") == null
                ? new Step(setting, place, from, to, risk, why)
                : new Step(setting, place, from, to, risk, why, part.read("asked", PortSet::parse));
    }

    private static int longest(String setting) {
        return SettingValue.isList(setting) ? LARGEST_BYTES : LONGEST_WORDS;
    }

    private static JsonObject only(JsonObject part, Set<String> known) throws MalformedJsonException {
        for (String name : part.names()) {
            if (!known.contains(name)) {
                throw bad(part, shown(name), "no plan has that");
            }
        }
        return part;
    }

    private static String words(JsonObject part, String name) throws MalformedJsonException {
        return bound(part, name, part.text(name));
    }

    private static @Nullable String wordsOrNull(JsonObject part, String name) throws MalformedJsonException {
        return wordsOrNull(part, name, LONGEST_WORDS);
    }

    private static @Nullable String wordsOrNull(JsonObject part, String name, int longest)
            throws MalformedJsonException {
        String text = part.textOrNull(name);
        return text == null ? null : bound(part, name, text, longest);
    }

    private static String bound(JsonObject part, String name, String text) throws MalformedJsonException {
        return bound(part, name, text, LONGEST_WORDS);
    }

    private static String bound(JsonObject part, String name, String text, int longest) throws MalformedJsonException {
        if (text.length() > longest) {
            throw bad(part, name, "longer than " + longest + " characters");
        }
        return text;
    }

    private static String shown(@Nullable String text) {
        return text == null || text.length() <= SHOWN ? String.valueOf(text) : text.substring(0, SHOWN) + "…";
    }

    private static MalformedJsonException bad(JsonObject part, String name, String why) {
        return new MalformedJsonException((part.path().isEmpty() ? name : part.path() + "." + name) + ": " + why);
    }
}
