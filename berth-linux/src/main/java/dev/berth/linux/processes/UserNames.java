package dev.berth.linux.processes;

import dev.berth.linux.kernel.KernelFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The names of users, from {@code /etc/passwd}: passwd(5). Users of a directory service keep their numbers. */
final class UserNames {
    private final Map<String, String> names = new HashMap<>();

    UserNames(KernelFiles files) {
        try {
            byte[] passwd = files.read("/etc/passwd");
            String text = passwd == null ? "" : new String(passwd, StandardCharsets.UTF_8);
            for (String line : text.split("\n", -1)) {
                String[] fields = line.split(":", 4); // name, password, number, the rest
                if (fields.length == 4) {
                    names.putIfAbsent(fields[2], fields[0]); // as getpwuid(3): the first line wins
                }
            }
        } catch (IOException e) {
            names.clear(); // numbers will do
        }
    }

    /** The name of user number {@code uid}, or the number itself. */
    String of(String uid) {
        return names.getOrDefault(uid, uid);
    }
}
