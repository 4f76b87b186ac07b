package dev.berth.linux.recording;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The users whose processes were recorded; of {@code /etc/passwd}, passwd(5), theirs are the only lines kept. */
final class Users {
    static final String PASSWD = "/etc/passwd";

    private static final int NAME = 0;
    private static final int NUMBER = 2;

    private final Set<String> numbers = new HashSet<>();

    /** Takes note of who runs a process, by its {@code /proc/PID/status}. */
    void occurIn(byte[] status) {
        new String(status, UTF_8)
                .lines()
                .filter(line -> line.startsWith("Uid:"))
                .map(line -> line.split("\\s+", -1))
                .filter(words -> words.length > 1)
                .forEach(words -> numbers.add(words[1]));
    }

    /** Name and number of those that occurred, in the file's own form. */
    byte[] linesOf(byte[] passwd) {
        return new String(passwd, UTF_8)
                .lines()
                .map(line -> line.split(":", -1))
                .filter(fields -> fields.length > NUMBER && numbers.contains(fields[NUMBER]))
                .map(fields -> fields[NAME] + ":x:" + fields[NUMBER] + ":\n")
                .collect(Collectors.joining())
                .getBytes(UTF_8);
    }
}
