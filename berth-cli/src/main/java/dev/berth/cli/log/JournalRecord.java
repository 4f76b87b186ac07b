package dev.berth.cli.log;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A record of {@code journalctl -o json} as lines of text. Before the first stand the time, the program and the process, as in
 * syslog; the others of a message that has several follow as they are.
 *
 * <p>Source: "Journal JSON Format", https://systemd.io/JOURNAL_EXPORT_FORMATS/: a field is a string, null where it is too long,
 * an array of numbers where its bytes are no text, an array of those where it is there several times.
 */
final class JournalRecord {
    private static final JsonFactory JSON = new JsonFactory();
    private static final List<String> WANTED =
            List.of("MESSAGE", "__REALTIME_TIMESTAMP", "SYSLOG_IDENTIFIER", "_COMM", "_PID");

    private JournalRecord() {}

    /** Null for what is no such record; empty where it has no message. */
    static byte @Nullable [] text(byte[] record) {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), record)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            Map<String, List<byte[]>> fields = new HashMap<>();
            for (String name = json.nextName(); name != null; name = json.nextName()) {
                JsonToken value = json.nextToken();
                if (WANTED.contains(name)) {
                    fields.put(name, values(json, value));
                } else {
                    json.skipChildren();
                }
            }
            return json.currentToken() == JsonToken.END_OBJECT ? lines(fields) : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    private static List<byte[]> values(JsonParser json, JsonToken first) {
        var all = new ArrayList<byte[]>();
        if (first != JsonToken.START_ARRAY) {
            if (first == JsonToken.VALUE_STRING) {
                all.add(json.getString().getBytes(StandardCharsets.UTF_8));
            }
            return all;
        }
        var bytes = new ByteArrayOutputStream();
        for (JsonToken next = json.nextToken(); next != JsonToken.END_ARRAY; next = json.nextToken()) {
            if (next == null) {
                return all;
            } else if (next == JsonToken.VALUE_NUMBER_INT) {
                bytes.write(json.getValueAsInt());
            } else if (next == JsonToken.START_ARRAY) {
                all.addAll(values(json, next));
            } else if (next == JsonToken.VALUE_STRING) {
                all.add(json.getString().getBytes(StandardCharsets.UTF_8));
            } else {
                json.skipChildren();
            }
        }
        if (bytes.size() > 0) {
            all.add(bytes.toByteArray());
        }
        return all;
    }

    private static byte[] lines(Map<String, List<byte[]>> fields) {
        var text = new ByteArrayOutputStream();
        byte[] head = head(fields).getBytes(StandardCharsets.UTF_8);
        for (byte[] message : fields.getOrDefault("MESSAGE", List.of())) {
            text.writeBytes(head);
            text.writeBytes(message);
            text.write('\n');
        }
        return text.toByteArray();
    }

    private static String head(Map<String, List<byte[]>> fields) {
        var head = new StringBuilder();
        String micros = first(fields, "__REALTIME_TIMESTAMP");
        if (micros.matches("[0-9]{1,18}")) {
            long number = Long.parseLong(micros);
            head.append(Instant.ofEpochSecond(number / 1_000_000, number % 1_000_000 * 1_000))
                    .append(' ');
        }
        String program = first(fields, "SYSLOG_IDENTIFIER");
        head.append(program.isEmpty() ? first(fields, "_COMM") : program);
        String pid = first(fields, "_PID");
        if (!pid.isEmpty()) {
            head.append('[').append(pid).append(']');
        }
        return head.append(": ").toString().replace('\n', ' ');
    }

    private static String first(Map<String, List<byte[]>> fields, String name) {
        List<byte[]> all = fields.getOrDefault(name, List.of());
        return all.isEmpty() ? "" : new String(all.getFirst(), StandardCharsets.UTF_8);
    }
}
