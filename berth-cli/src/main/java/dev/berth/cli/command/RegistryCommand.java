package dev.berth.cli.command;

import dev.berth.cli.json.RegistryJson;
import dev.berth.cli.screen.RegistryScreen;
import dev.berth.diagnosis.Aim;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.WindowsSetting;
import dev.berth.remedy.plan.PlanOptions;
import dev.berth.remedy.plan.Planning;
import dev.berth.remedy.plan.RegistryRules;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** The values of the Windows registry that old advice about ports is about: told, set, taken out. */
final class RegistryCommand implements Changing {
    private static final String WAYS = "it takes set NAME VALUE, remove NAME, or nothing, to tell what is there";

    static CommandSpec spec() {
        return new CommandSpec(
                "registry",
                "Windows: values of the registry that advice about ports names: show, set or remove them",
                "[set NAME VALUE | remove NAME]",
                0,
                3,
                List.of("set", "remove"),
                ChangeOptions.with(),
                List.of(
                        new CommandSpec.Example("berth registry", "which are there, and what each is documented for"),
                        new CommandSpec.Example(
                                "berth registry set MaxUserPort 65534 --dry-run", "what would be changed?"),
                        new CommandSpec.Example(
                                "berth registry remove TcpTimedWaitDelay", "Windows' own default again")),
                ChangeOptions.EXITS);
    }

    @Override
    public int run(Arguments arguments, Console console)
            throws UsageException, NotDoneException, HostReadException, IOException {
        HostNetwork host = windows(console);
        if (!arguments.operands().isEmpty()) {
            return Changing.super.run(arguments, console);
        }
        var settings = host.everySetting();
        String release = host.facts().release();
        if (console.json()) {
            try (OutputStream out = console.bytes()) {
                RegistryJson.write(out, settings, release);
            }
        } else {
            RegistryScreen.print(console.page(), settings, release);
        }
        return ExitCode.OK;
    }

    @Override
    public ChangeRun.Planner planner(Arguments arguments, Console console)
            throws UsageException, NotDoneException, HostReadException {
        windows(console);
        Aim aim = aim(arguments);
        return terrain -> Planning.outline(List.of(aim), terrain, new PlanOptions(false, false));
    }

    private static HostNetwork windows(Console console) throws UsageException, NotDoneException, HostReadException {
        HostNetwork host = console.host();
        if (!host.facts().system().equals("windows")) {
            throw new NotDoneException(
                    ExitCode.NOT_POSSIBLE,
                    "this system has no registry",
                    "berth registry is about values of the Windows registry",
                    "berth ranges shows what decides about ports here");
        }
        return host;
    }

    private static Aim aim(Arguments arguments) throws UsageException {
        List<String> words = arguments.operands();
        boolean sets = words.size() == 3 && words.getFirst().equals("set");
        boolean removes = words.size() == 2 && words.getFirst().equals("remove");
        if (!sets && !removes) {
            throw Arguments.usage(
                    arguments.spec(), "'" + String.join(" ", words) + "' is nothing that berth registry does", WAYS);
        }
        String setting = WindowsSetting.registry(RegistryRules.spelled(words.get(1)));
        return sets ? new Aim.Assign(setting, words.get(2)) : new Aim.Remove(setting);
    }
}
