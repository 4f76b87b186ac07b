package dev.berth.cli.command;

import dev.berth.remedy.log.StateFolder;
import java.io.IOException;
import java.nio.file.Path;

/** Where this user's Berth keeps what it must remember. */
final class StatePlace {
    private StatePlace() {}

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
