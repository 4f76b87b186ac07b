package dev.berth.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;

/**
 * Runs every command once, so that the AOT cache recorded meanwhile holds their classes. See JEP 514.
 *
 * <p>Looks, changes nothing, prints nothing; what a command answers on this host does not matter here, and neither does
 * its failure.
 */
final class Training {
    /** Every command, each way of writing its answer, and the errors a user meets first. */
    private static final List<String> COMMAND_LINES = List.of(
            "--help",
            "version",
            "who 1",
            "who 1 --json",
            "why 1",
            "why 1 --json",
            "why 1 --no-probe",
            "list",
            "list state=LISTEN",
            "list --json",
            "ranges",
            "ranges --json",
            "doctor",
            "doctor --json",
            "doctor --no-owners",
            "doctor --color always",
            "who --help",
            "who 65536",
            "no-such-command");

    private Training() {}

    public static void main(String[] args) {
        var nowhere = new PrintStream(OutputStream.nullOutputStream());
        for (var commandLine : COMMAND_LINES) {
            Main.run(commandLine.split(" "), nowhere, nowhere);
        }
    }
}
