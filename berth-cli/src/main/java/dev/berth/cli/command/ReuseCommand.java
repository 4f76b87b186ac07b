package dev.berth.cli.command;

import dev.berth.cli.json.ReuseJson;
import dev.berth.cli.screen.ReuseScreen;
import dev.berth.diagnosis.Aim;
import dev.berth.diagnosis.Recycling;
import dev.berth.diagnosis.SettingNames;
import dev.berth.platform.HostReadException;
import dev.berth.platform.Settings;
import dev.berth.remedy.plan.PlanOptions;
import dev.berth.remedy.plan.Planning;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

final class ReuseCommand implements Changing {
    private static final int LONGEST_DELAY_MILLIS = 60_000; // TIME_WAIT is over by then

    static CommandSpec spec() {
        return new CommandSpec(
                "reuse",
                "whether a client may take over a port that is in TIME_WAIT: show or set it",
                "[on | off | loopback]",
                0,
                1,
                List.of("on", "off", "loopback"),
                ChangeOptions.with(
                        OptionSpec.value("delay", "MS", "only after so long in TIME_WAIT (Linux 6.14 and later)"),
                        ChangeOptions.PERSIST,
                        ChangeOptions.FORCE),
                List.of(
                        new CommandSpec.Example("berth reuse", "how it is"),
                        new CommandSpec.Example("berth reuse on --dry-run", "what would be changed?"),
                        new CommandSpec.Example("berth reuse on --persist", "now, and after each restart")),
                ChangeOptions.EXITS);
    }

    @Override
    public int run(Arguments arguments, Console console)
            throws UsageException, NotDoneException, HostReadException, IOException {
        if (console.host().facts().system().equals("windows")) {
            throw ChangeRun.refused(Planning.noReuse());
        }
        if (!arguments.operands().isEmpty() || arguments.value("delay") != null) {
            return Changing.super.run(arguments, console);
        }
        Settings settings = console.host().settings();
        if (console.json()) {
            try (OutputStream out = console.bytes()) {
                ReuseJson.write(out, settings);
            }
        } else {
            ReuseScreen.print(console.page(), settings);
        }
        return ExitCode.OK;
    }

    @Override
    public ChangeRun.Planner planner(Arguments arguments, Console console) throws UsageException {
        List<Aim> aims = aims(arguments);
        PlanOptions options = ChangeOptions.planning(arguments);
        return terrain -> Planning.outline(aims, terrain, options);
    }

    private static List<Aim> aims(Arguments arguments) throws UsageException {
        var aims = new ArrayList<Aim>();
        for (String word : arguments.operands()) {
            String value = switch (word) {
                case "on" -> "1";
                case "off" -> "0";
                case "loopback" -> "2";
                default ->
                    throw Arguments.usage(
                            arguments.spec(),
                            "'" + word + "' is unknown",
                            "it takes on, off, or loopback, which is on for loopback only");
            };
            aims.add(new Aim.Assign(Recycling.SETTING, value));
        }
        Integer delay = arguments.whole("delay", "time", 1, LONGEST_DELAY_MILLIS);
        if (delay != null) {
            aims.add(new Aim.Assign(SettingNames.REUSE_DELAY, delay.toString()));
        }
        if (aims.isEmpty()) {
            throw Arguments.usage(arguments.spec(), "berth reuse takes on, off or loopback", "nothing was given");
        }
        return aims;
    }
}
