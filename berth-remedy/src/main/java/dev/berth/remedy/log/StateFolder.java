package dev.berth.remedy.log;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where Berth keeps what it must remember. See the XDG Base Directory Specification for users other than root. */
public final class StateFolder {
    private static final Path OF_ROOT = Path.of("/var/lib/berth");

    private StateFolder() {}

    /** {@code BERTH_STATE} where it is set, else the folder that {@code user} has for it. */
    public static Path of(Map<String, String> environment, String user, String home) {
        String own = set(environment, "BERTH_STATE");
        if (own != null) {
            return Path.of(own);
        }
        if (user.equals("root")) {
            return OF_ROOT;
        }
        String state = set(environment, "XDG_STATE_HOME");
        boolean usable = state != null && Path.of(state).isAbsolute(); // a relative one is to be ignored
        return (usable ? Path.of(state) : Path.of(home, ".local", "state")).resolve("berth");
    }

    private static @Nullable String set(Map<String, String> environment, String name) {
        String value = environment.get(name);
        return value == null || value.isEmpty() ? null : value;
    }
}
