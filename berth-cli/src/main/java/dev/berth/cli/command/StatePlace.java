package dev.berth.cli.command;

import dev.berth.remedy.log.StateFolder;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where this user's Berth keeps what it must remember. */
final class StatePlace {
    private StatePlace() {}

    /** Root's, where this user's Berth has another; null otherwise. */
    static @Nullable Path ofRoot(Console console) {
        return StateFolder.ofRoot(console.environment(), System.getProperty("user.name", ""));
    }

    static Path of(Console console) throws NotDoneException {
        try {
            return StateFolder.of(
                    console.environment(), System.getProperty("user.name", ""), System.getProperty("user.home", ""));
        } catch (IOException e) {
            throw new NotDoneException(
                    ExitCode.PROBLEM,
                    "there is no place for the journal",
                    String.valueOf(e.getMessage()),
                    "name a folder for it in BERTH_STATE");
        }
    }
}
