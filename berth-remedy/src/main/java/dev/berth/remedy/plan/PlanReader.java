package dev.berth.remedy.plan;

import dev.berth.diagnosis.Fix;
import dev.berth.platform.HostTuning.Place;
import dev.berth.platform.NetworkNamespace;
import dev.berth.remedy.log.Actor;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.jr.ob.JSON;

/**
 * Reads {@code berth.plan/1}. Whoever wrote the file is not trusted: it may change only what Berth itself would, and every
 * value must be one that its setting can have.
 */
public final class PlanReader {
    /** Two places of a list with every other port take 800 KiB. */
    public static final int LARGEST_BYTES = 4 * 1024 * 1024;

    private static final int MOST_STEPS = 100;
    private static final int LONGEST_WORDS = 2_000;
    private static final JSON READER = JSON.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    private PlanReader() {}

    public static PlanFile read(byte[] text) throws MalformedPlanException {
        if (text.length > LARGEST_BYTES) {
            throw new MalformedPlanException("it is larger than any plan: " + text.length + " bytes");
        }
        Part file = new Part("", object("it", parse(text)));
        String schema = file.text("schema");
        if (!PlanFile.SCHEMA.equals(schema)) {
            throw new MalformedPlanException(
                    schema.startsWith("berth.plan/")
                            ? "its format is " + schema + ", and this version of berth reads " + PlanFile.SCHEMA
                            : "schema is '" + schema + "', and " + PlanFile.SCHEMA + " is wanted");
        }
        Part by = file.part("madeBy");
        Part netns = file.part("netns");
        var plan = new Plan(new NetworkNamespace(netns.inode(), netns.textOrNull("name")), steps(file), notes(file));
        return new PlanFile(
                plan,
                file.text("command"),
                file.time("madeAt"),
                new Actor(by.text("user"), by.textOrNull("sudoUser"), 0, by.text("berth")),
                file.text("host"),
                netns.truth("foreign"));
    }

    private static @Nullable Object parse(byte[] text) throws MalformedPlanException {
        try {
            return READER.anyFrom(text);
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
            throw new MalformedPlanException("it is not JSON" + where + ": " + e.getOriginalMessage());
        }
    }

    private static List<Step> steps(Part file) throws MalformedPlanException {
        List<?> list = file.list("steps");
        if (list.size() > MOST_STEPS) {
            throw new MalformedPlanException("it has " + list.size() + " steps, more than any plan");
        }
        var steps = new ArrayList<Step>();
        var places = new HashSet<String>();
        for (int i = 0; i < list.size(); i++) {
            String name = "steps[" + i + "]";
            Step step = step(new Part(name + ".", object(name, list.get(i))));
            if (!places.add(step.place() + step.setting())) {
                throw new MalformedPlanException(name + " sets " + step.setting() + " once more");
            }
            steps.add(step);
        }
        return steps;
    }

    private static Step step(Part part) throws MalformedPlanException {
        String setting = part.text("setting");
        if (!PlannableSetting.isOne(setting)) {
            throw part.bad("setting", "'" + setting + "' is none that Berth changes");
        }
        Place place = part.place("place");
        String from = part.textOrNull("from");
        String to = part.textOrNull("to");
        part.value(setting, place, "from", from);
        part.value(setting, place, "to", to);
        if (SettingValue.same(setting, from, to)) {
            throw part.bad("to", "it is the same as from");
        }
        try {
            PlannableSetting.check(setting, from, to);
        } catch (PlanRefusedException e) {
            throw part.bad("to", e.getMessage() + ": " + e.why());
        }
        return new Step(setting, place, from, to, part.risk("risk"), part.text("why"));
    }

    private static List<String> notes(Part file) throws MalformedPlanException {
        var notes = new ArrayList<String>();
        for (Object note : file.list("notes")) {
            if (!(note instanceof String text) || text.length() > LONGEST_WORDS) {
                throw file.bad("notes", "each is a sentence");
            }
            notes.add(text);
        }
        return notes;
    }

    private static Map<?, ?> object(String name, @Nullable Object value) throws MalformedPlanException {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new MalformedPlanException(name + " is not an object");
    }

    /** An object in the file, with the way to it. */
    private record Part(String path, Map<?, ?> fields) {
        MalformedPlanException bad(String field, String why) {
            return new MalformedPlanException(path + field + ": " + why);
        }

        Part part(String field) throws MalformedPlanException {
            return new Part(path + field + ".", object(path + field, fields.get(field)));
        }

        List<?> list(String field) throws MalformedPlanException {
            if (fields.get(field) instanceof List<?> list) {
                return list;
            }
            throw bad(field, "a list is wanted");
        }

        String text(String field) throws MalformedPlanException {
            if (fields.get(field) instanceof String text && text.length() <= LONGEST_WORDS) {
                return text;
            }
            throw bad(field, fields.containsKey(field) ? "a short text is wanted" : "it is missing");
        }

        /** Of any length: values are. */
        @Nullable
        String textOrNull(String field) throws MalformedPlanException {
            if (!fields.containsKey(field)) {
                throw bad(field, "it is missing; null says that there is none");
            }
            Object value = fields.get(field);
            if (value == null || value instanceof String) {
                return (String) value;
            }
            throw bad(field, "a text or null is wanted");
        }

        boolean truth(String field) throws MalformedPlanException {
            if (fields.get(field) instanceof Boolean truth) {
                return truth;
            }
            throw bad(field, "true or false is wanted");
        }

        long inode() throws MalformedPlanException {
            Object value = fields.get("inode");
            if (value instanceof Integer || value instanceof Long) {
                return ((Number) value).longValue();
            }
            throw bad("inode", "a whole number is wanted");
        }

        Instant time(String field) throws MalformedPlanException {
            try {
                return Instant.parse(text(field));
            } catch (DateTimeException e) {
                throw bad(field, "a time like 2026-11-21T16:37:05Z is wanted");
            }
        }

        Place place(String field) throws MalformedPlanException {
            String text = text(field);
            for (Place place : Place.values()) {
                if (place.label().equals(text)) {
                    return place;
                }
            }
            throw bad(field, "it is running or persistent");
        }

        Fix.Risk risk(String field) throws MalformedPlanException {
            String text = text(field);
            for (Fix.Risk risk : Fix.Risk.values()) {
                if (risk.label().equals(text)) {
                    return risk;
                }
            }
            throw bad(field, "it is none, low, medium or high");
        }

        void value(String setting, Place place, String field, @Nullable String text) throws MalformedPlanException {
            if (text == null) {
                if (place == Place.RUNNING) {
                    throw bad(field, "what runs always has a value");
                }
            } else if (!PlannableSetting.hasValue(setting, text)) {
                throw bad(field, "'" + (text.length() > 60 ? text.substring(0, 60) + "…" : text) + "' is no value of "
                        + setting);
            }
        }
    }
}
