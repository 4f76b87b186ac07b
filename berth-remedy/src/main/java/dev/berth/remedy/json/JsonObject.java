package dev.berth.remedy.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** A JSON object, taken apart field by field. A field that is null is the same as one that is missing. */
public final class JsonObject {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final int DEEPEST = 16; // the deepest that Berth writes is 3

    private final Map<String, Object> fields;
    private final String path;

    private JsonObject(Map<String, Object> fields, String path) {
        this.fields = fields;
        this.path = path;
    }

    /** Reads a whole text that is one object. How long it may be is the caller's to bound. */
    public static JsonObject parse(byte[] text) throws MalformedJsonException {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedJsonException("not an object");
            }
            var object = new JsonObject(fields(json, 1), "");
            if (json.nextToken() != null) {
                throw new MalformedJsonException("something follows the object");
            }
            return object;
        } catch (JacksonException e) {
            var at = e.getLocation();
            String where = at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
            throw new MalformedJsonException("not JSON: " + where + e.getOriginalMessage());
        }
    }

    private static Map<String, Object> fields(JsonParser json, int depth) throws MalformedJsonException {
        var fields = new LinkedHashMap<String, Object>();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            Object value = value(json, json.nextToken(), depth);
            if (value != null) {
                fields.put(name, value);
            }
        }
        return fields;
    }

    private static @Nullable Object value(JsonParser json, JsonToken token, int depth) throws MalformedJsonException {
        if (depth > DEEPEST) {
            throw new MalformedJsonException("nested deeper than " + DEEPEST);
        }
        return switch (token) {
            case START_OBJECT -> fields(json, depth + 1);
            case START_ARRAY -> {
                var list = new ArrayList<@Nullable Object>();
                for (JsonToken next = json.nextToken(); next != JsonToken.END_ARRAY; next = json.nextToken()) {
                    list.add(value(json, next, depth + 1));
                }
                yield list;
            }
            case VALUE_STRING -> json.getString();
            case VALUE_NUMBER_INT -> json.getLongValue();
            case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    /** The names of its fields, for those who want no other than they know. */
    public Set<String> names() {
        return fields.keySet();
    }

    /** Where it lies in the whole, such as {@code steps[1]}; empty for the whole. */
    public String path() {
        return path;
    }

    public String text(String name) throws MalformedJsonException {
        return required(name, textOrNull(name), "text");
    }

    public @Nullable String textOrNull(String name) throws MalformedJsonException {
        return of(String.class, name, "text");
    }

    public long number(String name) throws MalformedJsonException {
        return required(name, of(Long.class, name, "a whole number"), "a whole number");
    }

    public boolean truth(String name) throws MalformedJsonException {
        return required(name, of(Boolean.class, name, "true or false"), "true or false");
    }

    public int integer(String name) throws MalformedJsonException {
        long number = number(name);
        if ((int) number != number) {
            throw new MalformedJsonException(place(name) + " is too large: " + number);
        }
        return (int) number;
    }

    public JsonObject object(String name) throws MalformedJsonException {
        return asObject(required(name, fields.get(name), "an object"), place(name));
    }

    public List<JsonObject> objects(String name) throws MalformedJsonException {
        List<?> list = required(name, of(List.class, name, "a list"), "a list");
        var objects = new ArrayList<JsonObject>(list.size());
        for (Object each : list) {
            objects.add(asObject(each, place(name) + "[" + objects.size() + "]"));
        }
        return objects;
    }

    public List<String> texts(String name) throws MalformedJsonException {
        List<?> list = required(name, of(List.class, name, "a list"), "a list");
        var texts = new ArrayList<String>(list.size());
        for (Object each : list) {
            if (!(each instanceof String text)) {
                throw new MalformedJsonException(place(name) + "[" + texts.size() + "] is not text");
            }
            texts.add(text);
        }
        return texts;
    }

    /** The constant whose label the text is. */
    public <E> E oneOf(String name, E[] constants, Function<E, String> label) throws MalformedJsonException {
        String text = text(name);
        for (E constant : constants) {
            if (label.apply(constant).equals(text)) {
                return constant;
            }
        }
        throw new MalformedJsonException(place(name) + " is '" + text + "', which is none of those known");
    }

    /** What {@code read} makes of the text; its IllegalArgumentException or DateTimeException becomes one that names the field. */
    public <T> T read(String name, Function<String, T> read) throws MalformedJsonException {
        String text = text(name);
        try {
            return read.apply(text);
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            throw new MalformedJsonException(place(name) + ": " + e.getMessage());
        }
    }

    private <T> @Nullable T of(Class<T> type, String name, String what) throws MalformedJsonException {
        Object value = fields.get(name);
        if (value != null && !type.isInstance(value)) {
            throw new MalformedJsonException(place(name) + " is not " + what);
        }
        return type.cast(value);
    }

    private <T> T required(String name, @Nullable T value, String what) throws MalformedJsonException {
        if (value == null) {
            throw new MalformedJsonException(place(name) + " is missing, and should be " + what);
        }
        return value;
    }

    @SuppressWarnings("unchecked") // fields() made it
    private static JsonObject asObject(@Nullable Object value, String path) throws MalformedJsonException {
        if (value instanceof Map<?, ?> map) {
            return new JsonObject((Map<String, Object>) map, path);
        }
        throw new MalformedJsonException(path + " is not an object");
    }

    private String place(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
