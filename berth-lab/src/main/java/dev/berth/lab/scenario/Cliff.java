package dev.berth.lab.scenario;

import dev.berth.lab.LabException;
import dev.berth.lab.Need;
import dev.berth.lab.Scenario;
import dev.berth.lab.Stage;
import dev.berth.lab.Table;
import dev.berth.lab.ground.Running;
import dev.berth.lab.plot.Axis;
import dev.berth.lab.plot.LinePlot;
import dev.berth.lab.plot.Mark;
import dev.berth.lab.program.Gateway;
import dev.berth.lab.program.Services;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** A gateway holds a connection to its backend for each user: from half of the local ports on a connect takes many times as long. */
public final class Cliff implements Scenario {
    private static final String BACKEND = "127.0.0.1:8080";
    private static final String ASK = "berth why " + BACKEND + " --as client";
    private static final String WIDE = "1024-65535";

    @Override
    public String name() {
        return "cliff";
    }

    @Override
    public String summary() {
        return "connects become slow once half of the local ports are taken, and nothing fails";
    }

    @Override
    public List<Need> needs() {
        return List.of(Need.program("ip", "iproute2"), Need.files(17_500));
    }

    @Override
    public void play(Stage stage) throws LabException, IOException, InterruptedException {
        stage.ground().program("backend", Services.class);
        stage.ground().program("gateway", Gateway.class);
        new Play(stage).all();
    }

    private static final class Play {
        private static final int FIRST_PORT = 32_768; // Linux's default
        private static final int STEPS = 40; // to all ports
        private static final int BELOW = 18; // 45 %
        private static final int CLIFF = 20; // 50 %
        private static final int OF_FIRST = 24; // 60 %, all by one process: more files than that many may not open
        private static final int OF_SECOND = 13;
        private static final int PORTS_OF_FIRST =
                26; // that the client library has there: a few are left, as are for the second

        private final Stage stage;
        private final int ports;
        private final int step;
        private final double slower; // at least; of fewer ports, fewer are looked at

        Play(Stage stage) {
            this.stage = stage;
            ports = stage.size(60_999 - FIRST_PORT + 1, 2_000);
            step = Math.ceilDiv(ports, STEPS);
            slower = stage.size(10, 3) / 2.0;
        }

        void all() throws LabException, IOException, InterruptedException {
            open();
            Running gateway = first("");
            Climb kernel = climbed(gateway, 0);
            stage.type("tail -n 10 gateway.log");
            Climb below = kernel.between(0, BELOW);
            Climb past = pastCliff(kernel);
            slower(below, past);
            ask();
            kernel = kernel.then(goHigher());
            gateway.stop();
            Climb wide = widen(past);
            Climb library = chooseInTheClient(past);
            stage.draw("fill", "What a connect takes as the local ports are taken", plot(kernel, library));

            var table = new Table(
                    "A connect, in microseconds",
                    new Table.Column("MEDIAN", "medianMicros", 1),
                    new Table.Column("P99", "p99Micros", 1));
            add(table, "0 to 45 % of the ports taken", below);
            add(table, "50 to 60 %", past);
            add(table, "as many connections, range " + WIDE, wide);
            add(table, "as many connections, client library", pastCliff(library));
            stage.show(table);
        }

        private static void add(Table table, String way, Climb climb) {
            table.add(way, climb.medianMicros(), climb.p99Micros());
        }

        /** From 50 to 60 %. */
        private static Climb pastCliff(Climb climb) {
            return climb.between(CLIFF, OF_FIRST);
        }

        private void open() throws LabException, IOException, InterruptedException {
            stage.part("A connection for each user");
            stage.say(String.format(
                    Locale.ROOT,
                    "A gateway holds a connection to its backend for each user. The backend is one address and one port, so each"
                            + " connection needs a local port of its own. There are %,d.",
                    ports));
            stage.type(
                    "echo %d %d >/proc/sys/net/ipv4/ip_local_port_range".formatted(FIRST_PORT, FIRST_PORT + ports - 1));
            String backend = "backend 8080 8080 --reuseport"; // two, or one would need as many files as there are ports
            stage.start(stage.machine(), "backend-1", backend, "ready");
            stage.start(stage.machine(), "backend-2", backend, "ready");
            stage.say(String.format(
                    Locale.ROOT,
                    "Users come, until 60 %% of the ports are taken. Before the first and after every %,d more the gateway times some"
                            + " connects; each is reset at once, so the number held stays.",
                    step));
        }

        private Running first(String how) throws LabException, IOException, InterruptedException {
            return start("gateway", OF_FIRST, how);
        }

        private Running start(String log, int steps, String how)
                throws LabException, IOException, InterruptedException {
            String line = "gateway to=%s users=%d step=%d connects=%d%s"
                    .formatted(BACKEND, steps * step, step, stage.size(300, 100), how);
            return stage.start(stage.machine(), log, line, "all are connected");
        }

        private Climb climbed(Running gateway, int before) throws IOException {
            return Climb.in(gateway.log(), before, ports);
        }

        private void slower(Climb below, Climb past) throws IOException {
            stage.claim(
                    past.medianMicros() >= slower * below.medianMicros(),
                    String.format(
                            Locale.ROOT,
                            "From half of the ports on a connect takes at least %.1f times as long.",
                            slower));
            stage.say(
                    "No connect failed, and no log says a word. The kernel takes that time on the thread that connects: it is"
                            + " processor time, not waiting.");
        }

        private void ask() throws LabException, IOException, InterruptedException {
            stage.part("What Berth sees");
            stage.claim(
                    stage.type("berth doctor").output().contains("to " + BACKEND + " become slow"),
                    "The doctor finds it, although 40 % of the ports are free.");
            stage.claim(isSlow(), "Asked about the backend, Berth says why.");
        }

        private boolean isSlow() throws LabException, IOException, InterruptedException {
            return stage.type(ASK).output().contains(" are slow: of the ports tried first");
        }

        private Climb goHigher() throws LabException, IOException, InterruptedException {
            stage.part("More users");
            stage.say("They come to a second gateway; the first keeps its own.");
            Climb higher = second("");
            stage.say("It stays as slow, and nothing fails, until no port is left: then no connect succeeds.");
            return higher;
        }

        /** A second gateway beside the first, which stays; what it measured. */
        private Climb second(String how) throws LabException, IOException, InterruptedException {
            Running second = start("second", OF_SECOND, how);
            stage.type("tail -n 2 second.log");
            Climb higher = climbed(second, OF_FIRST * step);
            second.stop();
            return higher;
        }

        private Climb widen(Climb past) throws LabException, IOException, InterruptedException {
            stage.part("More ports");
            stage.say(
                    "The same number of connections is a smaller part of a wider range. The gateway is started again.");
            stage.type("berth range set " + WIDE + " --yes");
            Running gateway = first("");
            stage.type("tail -n 2 gateway.log");
            Climb wide = pastCliff(climbed(gateway, 0));
            faster(wide, past);
            stage.claim(!isSlow(), "Berth no longer calls it slow.");
            stage.say("The cliff is further away, and is still there. The change is taken back.");
            stage.type("berth rollback --yes");
            gateway.stop();
            return wide;
        }

        private Climb chooseInTheClient(Climb past) throws LabException, IOException, InterruptedException {
            int firstPort = FIRST_PORT - ports;
            int secondPort = firstPort + PORTS_OF_FIRST * step;
            stage.part("A client that chooses its ports");
            stage.say(
                    "With berth-client the gateway knows which ports it uses towards the backend, and binds one that is free. It has ports"
                            + " of its own, as many as the kernel has, below the kernel's.");
            Running gateway = first(" ports=%d-%d".formatted(firstPort, secondPort - 1));
            stage.type("tail -n 2 gateway.log");
            Climb library = climbed(gateway, 0);
            faster(pastCliff(library), past);
            stage.say(
                    "A second gateway beside it has the rest of these ports: two programs that choose from the same ones are in each"
                            + " other's way.");
            library = library.then(second(" ports=%d-%d".formatted(secondPort, FIRST_PORT - 1)));
            Climb higher = library.between(OF_FIRST, OF_FIRST + OF_SECOND);
            stage.claim(
                    higher.medianMicros() * slower <= past.medianMicros(),
                    "It stays so until %d %% of the ports are taken.".formatted(100 * (OF_FIRST + OF_SECOND) / STEPS));
            gateway.stop();
            return library;
        }

        private void faster(Climb remedied, Climb past) throws IOException {
            stage.claim(
                    remedied.medianMicros() * slower <= past.medianMicros(),
                    String.format(
                            Locale.ROOT,
                            "With as many connections held a connect is at least %.1f times as fast.",
                            slower));
        }

        private String plot(Climb kernel, Climb library) {
            return new LinePlot(
                            "What a connect takes as the local ports are taken",
                            String.format(
                                    Locale.ROOT,
                                    "%,d ports, one destination; the median, and a bar up to the 99th percentile",
                                    ports),
                            Axis.linear("of the ports taken, %").at(0, 25, 50, 75, 100),
                            Axis.log("connect, µs"),
                            List.of(kernel.line("the kernel chooses"), library.line("the client library chooses")),
                            List.of(new Mark(100.0 * CLIFF / STEPS, "the ports tried first are used up")))
                    .svg();
        }
    }
}
