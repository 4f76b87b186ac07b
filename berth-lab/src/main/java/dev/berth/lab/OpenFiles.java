package dev.berth.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How many files a process may open that this one starts: proc_pid_limits(5). The JVM has raised its soft limit to the hard one. */
final class OpenFiles {
    private static final String LIMIT = "Max open files";

    private OpenFiles() {}

    /** 0 where the system does not tell, as on another than Linux. */
    static long most() {
        Path limits = Path.of("/proc/self/limits");
        if (!Files.isReadable(limits)) {
            return 0;
        }
        try {
            String soft = Files.readAllLines(limits).stream()
                    .filter(line -> line.startsWith(LIMIT))
                    .findFirst()
                    .orElseThrow()
                    .substring(LIMIT.length())
                    .strip()
                    .split("\\s+", 2)[0];
            return soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
