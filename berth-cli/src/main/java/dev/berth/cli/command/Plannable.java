package dev.berth.cli.command;

import dev.berth.platform.HostReadException;
import java.io.IOException;

/** What a command wants to change can be told beforehand: by {@code berth plan}. */
interface Plannable {
    /** What turns the wish on the command line into steps. */
    ChangeRun.Planner planner(Arguments arguments, Console console)
            throws UsageException, NotDoneException, HostReadException, IOException;
}
