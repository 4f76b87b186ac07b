package dev.berth.cli.command;

import dev.berth.diagnosis.Nearest;
import java.util.List;

/** All commands by name. Only the one that is asked for is built. */
public final class Commands {
    /** In the order in which they are shown. */
    public static final List<String> NAMES = List.of(
            "doctor",
            "why",
            "explain",
            "free",
            "who",
            "list",
            "ranges",
            "reserve",
            "unreserve",
            "range",
            "reuse",
            "registry",
            "fix",
            "plan",
            "apply",
            "confirm",
            "changes",
            "rollback",
            "ensure",
            "policy",
            "capacity",
            "suggest",
            "failures",
            "map",
            "capture",
            "lab",
            "completion",
            "man",
            "version",
            "help");

    private static final OptionSpec JSON = OptionSpec.flag("json", "write one JSON document instead of text");
    private static final OptionSpec FROM = OptionSpec.value("from", "FILE", "read a capture instead of this host");
    private static final OptionSpec NETNS =
            OptionSpec.value("netns", "NAME|PID|all", "look into another network namespace (Linux)");
    private static final OptionSpec ONE_NETNS =
            OptionSpec.value("netns", "NAME|PID", "look into another network namespace (Linux)");
    private static final OptionSpec COLOR =
            OptionSpec.choice("color", "colour the output; NO_COLOR is honoured", "auto", "always", "never");
    private static final OptionSpec DEBUG = OptionSpec.flag("debug", "show where an error came from");
    private static final OptionSpec HELP = new OptionSpec("help", "h", null, "show this help", List.of());

    static final OptionSpec PROTOCOL = OptionSpec.choice("protocol", "tcp unless given", "tcp", "udp");
    static final OptionSpec NO_OWNERS = OptionSpec.flag("no-owners", "do not look for the processes: faster");

    private Commands() {}

    /** Whether there is a command of that name, one that Berth gives to itself included. */
    public static boolean has(String name) {
        return NAMES.contains(name) || name.equals(RevertCommand.NAME);
    }

    /** The options that the command with that name shares with others; none that it would ignore or refuse. */
    static List<OptionSpec> common(String name) {
        return switch (name) {
            case "completion", "man", "help" -> List.of(COLOR, DEBUG, HELP);
            case "version" -> List.of(JSON, COLOR, DEBUG, HELP);
            case "capture", "failures" -> List.of(JSON, NETNS, COLOR, DEBUG, HELP);
            case "free", "reserve", "unreserve", "range", "reuse", "fix", "plan", "apply" ->
                List.of(JSON, ONE_NETNS, COLOR, DEBUG, HELP);
            case "registry", "confirm", "changes", "rollback", "lab" -> List.of(JSON, COLOR, DEBUG, HELP);
            case RevertCommand.NAME -> List.of(DEBUG, HELP);
            case "why", "explain", "ranges", "capacity", "suggest", "map", "ensure", "policy" ->
                List.of(JSON, FROM, ONE_NETNS, COLOR, DEBUG, HELP);
            default -> List.of(JSON, FROM, NETNS, COLOR, DEBUG, HELP);
        };
    }

    /** The command with that name, one of {@link #NAMES}. */
    public static Command named(String name) {
        return switch (name) {
            case "doctor" -> new DoctorCommand();
            case "why" -> new WhyCommand();
            case "explain" -> new ExplainCommand();
            case "free" -> new FreeCommand();
            case "who" -> new WhoCommand();
            case "list" -> new ListCommand();
            case "ranges" -> new RangesCommand();
            case "reserve", "unreserve" -> new ReserveCommand();
            case "range" -> new RangeCommand();
            case "reuse" -> new ReuseCommand();
            case "registry" -> new RegistryCommand();
            case "fix" -> new FixCommand();
            case "plan" -> new PlanCommand();
            case "apply" -> new ApplyCommand();
            case "confirm" -> new ConfirmCommand();
            case "changes" -> new ChangesCommand();
            case "rollback" -> new RollbackCommand();
            case RevertCommand.NAME -> new RevertCommand();
            case "ensure" -> new EnsureCommand();
            case "policy" -> new PolicyCommand();
            case "capacity" -> new CapacityCommand();
            case "suggest" -> new SuggestCommand();
            case "failures" -> new FailuresCommand();
            case "map" -> new MapCommand();
            case "capture" -> new CaptureCommand();
            case "lab" -> new LabCommand();
            case "completion" -> new CompletionCommand();
            case "man" -> new ManCommand();
            case "version" -> new VersionCommand();
            case "help" -> new HelpCommand();
            default -> throw new IllegalArgumentException("no command " + name);
        };
    }

    /** No command has that name. */
    public static UsageException unknown(String name) {
        String nearest = Nearest.to(name, NAMES);
        return new UsageException(
                "'" + name + "' is not a command",
                nearest == null ? "the commands are " + String.join(", ", NAMES) : "did you mean " + nearest + "?",
                "berth help");
    }

    /** How the command with that name is called; the name is one of {@link #NAMES}. */
    public static CommandSpec spec(String name) {
        return switch (name) {
            case "doctor" -> DoctorCommand.spec();
            case "why" -> WhyCommand.spec();
            case "explain" -> ExplainCommand.spec();
            case "free" -> FreeCommand.spec();
            case "who" -> WhoCommand.spec();
            case "list" -> ListCommand.spec();
            case "ranges" -> RangesCommand.spec();
            case "reserve" -> ReserveCommand.spec();
            case "unreserve" -> ReserveCommand.releaseSpec();
            case "range" -> RangeCommand.spec();
            case "reuse" -> ReuseCommand.spec();
            case "registry" -> RegistryCommand.spec();
            case "fix" -> FixCommand.spec();
            case "plan" -> PlanCommand.spec();
            case "apply" -> ApplyCommand.spec();
            case "confirm" -> ConfirmCommand.spec();
            case "changes" -> ChangesCommand.spec();
            case "rollback" -> RollbackCommand.spec();
            case RevertCommand.NAME -> RevertCommand.spec();
            case "ensure" -> EnsureCommand.spec();
            case "policy" -> PolicyCommand.spec();
            case "capacity" -> CapacityCommand.spec();
            case "suggest" -> SuggestCommand.spec();
            case "failures" -> FailuresCommand.spec();
            case "map" -> MapCommand.spec();
            case "capture" -> CaptureCommand.spec();
            case "lab" -> LabCommand.spec();
            case "completion" -> CompletionCommand.spec();
            case "man" -> ManCommand.spec();
            case "version" -> VersionCommand.spec();
            case "help" -> HelpCommand.spec();
            default -> throw new IllegalArgumentException("no command " + name);
        };
    }
}
