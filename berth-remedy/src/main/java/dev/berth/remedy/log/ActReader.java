package dev.berth.remedy.log;

import dev.berth.remedy.json.JsonObject;
import dev.berth.remedy.json.MalformedJsonException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the log back, for those who want to know what was done: a line that cannot be read is counted and passed over. */
public final class ActReader {
    private ActReader() {}

    /**
     * What the log tells.
     *
     * @param acts oldest first
     * @param unreadable how many lines are none that this Berth understands
     */
    public record Acts(List<Acted> acts, int unreadable) {
        public Acts {
            acts = List.copyOf(acts);
        }
    }

    /** The acts in the log of {@code folder}; none where there is no log. */
    public static Acts read(Path folder) throws IOException {
        Path file = ActLog.file(folder);
        try {
            if (!Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .isRegularFile()) {
                return new Acts(List.of(), 0);
            }
        } catch (NoSuchFileException _) { // any other: it is not known whether it is there
            return new Acts(List.of(), 0);
        }
        var acts = new LinkedHashMap<String, Acted>();
        int unreadable = 0;
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank() && !take(line, acts)) {
                    unreadable++;
                }
            }
        }
        return new Acts(List.copyOf(acts.values()), unreadable);
    }

    /** @return whether it is a line of the log */
    private static boolean take(String line, Map<String, Acted> acts) {
        try {
            var json = JsonObject.parse(line.getBytes(StandardCharsets.ISO_8859_1)); // the bytes as they were, UTF-8
            if (!json.text("schema").equals("berth.act/1")) {
                return false;
            }
            String id = json.text("id");
            if (json.text("event").equals("begun")) {
                acts.put(id, begun(json));
                return true;
            }
            Acted begun = acts.get(id);
            if (begun == null) {
                return false;
            }
            acts.put(id, ended(begun, json));
            return true;
        } catch (MalformedJsonException e) {
            return false;
        }
    }

    private static Acted begun(JsonObject json) throws MalformedJsonException {
        String act = json.text("act");
        return new Acted(
                json.read("at", Instant::parse),
                json.text("user"),
                json.textOrNull("sudoUser"),
                json.text("command") + " " + json.integer("port"),
                act,
                switch (act) {
                    case "destroy-connection" -> connection(json.object("connection"));
                    case "stop-unit" -> json.text("unit");
                    case "signal-process" -> process(json);
                    default -> "";
                },
                null,
                null);
    }

    private static Acted ended(Acted begun, JsonObject json) throws MalformedJsonException {
        return new Acted(
                begun.at(),
                begun.user(),
                begun.sudoUser(),
                begun.command(),
                begun.act(),
                begun.subject(),
                json.text("outcome"),
                json.textOrNull("detail"));
    }

    private static String connection(JsonObject connection) throws MalformedJsonException {
        return endpoint(connection.object("local")) + " to " + endpoint(connection.object("remote"));
    }

    private static String endpoint(JsonObject endpoint) throws MalformedJsonException {
        String address = endpoint.text("address");
        return (address.indexOf(':') < 0 ? address : "[" + address + "]") + ":" + endpoint.integer("port");
    }

    private static String process(JsonObject json) throws MalformedJsonException {
        JsonObject process = json.object("process");
        return process.text("name") + " (" + process.integer("pid") + "), " + json.text("signal");
    }
}
