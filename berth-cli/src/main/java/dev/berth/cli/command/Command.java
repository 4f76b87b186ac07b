package dev.berth.cli.command;

import dev.berth.platform.HostReadException;
import java.io.IOException;

/** Does what one command promises and says how it went. */
public interface Command {
    /**
     * @return an {@link ExitCode}
     * @throws NotDoneException when what was asked for could not be done, or was not
     * @throws IOException when the output cannot be written
     */
    int run(Arguments arguments, Console console)
            throws UsageException, NotDoneException, HostReadException, IOException;
}
