package dev.berth.lab.bench;

import dev.berth.lab.LabException;
import dev.berth.lab.ground.Machine;
import dev.berth.lab.ground.Ran;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which versions of the programs are here. */
final class Versions {
    private static final Pattern NUMBER = Pattern.compile("[0-9]+(\\.[0-9]+){1,2}");
    private static final Map<String, String> QUESTIONS = new LinkedHashMap<>();

    static {
        QUESTIONS.put("ss", "ss -V 2>&1");
        QUESTIONS.put("lsof", "lsof -v 2>&1 | grep '^ *revision'");
        QUESTIONS.put("netstat", "netstat -V");
        QUESTIONS.put("fuser", "fuser -V 2>&1");
    }

    private Versions() {}

    static Map<String, String> on(Machine machine) throws LabException, IOException, InterruptedException {
        var versions = new LinkedHashMap<String, String>();
        versions.put("linux", number(System.getProperty("os.version")));
        versions.put("java", Runtime.version().toString());
        versions.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        for (var question : QUESTIONS.entrySet()) {
            Ran ran = machine.run("command -v " + question.getKey() + " >/dev/null && " + question.getValue());
            if (ran.exitCode() == 0) {
                versions.put(question.getKey(), number(ran.output()));
            }
        }
        return versions;
    }

    /** The first number with dots in it, as in {@code 6.1.0} of "ss utility, iproute2-6.1.0"; the text where there is none. */
    static String number(String text) {
        Matcher matcher = NUMBER.matcher(text);
        return matcher.find() ? matcher.group() : text.strip();
    }
}
