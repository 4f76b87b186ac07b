package dev.berth.cli.command;

import dev.berth.cli.json.EnsureJson;
import dev.berth.cli.screen.DriftScreen;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.remedy.apply.Applied;
import dev.berth.remedy.apply.ChangeReport;
import dev.berth.remedy.plan.Plan;
import dev.berth.remedy.plan.PlanOptions;
import dev.berth.remedy.plan.Planning;
import dev.berth.remedy.plan.Terrain;
import dev.berth.remedy.policy.Cure;
import dev.berth.remedy.policy.Drift;
import dev.berth.remedy.policy.Item;
import dev.berth.remedy.policy.Policy;
import dev.berth.remedy.render.Rendered;
import dev.berth.remedy.render.Rendering;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Makes a host as a policy wants it, or tells how it differs, or prints the policy for other tools. */
final class EnsureCommand implements Command, Plannable {
    static final String CHECK = "check";
    static final String RENDER = "render";
    private static final String NO_PERSIST = "no-persist";

    static CommandSpec spec() {
        return new CommandSpec(
                "ensure",
                "make this host as a policy wants it, or tell how it differs",
                "POLICY",
                1,
                1,
                List.of(),
                ChangeOptions.with(
                        OptionSpec.flag(CHECK, "tell how it differs, and change nothing; needs no privilege"),
                        OptionSpec.choice(
                                RENDER,
                                "print it for another tool",
                                Rendering.labels().toArray(String[]::new)),
                        OptionSpec.flag(NO_PERSIST, "until the next start only: leave files alone"),
                        ChangeOptions.RESTART_SERVICES,
                        ChangeOptions.RESTART_WINNAT,
                        ChangeOptions.FORCE),
                List.of(
                        new CommandSpec.Example("berth ensure berth.yaml --check", "does this host differ?"),
                        new CommandSpec.Example("berth ensure /etc/berth/berth.yaml --yes", "at server load"),
                        new CommandSpec.Example("berth ensure berth.yaml --render ansible", "for the tool in use"),
                        new CommandSpec.Example(
                                "berth ensure berth.yaml --restart-services", "Windows: ports that are held as well")),
                List.of(
                        "0  the host is as the policy wants it",
                        "1  with --check or --dry-run: it differs; without: something is pending",
                        "   or cannot be so, or a step failed"));
    }

    @Override
    public int run(Arguments arguments, Console console)
            throws UsageException, NotDoneException, HostReadException, IOException {
        String file = arguments.operands().getFirst();
        refuseContradictions(arguments, console);
        Policy policy = PolicyFile.read(file, console);
        String format = arguments.value(RENDER);
        if (format != null) {
            return render(policy, Rendering.labelled(format).orElseThrow(), console);
        }
        return arguments.has(CHECK) ? check(policy, arguments, console) : ensure(policy, arguments, console);
    }

    private static void refuseContradictions(Arguments arguments, Console console) throws UsageException {
        boolean renders = arguments.has(RENDER);
        if (renders && (arguments.has(CHECK) || console.json())) {
            throw Arguments.usage(
                    arguments.spec(),
                    "--render goes with neither --check nor --json",
                    "it prints the policy, and looks at no host");
        }
        if (arguments.has("from") && !arguments.has(CHECK)) {
            throw Arguments.usage(arguments.spec(), "--from goes with --check only", "a recording cannot be changed");
        }
    }

    private static int render(Policy policy, Rendering format, Console console) throws IOException {
        Rendered rendered = format.render(policy);
        try (var out = console.bytes()) {
            out.write(rendered.text().getBytes(StandardCharsets.UTF_8));
        }
        for (String warning : rendered.warnings()) {
            console.warn("berth: " + warning);
        }
        return ExitCode.OK;
    }

    private static int check(Policy policy, Arguments arguments, Console console)
            throws UsageException, HostReadException, IOException {
        String file = arguments.operands().getFirst();
        Drift drift = Cure.examine(policy, console.host(), options(arguments, console.host()));
        if (console.json()) {
            EnsureJson.write(console.bytes(), file, drift, null, "");
        } else {
            DriftScreen.print(console.page(), file, drift);
        }
        return drift.inOrder() ? ExitCode.OK : ExitCode.PROBLEM;
    }

    @Override
    public ChangeRun.Planner planner(Arguments arguments, Console console)
            throws UsageException, NotDoneException, HostReadException, IOException {
        Policy policy = PolicyFile.read(arguments.operands().getFirst(), console);
        HostNetwork host = console.host();
        PlanOptions options = options(arguments, host);
        return terrain -> { // whole or not at all: whoever carries it out later is to know what it comes to
            Drift drift = Drift.of(policy, host, options.persist());
            var lasting = new PlanOptions(drift.lasting(), options.force(), options.restarts());
            return Planning.outline(drift.aims(), terrain, lasting);
        };
    }

    private static PlanOptions options(Arguments arguments, HostNetwork host) throws UsageException {
        boolean persist = !arguments.has(NO_PERSIST);
        if (!persist && host.facts().system().equals("windows")) {
            throw Arguments.usage(
                    arguments.spec(), "--no-persist is for Linux", "what netsh sets here lasts over restarts, always");
        }
        return ChangeOptions.planning(arguments, persist);
    }

    private static int ensure(Policy policy, Arguments arguments, Console console)
            throws UsageException, NotDoneException, HostReadException, IOException {
        String file = arguments.operands().getFirst();
        var run = new ChangeRun(arguments, console);
        var ensuring = new Ensuring(policy, arguments, console);
        ChangeReport report = run.carryOut(ensuring);
        Drift after = ensuring.examine();
        if (console.json()) {
            EnsureJson.write(console.bytes(), file, after, report, arguments.typed());
        } else if (report.end() instanceof ChangeReport.End.Tried(Applied.Done _, var _)) {
            console.page().note("");
            DriftScreen.print(console.page(), file, after);
        }
        int code = run.end(report);
        return code != ExitCode.OK ? code : after.inOrder() ? ExitCode.OK : ExitCode.PROBLEM;
    }

    /** Plans what can be done, having shown how the host differs, once. */
    private static final class Ensuring implements ChangeRun.Planner {
        private final Policy policy;
        private final Arguments arguments;
        private final Console console;
        private final HostNetwork host;
        private final PlanOptions options;
        private boolean shown;
        private boolean cannot;

        Ensuring(Policy policy, Arguments arguments, Console console)
                throws UsageException, NotDoneException, HostReadException {
            this.policy = policy;
            this.arguments = arguments;
            this.console = console;
            this.host = console.host();
            this.options = options(arguments, host);
            this.shown = console.json();
        }

        Drift examine() throws HostReadException {
            return Cure.examine(policy, host, options);
        }

        @Override
        public Plan plan(Terrain terrain) throws HostReadException {
            Drift drift = Drift.of(policy, host, options.persist());
            Cure cure = arguments.has("dry-run")
                    ? Cure.of(policy, drift, terrain, options)
                    : Cure.permitted(policy, drift, terrain, options);
            cannot = cure.drift().items().stream().anyMatch(Ensuring::staysOtherwise);
            if (!shown) {
                shown = true;
                DriftScreen.print(console.page(), arguments.operands().getFirst(), cure.drift());
                console.page().note("");
            }
            return cure.plan();
        }

        private static boolean staysOtherwise(Item item) {
            return item.why() != null || item.aspect() == Item.Aspect.RESERVED_NOW && item.state() != Item.State.OK;
        }

        @Override
        public String idle() {
            return cannot
                    ? "Nothing else can be set here."
                    : "Nothing to set: the settings are as the policy wants them.";
        }
    }
}
