package dev.berth.cli;

import dev.berth.cli.command.Surroundings;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;

/**
 * Runs every command once, so that the AOT cache recorded meanwhile holds their classes. See JEP 514.
 *
 * <p>Looks, changes nothing, prints nothing, and holds one port of the loopback meanwhile; what a command answers on this host does not matter here, and neither does
 * its failure.
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

    public static void main(String[] args) throws ClassNotFoundException, IOException {
        Class.forName("dev.berth.cli.Main"); // loaded and not run, because it ends the JVM
        var found = Surroundings.ofThisProcess();
        var nowhere = OutputStream.nullOutputStream();
        var surroundings = new Surroundings(nowhere, nowhere, found.environment(), found.here());
        var loopback = InetAddress.getLoopbackAddress();
        try (var held = new ServerSocket(0, 1, loopback);
                var client = new Socket(loopback, held.getLocalPort());
                var _ = held.accept()) {
            client.shutdownOutput(); // so that there is a listener, a CLOSE_WAIT and a FIN_WAIT2 to tell of
            for (var commandLine : COMMAND_LINES) {
                var words = commandLine.replace("PORT", String.valueOf(held.getLocalPort()));
                Berth.run(words.split(" "), surroundings);
            }
        }
    }
}
