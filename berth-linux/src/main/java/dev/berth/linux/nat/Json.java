package dev.berth.linux.nat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** One value of a JSON document, as a tree: small ones, out of a long stream. */
sealed interface Json {
    record Text(String value) implements Json {
        @Override
        public String toString() {
            return value;
        }
    }

    record Whole(long value) implements Json {
        @Override
        public String toString() {
            return Long.toString(value);
        }
    }

    /** In the order of the document. */
    record Fields(Map<String, Json> values) implements Json {}

    record Items(List<Json> values) implements Json {}

    /** Null, a truth value, a fraction, or nothing at all. */
    record Nothing() implements Json {}

    /** The value the parser is at. */
    static Json read(JsonParser json) {
        JsonToken token = json.currentToken();
        if (token == JsonToken.START_OBJECT) {
            var values = new LinkedHashMap<String, Json>();
            for (String name = json.nextName(); name != null; name = json.nextName()) {
                json.nextToken();
                values.put(name, read(json));
            }
            return new Fields(values);
        }
        if (token == JsonToken.START_ARRAY) {
            var values = new ArrayList<Json>();
            while (json.nextToken() != JsonToken.END_ARRAY && json.currentToken() != null) {
                values.add(read(json));
            }
            return new Items(values);
        }
        if (token == JsonToken.VALUE_STRING) {
            return new Text(json.getString());
        }
        return token == JsonToken.VALUE_NUMBER_INT ? new Whole(json.getLongValue()) : new Nothing();
    }

    /** The field of that name. */
    default Json at(String name) {
        return this instanceof Fields(Map<String, Json> values)
                ? values.getOrDefault(name, new Nothing())
                : new Nothing();
    }

    /** The text, or none where this is none. */
    default String text() {
        return this instanceof Text(String value) ? value : "";
    }

    default boolean isNothing() {
        return this instanceof Nothing;
    }

    /** The elements of a list; a single value is a list of one. */
    default List<Json> items() {
        return this instanceof Items(List<Json> values) ? values : isNothing() ? List.of() : List.of(this);
    }

    /** The name of an object's first field, which is what nftables calls the kind of an expression. */
    default String kind() {
        return this instanceof Fields(Map<String, Json> values) && !values.isEmpty()
                ? values.keySet().iterator().next()
                : "";
    }

    /** Whether a value like that stands anywhere inside. */
    default boolean mentions(String text) {
        return switch (this) {
            case Text(String value) -> value.equals(text);
            case Items(List<Json> values) -> values.stream().anyMatch(value -> value.mentions(text));
            case Fields(Map<String, Json> values) -> values.values().stream().anyMatch(value -> value.mentions(text));
            case Whole _, Nothing _ -> false;
        };
    }
}
