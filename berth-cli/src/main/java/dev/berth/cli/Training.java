package dev.berth.cli;

import dev.berth.cli.command.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Runs commands once, so that the AOT cache recorded meanwhile holds their classes. See JEP 514.
 *
 * <p>Called with a port that another process holds, and with {@code who} or {@code look} where the cache is for {@code who PORT}
 * alone, or for {@code list} and {@code doctor}.
 * Looks, changes nothing, prints nothing; what a command answers on this host does not matter here, and neither does its
 * failure. What commands write goes into a folder that is gone afterwards, and so does the journal, which is not this host's: what
 * waits there is no matter of a build.
 */
final class Training {
    /**
     * Every command, each way of writing its answer, and the errors a user meets first; PORT is one that is held, and FOLDER takes
     * what is written.
     */
    private static final List<String> COMMAND_LINES = List.of(
            "--help",
            "help",
            "help why",
            "version",
            "version --json",
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
            "reserve PORT --persist --dry-run",
            "unreserve PORT --dry-run",
            "range set 10240-65535 --persist --dry-run",
            "reuse",
            "registry",
            "fix widen-range --dry-run",
            "plan reserve PORT",
            "plan reserve PORT -o FOLDER/reserve.plan",
            "apply FOLDER/reserve.plan --dry-run",
            "changes",
            "changes --json",
            "confirm",
            "rollback",
            "rollback --json",
            "capacity",
            "capacity --json",
            "capacity --range 1025-5000 --time-wait 240 --rate 50",
            "suggest --near PORT",
            "suggest --near PORT --json",
            "policy init",
            "policy init -o FOLDER/drafted.yaml",
            "policy schema",
            "policy check FOLDER/berth.yaml",
            "ensure FOLDER/berth.yaml --check",
            "ensure FOLDER/berth.yaml --check --json",
            "ensure FOLDER/berth.yaml --dry-run",
            "ensure FOLDER/berth.yaml --render ansible",
            "ensure FOLDER/nothing-to-set.yaml --yes",
            "ensure FOLDER/nothing-to-set.yaml --yes --json",
            "ensure no-such-policy --check",
            "capture -o FOLDER/host.berth",
            "capture -o FOLDER/scrubbed.berth --scrub --json",
            "who PORT --from FOLDER/host.berth",
            "doctor --from FOLDER/host.berth",
            "map",
            "map --json",
            "map --color always",
            "map --svg FOLDER/map.svg --png FOLDER/map.png",
            "doctor",
            "doctor --json",
            "doctor --no-owners",
            "doctor --measure 1 --no-owners",
            "doctor --color always",
            "doctor --watch --for 1",
            "failures --for 1",
            "failures --for 1 --json",
            "lab",
            "lab --json",
            "completion bash",
            "completion zsh",
            "completion powershell",
            "man",
            "man why",
            "man --into FOLDER/man",
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

    /** Each key once. */
    private static final String POLICY = """
            services:
              - {name: held, port: PORT, address: 127.0.0.1}
              - {name: web, ports: 8080-8090, process: nginx}
              - {name: names, port: 53, protocol: udp, unit: named.service}
            dynamicRange: {linux: 10240-65535, windows: {tcp: 49152-65535, udp: 49152-65535}}
            timeWaitReuse: loopback
            destinations:
              - {to: "127.0.0.1:PORT", peakConnectionsPerSecond: 40, holdSeconds: 0.2}
            """;

    /** No setting belongs to a destination: whatever the host is like, this is carried out by doing nothing. */
    private static final String NOTHING_TO_SET = """
            destinations:
              - {to: "127.0.0.1:PORT", peakConnectionsPerSecond: 1}
            """;

    private Training() {}

    public static void main(String[] args) throws ClassNotFoundException, IOException {
        Class.forName("dev.berth.cli.Main"); // loaded and not run, because it ends the JVM
        var found = Surroundings.ofThisProcess();
        String port = args[0];
        switch (args[1]) {
            case "who" -> run(List.of("who 1", "who PORT"), port, "", found);
            case "look" -> run(LOOKS, port, "", found);
            default -> runAll(port, found);
        }
    }

    private static void runAll(String port, Surroundings found) throws IOException {
        Path folder = Files.createTempDirectory("berth-training");
        try {
            Files.writeString(folder.resolve("berth.yaml"), POLICY.replace("PORT", port));
            Files.writeString(folder.resolve("nothing-to-set.yaml"), NOTHING_TO_SET.replace("PORT", port));
            run(COMMAND_LINES, port, folder.toString(), remembering(folder.resolve("state"), found));
        } finally {
            delete(folder);
        }
    }

    private static void run(List<String> commandLines, String port, String folder, Surroundings surroundings) {
        for (var commandLine : commandLines) {
            var words = commandLine.split(" ");
            for (int at = 0; at < words.length; at++) { // not before: a path may have a space in it
                words[at] = words[at].replace("PORT", port).replace("FOLDER", folder);
            }
            Berth.run(words, silent(surroundings));
        }
    }

    /** To be thrown away, and not {@code OutputStream.nullOutputStream()}: commands go on after they have closed what they wrote. */
    private static Surroundings silent(Surroundings found) {
        return new Surroundings(
                InputStream.nullInputStream(),
                new ByteArrayOutputStream(),
                new ByteArrayOutputStream(),
                found.environment(),
                found.here());
    }

    private static Surroundings remembering(Path state, Surroundings found) {
        var environment = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER); // as Windows has it
        environment.putAll(found.environment());
        environment.put("BERTH_STATE", state.toString());
        return new Surroundings(found.in(), found.out(), found.err(), environment, found.here());
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
