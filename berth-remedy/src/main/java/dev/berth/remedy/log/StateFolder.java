package dev.berth.remedy.log;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where Berth keeps what it must remember. See the XDG Base Directory Specification for users other than root. */
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
        if (user.equals("root")) {
            return OF_ROOT;
        }
        String state = set(environment, "XDG_STATE_HOME");
        boolean usable = state != null && Path.of(state).isAbsolute(); // a relative one is to be ignored
        if (!usable && !Path.of(home).isAbsolute()) {
            throw new FileSystemException(home, null, "user " + user + " has no home folder to keep the log in");
        }
        return (usable ? Path.of(state) : Path.of(home, ".local", "state")).resolve("berth");
    }

    /**
     * Root's folder, where there is one and the one that {@link #of} names is another: what root has changed is not in the
     * journal of this user. Null otherwise.
     */
    public static @Nullable Path ofRoot(Map<String, String> environment, String user) {
        boolean other = set(environment, "BERTH_STATE") == null && !user.equals("root");
        return other && Files.isDirectory(OF_ROOT) ? OF_ROOT : null;
    }

    private static @Nullable String set(Map<String, String> environment, String name) {
        String value = environment.get(name);
        return value == null || value.isEmpty() ? null : value;
    }
}
