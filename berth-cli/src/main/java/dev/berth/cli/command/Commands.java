package dev.berth.cli.command;

import dev.berth.cli.command.CommandSpec.Example;
import java.util.List;

/** All commands by name. Only the one that is asked for is built. */
public final class Commands {
    /** In the order in which they are shown. */
    public static final List<String> NAMES = List.of(
            "doctor", "why", "free", "who", "list", "ranges", "suggest", "capture", "completion", "version", "help");

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

    private static final OptionSpec PROTOCOL = OptionSpec.choice("protocol", "tcp unless given", "tcp", "udp");
    private static final OptionSpec NO_OWNERS = OptionSpec.flag("no-owners", "do not look for the processes: faster");

    private Commands() {}

    /** The options that the command with that name shares with others; none that it would ignore or refuse. */
    static List<OptionSpec> common(String name) {
        return switch (name) {
            case "completion", "help" -> List.of(COLOR, DEBUG, HELP);
            case "version" -> List.of(JSON, COLOR, DEBUG, HELP);
            case "capture" -> List.of(JSON, NETNS, COLOR, DEBUG, HELP);
            case "free" -> List.of(JSON, ONE_NETNS, COLOR, DEBUG, HELP);
            case "why", "ranges", "suggest" -> List.of(JSON, FROM, ONE_NETNS, COLOR, DEBUG, HELP);
            default -> List.of(JSON, FROM, NETNS, COLOR, DEBUG, HELP);
        };
    }

    /** The command with that name, one of {@link #NAMES}. */
    public static Command named(String name) {
        return switch (name) {
            case "doctor" -> new DoctorCommand();
            case "why" -> new WhyCommand();
            case "free" -> new FreeCommand();
            case "who" -> new WhoCommand();
            case "list" -> new ListCommand();
            case "ranges" -> new RangesCommand();
            case "suggest" -> new SuggestCommand();
            case "capture" -> new CaptureCommand();
            case "completion" -> new CompletionCommand();
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
            case "doctor" ->
                new CommandSpec(
                        name,
                        "what is wrong with this host's ports, worst first, each with its fix",
                        "",
                        0,
                        0,
                        List.of(),
                        List.of(NO_OWNERS, OptionSpec.flag("all", "show every destination, not the busiest ten")),
                        List.of(
                                new Example("berth doctor", "look at this host"),
                                new Example("berth doctor --netns all --json", "every namespace, for a program")),
                        List.of("0  nothing wrong", "1  a warning or worse was found"));
            case "why" ->
                new CommandSpec(
                        name,
                        "why a port cannot be bound, proved by a real bind, or a destination not be connected to",
                        "PORT|HOST:PORT",
                        1,
                        1,
                        List.of(),
                        List.of(
                                OptionSpec.value("address", "A", "ask about this address, not the wildcard"),
                                PROTOCOL,
                                OptionSpec.flag("no-probe", "do not try a bind"),
                                OptionSpec.choice(
                                        "as",
                                        "a server on PORT unless given, or a client of HOST:PORT",
                                        "server",
                                        "client"),
                                OptionSpec.value("source", "A", "the address a client connects from"),
                                OptionSpec.value("local-port", "P", "the local port a client chooses by number")),
                        List.of(
                                new Example("berth why 1433", "why can no server have port 1433?"),
                                new Example("berth why 53 --address 127.0.0.1 --protocol udp", "one address, UDP"),
                                new Example(
                                        "berth why 10.0.0.5:443 --as client",
                                        "are local ports left to connect there?")),
                        List.of(
                                "0  a server can bind it now; a client can connect",
                                "1  it cannot, or only slowly",
                                "4  unknown, or not possible on this system"));
            case "free" ->
                new CommandSpec(
                        name,
                        "get a port free in the gentlest way that works, and prove it",
                        "PORT",
                        1,
                        1,
                        List.of(),
                        List.of(
                                OptionSpec.flag("dry-run", "show what would be done, and do nothing"),
                                OptionSpec.flag("yes", "do it without asking; it cannot be undone"),
                                OptionSpec.value(
                                        "wait", "SECONDS", "wait that long for a closed connection to run out"),
                                OptionSpec.choice("by", "only this way", "wait", "destroy", "stop", "signal"),
                                OptionSpec.value("grace", "SECONDS", "time for a process to end (10)"),
                                OptionSpec.flag("force", "kill a process that was asked and does not end in time"),
                                OptionSpec.value("address", "A", "free this address, not the wildcard"),
                                PROTOCOL),
                        List.of(
                                new Example("berth free 1433 --dry-run", "what would it take?"),
                                new Example("berth free 1433", "show it, ask, do it"),
                                new Example("berth free 1433 --wait 60 --yes", "wait rather than destroy; never ask"),
                                new Example("berth free 8080 --by signal", "end the process, not its service")),
                        List.of(
                                "0  it is free now, or was",
                                "1  still held, taken again at once, or an act failed;",
                                "   with --dry-run: something would be done"));
            case "who" ->
                new CommandSpec(
                        name,
                        "who holds a port, as fast as the system tells",
                        "PORT",
                        1,
                        1,
                        List.of(),
                        List.of(PROTOCOL),
                        List.of(
                                new Example("berth who 8080", "who has TCP port 8080?"),
                                new Example("berth who 53 --protocol udp --json", "the same for UDP, as JSON")),
                        List.of("0  nobody holds it", "1  somebody does"));
            case "list" ->
                new CommandSpec(
                        name,
                        "the sockets of this host with their owners",
                        "[FILTER…]",
                        0,
                        CommandSpec.ANY_NUMBER,
                        List.of(
                                "state=",
                                "port=",
                                "local=",
                                "remote=",
                                "pid=",
                                "process=",
                                "unit=",
                                "netns=",
                                "protocol="),
                        List.of(NO_OWNERS),
                        List.of(
                                new Example("berth list state=LISTEN", "all listeners"),
                                new Example("berth list port=8000-8999 process=java", "filters are joined by AND")),
                        List.of("0  always"));
            case "ranges" ->
                new CommandSpec(
                        name,
                        "the dynamic range and the reserved ports: now, and after the next start",
                        "",
                        0,
                        0,
                        List.of(),
                        List.of(),
                        List.of(
                                new Example("berth ranges", "what is in force, and which file sets it"),
                                new Example("berth ranges --json", "for a program")),
                        List.of("0  always"));
            case "suggest" ->
                new CommandSpec(
                        name,
                        "a port that is safe to listen on: free, nobody's, and given to no client",
                        "",
                        0,
                        0,
                        List.of(),
                        List.of(
                                OptionSpec.value(
                                        "near",
                                        "P",
                                        "the nearest to this port; " + SuggestCommand.NEAR + " unless given"),
                                OptionSpec.value("count", "N", "so many ports; 1 unless given"),
                                PROTOCOL,
                                OptionSpec.value("address", "A", "to be bound at this address, not the wildcard"),
                                OptionSpec.flag("no-probe", "do not try a bind")),
                        List.of(
                                new Example("berth suggest --near 1433", "another port for that server"),
                                new Example("berth suggest --count 3 --json", "three ports, for a program")),
                        List.of("0  a port was found", "1  there is none"));
            case "capture" ->
                new CommandSpec(
                        name,
                        "record this host into a file that every reading command opens",
                        "",
                        0,
                        0,
                        List.of(),
                        List.of(
                                new OptionSpec(
                                        "output", "o", "FILE", "the file to write; it must not exist", List.of()),
                                OptionSpec.flag("scrub", "stable pseudonyms for addresses, users and hosts")),
                        List.of(
                                new Example("berth capture -o host.berth", "record this host"),
                                new Example("berth capture -o share.berth --scrub", "one to give away")),
                        List.of("0  recorded"));
            case "completion" ->
                new CommandSpec(
                        name,
                        "a completion script for a shell",
                        "SHELL",
                        1,
                        1,
                        List.of("bash", "zsh", "fish"),
                        List.of(),
                        List.of(
                                new Example("berth completion bash", "to be sourced from ~/.bashrc"),
                                new Example("berth completion zsh", "to be saved as _berth in a folder of $fpath")),
                        List.of("0  done"));
            case "version" ->
                new CommandSpec(
                        name,
                        "the version of Berth and of what it runs on",
                        "",
                        0,
                        0,
                        List.of(),
                        List.of(),
                        List.of(
                                new Example("berth version", "for people"),
                                new Example("berth version --json", "for a program")),
                        List.of("0  done"));
            case "help" ->
                new CommandSpec(
                        name,
                        "how a command is called",
                        "[COMMAND]",
                        0,
                        1,
                        NAMES,
                        List.of(),
                        List.of(
                                new Example("berth help", "all commands"),
                                new Example("berth help why", "one command")),
                        List.of("0  done"));
            default -> throw new IllegalArgumentException("no command " + name);
        };
    }
}
