package dev.berth.remedy.log;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where Berth keeps what it must remember. Whoever may change the whole machine has one folder for all: root, and on Windows
 * whoever may write the system folder, as an elevated administrator may and the same person without elevation may not. For
 * others see the XDG Base Directory Specification; on Windows theirs is the folder for data that stay on this machine.
 */
public final class StateFolder {
    private static final Path OF_ROOT = Path.of("/var/lib/berth");

    private StateFolder() {}

    /**
     * {@code BERTH_STATE} where it is set, else the folder that {@code user} has for it.
     *
     * @throws IOException where the user has no home folder: Java then says {@code ?}
     */
    public static Path of(Map<String, String> environment, String user, String home) throws IOException {
        String own = set(environment, "BERTH_STATE");
        if (own != null) {
            return Path.of(own).toAbsolutePath();
        }
        return isMaster(environment, user) ? shared(environment) : ofOneUser(environment, user, home);
    }

    private static Path ofOneUser(Map<String, String> environment, String user, String home) throws IOException {
        boolean windows = isWindows(environment);
        String state = set(environment, windows ? "LOCALAPPDATA" : "XDG_STATE_HOME");
        if (state != null && Path.of(state).isAbsolute()) { // a relative one is to be ignored
            return Path.of(state, "berth");
        }
        if (!Path.of(home).isAbsolute()) {
            throw new FileSystemException(home, null, "user " + user + " has no home folder to keep the log in");
        }
        return windows ? Path.of(home, "AppData", "Local", "berth") : Path.of(home, ".local", "state", "berth");
    }

    /**
     * The folder of whoever may change the whole machine, where there is one and the one that {@link #of} names is another:
     * what root has changed is not in the journal of this user. Null otherwise.
     */
    public static @Nullable Path ofRoot(Map<String, String> environment, String user) {
        boolean other = set(environment, "BERTH_STATE") == null && !isMaster(environment, user);
        Path shared = shared(environment);
        return other && Files.isDirectory(shared) ? shared : null;
    }

    private static boolean isMaster(Map<String, String> environment, String user) {
        return isWindows(environment)
                ? Files.isWritable(Path.of(environment.getOrDefault("SystemRoot", "C:\\Windows")))
                : user.equals("root");
    }

    static boolean isWindows(Map<String, String> environment) {
        return set(environment, "ProgramData") != null;
    }

    private static Path shared(Map<String, String> environment) {
        String programData = set(environment, "ProgramData");
        return programData == null ? OF_ROOT : Path.of(programData, "berth");
    }

    private static @Nullable String set(Map<String, String> environment, String name) {
        String value = environment.get(name);
        return value == null || value.isEmpty() ? null : value;
    }
}
