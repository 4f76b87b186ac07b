package dev.berth.lab.bench;

import dev.berth.lab.LabException;
import dev.berth.lab.bench.Comparison.Unit;
import dev.berth.lab.ground.Ground;
import dev.berth.lab.ground.Machine;
import dev.berth.lab.ground.OwnJava;
import dev.berth.lab.ground.Ran;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Connects by the client library beside plain ones, as {@code dev.berth.lab.client.ConnectBench} times them. */
final class ConnectScene {
    private static final String TITLE = "A connect by the client library beside a plain one";
    private static final String BENCH = "dev.berth.lab.client.ConnectBench";
    private static final Map<String, String> SETTINGS = Map.of(
            "ipv4/tcp_tw_reuse", "0",
            "ipv4/tcp_max_tw_buckets", "2000000",
            "ipv4/tcp_rfc1337", "1", // or a late reset ends a TIME_WAIT: RFC 1337
            "core/somaxconn", "1000000");

    private static final int FILES = 15_100; // of each process that holds the connections: 15,000 and its own
    private static final int QUICK_FILES = 1_000;

    private ConnectScene() {}

    /** How many files one of its processes needs. */
    static int files(boolean quick) {
        return quick ? QUICK_FILES : FILES;
    }

    static SceneResult.Connects measure(Berth berth, boolean quick)
            throws LabException, IOException, InterruptedException {
        try (Ground ground = Ground.open(berth.words())) {
            Machine machine = ground.machine();
            for (var setting : SETTINGS.entrySet()) {
                machine.set(setting.getKey(), setting.getValue());
            }
            machine.set("ipv4/ip_local_port_range", quick ? "32768 33167" : "32768 60999"); // Linux's default
            ground.command("connects", java());
            // before other programs, where that is allowed: on a machine that does something else meanwhile, the
            // medians stay
            String first = machine.run("chrt -f 1 true").exitCode() == 0 ? "chrt -f 1 " : "";
            Ran ran = machine.run(first + "connects" + (quick ? " --quick" : ""));
            if (ran.exitCode() != 0) {
                throw LabException.failed(
                        "the connects could not be timed", ran.output().strip());
            }
            return read(ran.output(), quick);
        }
    }

    private static List<String> java() {
        return Stream.concat(Stream.of(OwnJava.command().toString()), OwnJava.started(BENCH).stream())
                .toList();
    }

    /** Lines of words between tabs; the first says what the others are. */
    static SceneResult.Connects read(String lines, boolean quick) {
        int ports = 0;
        var cells = new ArrayList<ConnectCell>();
        var comparisons = new ArrayList<Comparison>();
        for (String line : lines.lines().toList()) {
            String[] words = line.split("\t", -1);
            switch (words[0]) {
                case "ports" -> ports = Integer.parseInt(words[1]);
                case "cell" ->
                    cells.add(new ConnectCell(
                            words[1],
                            words[2],
                            spread(words, 3),
                            Double.parseDouble(words[6]),
                            Integer.parseInt(words[7]),
                            Integer.parseInt(words[8])));
                case "ratio" -> {
                    Spread measured = spread(words, 2);
                    var budget = new Budget(
                            Double.parseDouble(words[5]), Double.parseDouble(words[6]), Boolean.parseBoolean(words[7]));
                    comparisons.add(new Comparison(
                            Scenes.CLIENT,
                            words[1],
                            Unit.RATIO,
                            measured.median(),
                            measured.min(),
                            measured.max(),
                            quick ? null : budget,
                            false));
                }
                case "never" -> {
                    int count = Integer.parseInt(words[2]);
                    comparisons.add(new Comparison(
                            Scenes.CLIENT,
                            words[1],
                            Unit.CONNECTS,
                            count,
                            count,
                            count,
                            quick ? null : Budget.atMost(0, 0),
                            false));
                }
                default -> throw new IllegalArgumentException(line);
            }
        }
        return new SceneResult.Connects(Scenes.CLIENT, TITLE, ports, cells, comparisons);
    }

    private static Spread spread(String[] words, int first) {
        return new Spread(
                Double.parseDouble(words[first]),
                Double.parseDouble(words[first + 1]),
                Double.parseDouble(words[first + 2]));
    }
}
