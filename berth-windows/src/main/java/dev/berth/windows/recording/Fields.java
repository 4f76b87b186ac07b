package dev.berth.windows.recording;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** One reply as a flat object of JSON, whose members are text, whole numbers, truth values and lists of text. */
final class Fields {
    private static final JsonFactory JSON = new JsonFactory();

    /** By name: String, Long, Boolean, or a list of String. */
    private final Map<String, Object> values = new LinkedHashMap<>();

    /** @param value left out where it is null */
    Fields with(String name, @Nullable Object value) {
        if (value != null) {
            values.put(name, value);
        }
        return this;
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** Null where it is not there. */
    @Nullable
    String optionalText(String name) throws MalformedRecordingException {
        return optional(name, String.class);
    }

    String text(String name) throws MalformedRecordingException {
        return required(name, String.class);
    }

    long number(String name) throws MalformedRecordingException {
        return required(name, Long.class);
    }

    /** A number that fits into an int. */
    int count(String name) throws MalformedRecordingException {
        long number = number(name);
        if (number != (int) number) {
            throw new MalformedRecordingException("its " + name + " " + number + " is too large");
        }
        return (int) number;
    }

    boolean flag(String name) throws MalformedRecordingException {
        return required(name, Boolean.class);
    }

    List<String> lines(String name) throws MalformedRecordingException {
        var lines = new ArrayList<String>();
        for (Object line : required(name, List.class)) {
            lines.add((String) line);
        }
        return lines;
    }

    private <T> T required(String name, Class<T> type) throws MalformedRecordingException {
        T value = optional(name, type);
        if (value == null) {
            throw new MalformedRecordingException("it has a reply without " + name);
        }
        return value;
    }

    private <T> @Nullable T optional(String name, Class<T> type) throws MalformedRecordingException {
        Object value = values.get(name);
        if (value != null && !type.isInstance(value)) {
            throw new MalformedRecordingException("its " + name + " is something else than it should be");
        }
        return type.cast(value);
    }

    /** A list of replies as a document. */
    static byte[] write(List<Fields> replies) {
        var out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartArray();
            for (Fields reply : replies) {
                json.writeRaw('\n'); // a line each, for people
                json.writeStartObject();
                reply.values.forEach((name, value) -> write(json, name, value));
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator json, String name, Object value) {
        json.writeName(name);
        switch (value) {
            case Long number -> json.writeNumber(number);
            case Integer number -> json.writeNumber(number);
            case Boolean truth -> json.writeBoolean(truth);
            case List<?> lines -> {
                json.writeStartArray();
                lines.forEach(line -> json.writeString(String.valueOf(line)));
                json.writeEndArray();
            }
            default -> json.writeString(value.toString());
        }
    }

    static List<Fields> read(byte[] document) throws MalformedRecordingException {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), document)) {
            if (json.nextToken() != JsonToken.START_ARRAY) {
                throw new MalformedRecordingException("it is not a list");
            }
            var replies = new ArrayList<Fields>();
            while (json.nextToken() == JsonToken.START_OBJECT) {
                replies.add(readOne(json));
            }
            if (json.currentToken() != JsonToken.END_ARRAY) {
                throw new MalformedRecordingException("it is not a list of objects");
            }
            return replies;
        } catch (JacksonException e) {
            throw new MalformedRecordingException("it is not JSON");
        }
    }

    private static Fields readOne(JsonParser json) {
        var reply = new Fields();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            switch (json.nextToken()) {
                case VALUE_STRING -> reply.with(name, json.getString());
                case VALUE_NUMBER_INT -> reply.with(name, json.getLongValue());
                case VALUE_TRUE, VALUE_FALSE -> reply.with(name, json.getBooleanValue());
                case START_ARRAY -> reply.with(name, readLines(json));
                default -> json.skipChildren(); // of a newer version
            }
        }
        return reply;
    }

    private static List<String> readLines(JsonParser json) {
        var lines = new ArrayList<String>();
        for (JsonToken token = json.nextToken();
                token != null && token != JsonToken.END_ARRAY;
                token = json.nextToken()) {
            if (token == JsonToken.VALUE_STRING) {
                lines.add(json.getString());
            } else {
                json.skipChildren();
            }
        }
        return lines;
    }
}
