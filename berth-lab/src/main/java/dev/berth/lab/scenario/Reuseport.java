package dev.berth.lab.scenario;

import dev.berth.lab.LabException;
import dev.berth.lab.Need;
import dev.berth.lab.Scenario;
import dev.berth.lab.Stage;
import dev.berth.lab.Table;
import dev.berth.lab.Table.Column;
import dev.berth.lab.ground.Ran;
import dev.berth.lab.ground.Running;
import dev.berth.lab.program.Ask;
import dev.berth.lab.program.Pool;
import dev.berth.lab.program.Release;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Two versions of a server share a port by SO_REUSEPORT: the old one is forgotten, or it ends while calls wait in its queue. */
public final class Reuseport implements Scenario {
    private static final Need MIGRATION =
            Need.setting("ipv4/tcp_migrate_req").only("a restart that hands over the calls that wait");

    @Override
    public String name() {
        return "reuseport";
    }

    @Override
    public String summary() {
        return "two versions of a server share a port: half of the callers get the old one, and its end resets calls";
    }

    @Override
    public List<Need> needs() {
        return List.of(
                Need.program("ip", "iproute2"),
                Need.program("ss", "iproute2"),
                Need.program("pkill", "procps"),
                Need.program("sysctl", "procps"),
                MIGRATION);
    }

    @Override
    public void play(Stage stage) throws LabException, IOException, InterruptedException {
        stage.ground().program("shop", Release.class);
        stage.ground().program("ask", Ask.class);
        stage.ground().program("pool", Pool.class);
        new Deployments(stage).play();
    }

    /** Versions of the server, each started beside the one before. */
    private static final class Deployments {
        private static final String SOCKETS = "ss -ltn 'sport = :8080'";
        private static final int POOLED = 40;

        private final Stage stage;
        private final int calls;
        private final Deque<Running> running = new ArrayDeque<>(); // the oldest first
        private final Table table = new Table(
                "Calls to port 8080",
                new Column("CALLS", "calls", 0),
                new Column("ANSWERED BY THE NEW VERSION", "byNew", 0),
                new Column("BY THE OLD ONE", "byOld", 0),
                new Column("RESET", "reset", 0));
        private int version;

        Deployments(Stage stage) {
            this.stage = stage;
            calls = stage.size(400, 60);
        }

        void play() throws LabException, IOException, InterruptedException {
            forgetTheOld();
            askBerth();
            endTheOld();
            doNotShare();
            restart();
            if (stage.has(MIGRATION)) {
                restartHandingOver();
            }
            stage.show(table);
        }

        private void forgetTheOld() throws LabException, IOException, InterruptedException {
            stage.part("The old version is left running");
            stage.say(
                    "'shop' is a small server of the lab that answers with its version. Each version sets SO_REUSEPORT,"
                            + " so that the next one can listen before the old one stops. This deployment starts version 2, and"
                            + " forgets to stop version 1.");
            deploy();
            deploy();
            stage.claim(running.stream().allMatch(Running::isAlive), "both run, and neither has complained");
            Counts counts = ask();
            add("the old version left running", calls, counts);
            stage.claim(
                    counts.of("v1") > 0 && counts.of("v2") > 0 && counts.of("v1") + counts.of("v2") == calls,
                    "no call fails, and the old version answers " + counts.of("v1") + " of " + calls);
            stage.say("For each new connection the kernel chooses a listener, by a hash of addresses and ports.");
        }

        private void askBerth() throws LabException, IOException, InterruptedException {
            stage.part("Who answers?");
            stage.type(SOCKETS);
            stage.say("Two lines for one port are two sockets. Whose?");
            stage.type("berth who 8080");
            stage.say("The quick question is answered by the first process that is found. The other one asks for all.");
            Ran why = stage.type("berth why 8080");
            stage.claim(
                    why.output()
                                    .lines()
                                    .filter(line -> line.matches(" *LISTEN .* shop \\(.*"))
                                    .count()
                            == 2,
                    "berth why names both processes");
        }

        private void endTheOld() throws LabException, IOException, InterruptedException {
            stage.part("The old version ends");
            Ran free = stage.type("berth free 8080 --dry-run");
            stage.claim(free.output().contains("2 sockets listen"), "to free the port would end both");
            stage.say("The port is not to be free, it is to be the new version's: only the older process has to end.");
            endTheOlder().join();
            Counts counts = ask();
            add("the old version ended", calls, counts);
            stage.claim(counts.of("v2") == calls, "the new version answers all " + calls + " calls");
        }

        private void doNotShare() throws LabException, IOException, InterruptedException {
            stage.part("A version that does not share");
            stage.say("Somebody takes SO_REUSEPORT out of version 3, so that no version is ever forgotten again.");
            Ran start = stage.type("shop version=3 port=8080");
            stage.claim(start.exitCode() == 1, "it does not start beside version 2: both have to share");
            Ran why = stage.type("berth why 8080");
            stage.claim(
                    why.output().contains("a socket of the same user that sets it too may join it"),
                    "berth why says who could join");
        }

        private void restart() throws LabException, IOException, InterruptedException {
            stage.part("A restart while calls wait");
            stage.say(
                    "So version 3 shares again: it starts first, and version 2 is stopped then. But a connection belongs to"
                            + " the listener that was chosen for its first packet, and waits in the queue of that one until it is"
                            + " accepted. A 'shop' has one call in hand at a time.");
            stage.type("mkfifo questions");
            Counts counts = replace("restart, tcp_migrate_req=0");
            stage.claim(
                    counts.of("reset") > 0,
                    counts.of("reset")
                            + " calls that waited for the old version are reset, with the new one listening");
        }

        private void restartHandingOver() throws LabException, IOException, InterruptedException {
            stage.part("A restart that hands over the calls that wait");
            stage.say("No command of Berth sets this; Linux 5.14 and newer have it.");
            stage.type("sysctl -w net.ipv4.tcp_migrate_req=1");
            Counts counts = replace("restart, tcp_migrate_req=1");
            stage.claim(
                    counts.of("reset") == 0, "no call is reset: the new version answers those that waited for the old");
            stage.say(
                    "A kernel without the correction of CVE-2026-46015 hands them over without waking the server. One that"
                            + " is idle then, as this one is not, learns of them with its next connection.");
        }

        /** Starts the next version, lets calls wait for both, and stops the old one. */
        private Counts replace(String way) throws LabException, IOException, InterruptedException {
            deploy();
            Running pool = stage.start(
                    stage.machine(), "pool", "pool 127.0.0.1 8080 " + POOLED + " <>questions", "connected=" + POOLED);
            stage.say("Recv-Q of a listener is the length of its queue.");
            stage.type(SOCKETS);
            endTheOlder().await("stopped listening");
            stage.type("echo >questions");
            pool.join();
            Counts counts = Counts.in(stage.type("cat pool.log").output());
            add(way, POOLED, counts);
            stage.claim(
                    counts.of("v" + (version - 1)) == 1,
                    "the old version stops as it should: it takes no more calls, and answers the one it has in hand");
            return counts;
        }

        private void deploy() throws LabException, IOException, InterruptedException {
            version++;
            running.add(stage.start(
                    stage.machine(),
                    "shop-" + version,
                    "shop version=" + version + " port=8080 reuse-port=on",
                    "ready"));
        }

        private Running endTheOlder() throws LabException, IOException, InterruptedException {
            stage.type("pkill --oldest --exact shop");
            return running.removeFirst();
        }

        private Counts ask() throws LabException, IOException, InterruptedException {
            return Counts.in(stage.type("ask 127.0.0.1 " + calls + " 8080").output());
        }

        private void add(String way, int made, Counts counts) {
            table.add(way, made, counts.of("v" + version), counts.of("v" + (version - 1)), counts.of("reset"));
        }
    }
}
