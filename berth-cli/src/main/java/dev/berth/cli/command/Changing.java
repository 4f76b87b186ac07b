package dev.berth.cli.command;

import dev.berth.cli.json.ChangeJson;
import dev.berth.platform.HostReadException;
import dev.berth.remedy.apply.ChangeReport;
import java.io.IOException;

/** A command whose whole effect is a plan, so that {@code berth plan} can tell it beforehand. */
interface Changing extends Command {
    /** What turns the wish on the command line into steps. */
    ChangeRun.Planner planner(Arguments arguments, Console console)
            throws UsageException, NotDoneException, HostReadException, IOException;

    @Override
    default int run(Arguments arguments, Console console)
            throws UsageException, NotDoneException, HostReadException, IOException {
        ChangeRun.Planner planner = planner(arguments, console);
        var run = new ChangeRun(arguments, console);
        ChangeReport report = run.carryOut(planner);
        if (console.json()) {
            ChangeJson.write(console.bytes(), arguments.spec().name(), arguments.typed(), report);
        }
        return run.end(report);
    }
}
