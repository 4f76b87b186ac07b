package dev.berth.remedy.plan;

import dev.berth.diagnosis.Fix;
import dev.berth.net.PortSet;
import dev.berth.platform.HostTuning.Place;
import dev.berth.remedy.json.JsonObject;
import dev.berth.remedy.json.MalformedJsonException;
import dev.berth.remedy.log.Actor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code berth.plan/1}. Whoever wrote the file is not trusted: it may change only what Berth itself would, and every
 * value must be one that its setting can have.
 */
public final class PlanReader {
    /** Two places of a list with every other port take 800 KiB. */
    public static final int LARGEST_BYTES = 4 * 1024 * 1024;

    private static final int MOST_STEPS = 100;
    private static final int LONGEST_WORDS = 2_000;
    private static final int SHOWN = 60;
    private static final Set<String> OF_A_STEP =
            Set.of("setting", "place", "from", "to", "asked", "risk", "why", "precondition", "verify", "undo");

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
        JsonObject by = file.object("madeBy");
        JsonObject netns = file.object("netns");
        List<String> notes = file.texts("notes");
        return new PlanFile(
                new Plan(NamespaceJson.read(netns), steps(file), notes),
                words(file, "command"),
                file.read("madeAt", Instant::parse),
                new Actor(words(by, "user"), by.textOrNull("sudoUser"), 0, words(by, "berth")),
                words(file, "host"),
                netns.truth("foreign"));
    }

    private static List<Step> steps(JsonObject file) throws MalformedJsonException {
        List<JsonObject> all = file.objects("steps");
        if (all.size() > MOST_STEPS) {
            throw new MalformedJsonException("steps: more than any plan has, " + all.size());
        }
        var steps = new ArrayList<Step>();
        var places = new HashSet<String>();
        for (JsonObject one : all) {
            Step step = step(one);
            if (!places.add(step.place() + step.setting())) {
                throw new MalformedJsonException(one.path() + " sets " + step.setting() + " once more");
            }
            steps.add(step);
        }
        return steps;
    }

    private static Step step(JsonObject part) throws MalformedJsonException {
        for (String name : part.names()) {
            if (!OF_A_STEP.contains(name)) {
                throw bad(part, name, "no step has that");
            }
        }
        String setting = words(part, "setting");
        if (!PlannableSetting.isOne(setting)) {
            throw bad(part, "setting", "'" + shown(setting) + "' is none that Berth changes");
        }
        Place place = part.oneOf("place", Place.values(), Place::label);
        String from = value(part, "from", setting, place);
        String to = value(part, "to", setting, place);
        if (SettingValue.same(setting, from, to)) {
            throw bad(part, "to", "the same as from");
        }
        try {
            PlannableSetting.check(setting, from, to);
        } catch (PlanRefusedException e) {
            throw bad(part, "to", e.getMessage() + ": " + e.why());
        }
        Fix.Risk risk = part.oneOf("risk", Fix.Risk.values(), Fix.Risk::label);
        String why = words(part, "why");
        return part.textOrNull("asked") == null
                ? new Step(setting, place, from, to, risk, why)
                : new Step(setting, place, from, to, risk, why, part.read("asked", PortSet::parse));
    }

    private static @Nullable String value(JsonObject part, String name, String setting, Place place)
            throws MalformedJsonException {
        String text = part.textOrNull(name);
        if (text == null && place == Place.RUNNING) {
            throw bad(part, name, "missing, and what runs always has a value");
        }
        if (text != null && !PlannableSetting.hasValue(setting, text)) {
            throw bad(part, name, "'" + shown(text) + "' is no value of " + setting);
        }
        return text;
    }

    private static String words(JsonObject part, String name) throws MalformedJsonException {
        String text = part.text(name);
        if (text.length() > LONGEST_WORDS) {
            throw bad(part, name, "longer than " + LONGEST_WORDS + " characters");
        }
        return text;
    }

    private static String shown(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }

    private static MalformedJsonException bad(JsonObject part, String name, String why) {
        return new MalformedJsonException((part.path().isEmpty() ? name : part.path() + "." + name) + ": " + why);
    }
}
