package dev.berth.lab.bench;

import dev.berth.lab.LabException;
import dev.berth.lab.ground.Machine;
import dev.berth.lab.ground.Ran;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which versions of the programs are here. */
final class Versions {
    private static final Map<String, String> QUESTIONS = new LinkedHashMap<>();

    static {
        QUESTIONS.put("ss", "ss -V");
        QUESTIONS.put("lsof", "lsof -v 2>&1 | sed -n 's/^ *revision: *//p'");
        QUESTIONS.put("netstat", "netstat -V | head -n 1");
        QUESTIONS.put("fuser", "fuser -V 2>&1 | head -n 1");
        QUESTIONS.put("haproxy", "haproxy -v | head -n 1 | cut -d ' ' -f 3");
    }

    private Versions() {}

    static Map<String, String> on(Machine machine) throws LabException, IOException, InterruptedException {
        var versions = new LinkedHashMap<String, String>();
        versions.put("linux", System.getProperty("os.version"));
        versions.put("java", Runtime.version().toString());
        versions.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        for (var question : QUESTIONS.entrySet()) {
            Ran ran = machine.run("command -v " + question.getKey() + " >/dev/null && " + question.getValue());
            if (ran.exitCode() == 0) {
                versions.put(question.getKey(), ran.output().strip());
            }
        }
        return versions;
    }
}
