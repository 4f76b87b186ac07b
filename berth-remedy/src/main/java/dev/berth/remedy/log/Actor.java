package dev.berth.remedy.log;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who acted.
 *
 * @param user the user Berth ran as
 * @param sudoUser who asked for that user's rights, or null
 * @param pid Berth's own process id
 * @param berth which build of Berth, by its one name
 */
public record Actor(String user, @Nullable String sudoUser, long pid, String berth) {
    /** This process. */
    public static Actor here(Map<String, String> environment, String berth) {
        return new Actor(
                System.getProperty("user.name", "unknown"),
                environment.get("SUDO_USER"),
                ProcessHandle.current().pid(),
                berth);
    }
}
