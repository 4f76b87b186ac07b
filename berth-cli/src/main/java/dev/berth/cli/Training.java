package dev.berth.cli;

import dev.berth.cli.command.Surroundings;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * Runs commands once, so that the AOT cache recorded meanwhile holds their classes. See JEP 514.
 *
 * <p>Called with a port that another process holds, and with {@code who} or {@code look} where the cache is for {@code who PORT}
 * alone, or for {@code list} and {@code doctor}.
 * Looks, changes nothing, prints nothing; what a command answers on this host does not matter here, and neither does its
 * failure.
 */
final class Training {
    /** Every command, each way of writing its answer, and the errors a user meets first; PORT is one that is held. */
    private static final List<String> COMMAND_LINES = List.of(
            "--help",
            "version",
            "who 1",
            "who PORT",
            "who PORT --json",
            "why 1",
            "why 1 --json",
            "why PORT",
            "why PORT --json",
            "why PORT --no-probe",
            "why 127.0.0.1:PORT --as client",
            "why 127.0.0.1:PORT --as client --json",
            "explain --line bind:127.0.0.1:PORT:EADDRINUSE",
            "explain --line bind:127.0.0.1:PORT:EADDRINUSE --json",
            "explain --no-host -",
            "free 1 --dry-run",
            "free PORT --dry-run",
            "free PORT --dry-run --json",
            "list",
            "list state=LISTEN",
            "list --json",
            "ranges",
            "ranges --json",
            "reserve PORT --dry-run",
            "reserve PORT --dry-run --json",
            "range set 10240-65535 --persist --dry-run",
            "reuse",
            "fix widen-range --dry-run",
            "plan reserve PORT",
            "changes",
            "changes --json",
            "capacity",
            "capacity --json",
            "capacity --range 1025-5000 --time-wait 240 --rate 50",
            "suggest --near PORT",
            "suggest --near PORT --json",
            "policy init",
            "policy schema",
            "ensure no-such-policy --check",
            "map",
            "map --json",
            "map --color always",
            "doctor",
            "doctor --json",
            "doctor --no-owners",
            "doctor --measure 1 --no-owners",
            "doctor --color always",
            "doctor --watch --for 1",
            "failures --for 1",
            "failures --for 1 --json",
            "who --help",
            "who 65536",
            "no-such-command");

    /** What is asked in a hurry, of the sockets of a whole host: both ways of writing the answers. */
    private static final List<String> LOOKS = List.of(
            "list",
            "list state=LISTEN",
            "list --no-owners",
            "list --json",
            "doctor",
            "doctor --no-owners",
            "doctor --color always",
            "doctor --json");

    private Training() {}

    public static void main(String[] args) throws ClassNotFoundException {
        Class.forName("dev.berth.cli.Main"); // loaded and not run, because it ends the JVM
        var found = Surroundings.ofThisProcess();
        var nowhere = OutputStream.nullOutputStream();
        var surroundings =
                new Surroundings(InputStream.nullInputStream(), nowhere, nowhere, found.environment(), found.here());
        var commandLines = switch (args[1]) {
            case "who" -> List.of("who 1", "who PORT");
            case "look" -> LOOKS;
            default -> COMMAND_LINES;
        };
        for (var commandLine : commandLines) {
            Berth.run(commandLine.replace("PORT", args[0]).split(" "), surroundings);
        }
    }
}
