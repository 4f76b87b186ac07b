package dev.berth.lab.scenario;

import dev.berth.lab.LabException;
import dev.berth.lab.Need;
import dev.berth.lab.Scenario;
import dev.berth.lab.Stage;
import dev.berth.lab.Table;
import dev.berth.lab.ground.Ran;
import dev.berth.lab.program.Shop;
import dev.berth.lab.scenario.CallingBox.Came;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Objects;

/**
 * A web service calls another one on the same box under load, a connection for each call, until no local port is left. Two clients do so: one
 * with keep-alive off, and one that logs in for each call and then closes, as the connection is that user's.
 */
public final class Burst implements Scenario {
    private static final Need PYTHON =
            Need.program("python3", "python3-minimal").only("IP_LOCAL_PORT_RANGE");

    private static final Need LINUX = Need.linux(6, 3).only("IP_LOCAL_PORT_RANGE");

    /** Java cannot set the option. */
    private static final String FENCED = "fenced.py";

    private static final String OFF = "keep-alive=off";
    private static final String LOGIN = "user=shop:secret";
    private static final String NEIGHBOUR = "shop to=" + CallingBox.PRICES + " calls=20 " + OFF;

    @Override
    public String name() {
        return "burst";
    }

    @Override
    public String summary() {
        return "a web service calls another under load, a connection each, and runs out of local ports";
    }

    @Override
    public List<Need> needs() {
        return List.of(Need.program("ip", "iproute2"), CallingBox.NGINX, PYTHON, LINUX);
    }

    @Override
    public void play(Stage stage) throws LabException, IOException, InterruptedException {
        stage.ground().program("shop", Shop.class);
        CallingBox.prepare(stage.ground());
        new Play(stage).all();
    }

    /** How often and how fast, and what came of each way. */
    private static final class Play {
        private final Stage stage;
        private final Table off = table("prices: keep-alive off, unless the row says otherwise");
        private final Table login = table("accounts: a login for each call, unless the row says otherwise");

        Play(Stage stage) {
            this.stage = stage;
        }

        private static Table table(String title) {
            return new Table(
                    title,
                    new Table.Column("CALLS", "calls", 0),
                    new Table.Column("FAILED", "failed", 0),
                    new Table.Column("ASKED/S", "askedPerSecond", 0),
                    new Table.Column("ANSWERED/S", "answeredPerSecond", 0),
                    new Table.Column("MEDIAN MS", "medianMillis", 1),
                    new Table.Column("TIME_WAIT", "timeWaitPorts", 0));
        }

        void all() throws LabException, IOException, InterruptedException {
            CallingBox box = works();
            atLocalhost(box);
            load(box);
            ask();
            oldText(box);
            curesInTheClient();
            curesOfTheHost();
            ownPorts();
            if (stage.has(PYTHON) && stage.has(LINUX)) {
                fence();
            }
            stage.show(off);
            stage.show(login);
        }

        private CallingBox works() throws LabException, IOException, InterruptedException {
            stage.part("Two web services on one box");
            stage.say(
                    "nginx serves prices at port 8080 and, to those who log in, accounts at 8081. A shop on the same box calls both, prices with"
                            + " keep-alive off. For accounts it keeps connections alive, but each call is for another user: the shop is asked to log in, logs"
                            + " in, has its answer, and closes the connection.");
            CallingBox box = new CallingBox(stage, stage.machine()).open();
            stage.type("shop to=" + CallingBox.PRICES + " calls=5 " + OFF);
            stage.type("shop to=" + CallingBox.ACCOUNTS + " calls=5 " + LOGIN);
            stage.say(
                    "Few calls, and all are answered. In both ways the client closes first, so each call leaves one of its local ports in"
                            + " TIME_WAIT. How many calls a second does that carry, on the Windows of the old text and here?");
            stage.type("berth capacity --profile windows-2003");
            stage.type("berth capacity");
            return box;
        }

        private void atLocalhost(CallingBox box) throws LabException, IOException, InterruptedException {
            stage.part("The load, at localhost");
            Came came = box.load("127.0.0.1", slowly(), OFF, LOGIN);
            stage.claim(came.noneFailed(), "at localhost no call fails");
            stage.say(
                    "Towards a loopback address Linux takes a TIME_WAIT over once it is a second old (tcp_tw_reuse is 2), so a test at localhost"
                            + " passes with what fails elsewhere.");
            row("127.0.0.1", slow(), came);
        }

        private void load(CallingBox box) throws LabException, IOException, InterruptedException {
            stage.part("The load, at the address of the box");
            stage.say(
                    "In production the same box is called by its name. It is still the same kernel, but no loopback address.");
            stage.say("And somebody has tuned it for many connections, as guides advise:");
            stage.type("echo 5 >/proc/sys/net/ipv4/tcp_fin_timeout");
            Came came = box.load(CallingBox.ADDRESS, calls(), OFF, LOGIN);
            stage.claim(came.someOfBothFailed(), "calls fail in both ways, once each local port has been used");
            row(CallingBox.ADDRESS, fast(), came);
            stage.say(
                    "Calls are slow before they fail: a connect tries every second port first, and where all of that half are in use, it has"
                            + " looked at each of them before it finds one in the other half.");
            stage.say("tcp_fin_timeout was 5 s during this load, and the ports wait many times as long:");
            String waiting = stage.type("ss -Htno state time-wait dst " + CallingBox.ADDRESS + " | head -n 3")
                    .output();
            stage.claim(
                    waiting.lines().count() == 3
                            && waiting.lines().allMatch(line -> line.matches(".*timewait,[1-5][0-9]sec.*")),
                    "with tcp_fin_timeout at 5 s a closed connection keeps its port longer than that");
            stage.type("head -n 5 off.log");
            stage.say("A second client of prices finds no port either, however few its calls are.");
            stage.claim(box.type(NEIGHBOUR + " 2>/dev/null").allFailed(), "each call of a second client fails");
        }

        private void ask() throws LabException, IOException, InterruptedException {
            stage.part("Asking Berth");
            stage.type("berth explain off.log | head -n 10");
            stage.type("berth why " + CallingBox.PRICES + " --as client");
            stage.type("berth doctor | grep -A 1 critical");
        }

        private void oldText(CallingBox box) throws LabException, IOException, InterruptedException {
            stage.part("What the old text advises, on Linux");
            stage.say(
                    "TcpTimedWaitDelay has no counterpart: the 60 s are a constant of the kernel. tcp_fin_timeout is taken for one, and is about"
                            + " another state, FIN_WAIT2.");
            stage.say("MaxUserPort is net.ipv4.ip_local_port_range here, and works at once, with nothing restarted.");
            stage.type("berth range set 10240-65535 --yes");
            stage.claim(
                    box.type(NEIGHBOUR).noneFailed(),
                    "with a wider range no call fails, on the box that had no port left");
        }

        private void curesInTheClient() throws LabException, IOException, InterruptedException {
            stage.part("Keep the connection");
            stage.say("From here on each remedy has a box of its own, set up as the first, and the same load.");
            Came kept = another("kept").load(CallingBox.ADDRESS, calls(), "keep-alive=on", LOGIN + " share=on");
            stage.claim(kept.noneFailed(), "no call fails over connections that are kept");
            stage.say(
                    "Eight threads, eight connections. For accounts it takes a client that keeps a connection for the next call of the same user, which"
                            + " is right only where it is the same user.");
            row("connections kept", fast(), kept);

            stage.part("Let the server close first");
            Came served =
                    another("served").load(CallingBox.ADDRESS, calls(), OFF + " close=server", LOGIN + " close=server");
            stage.claim(
                    served.noneFailed() && served.offTimeWait() + served.loginTimeWait() == 0,
                    "no call fails where the server closes first, and no local port is in TIME_WAIT");
            stage.say(
                    "The client says Connection: close and reads until the server has closed. TIME_WAIT is then on the server's port, where Linux"
                            + " accepts the next connection over it. A client that does not wait for the server sometimes closes first.");
            row("server closes first", fast(), served);
        }

        private void curesOfTheHost() throws LabException, IOException, InterruptedException {
            stage.part("A wider range");
            CallingBox wide = another("wide");
            stage.type(wide.machine(), "berth range set 10240-65535 --yes");
            Came wider = wide.load(CallingBox.ADDRESS, calls(), OFF, LOGIN);
            stage.claim(wider.noneFailed(), "no call fails with a wider range");
            stage.say("More ports for the same minute: this burst fits. A load that lasts has to fit berth capacity.");
            stage.type(wide.machine(), "berth capacity --to " + CallingBox.PRICES);
            row("range 10240-65535", fast(), wider);

            stage.part("TIME_WAIT reuse");
            CallingBox reuse = another("reuse");
            stage.type(reuse.machine(), "berth reuse on --yes");
            Came reused = reuse.load(CallingBox.ADDRESS, slowly(), OFF, LOGIN);
            stage.claim(reused.noneFailed(), "no call fails with TIME_WAIT reuse");
            stage.say(
                    "The same %1$,d ports, each taken again after a second. That carries up to %1$,d calls a second, and needs TCP timestamps at both ends."
                            .formatted(CallingBox.ports(stage)));
            row("tcp_tw_reuse 1", slow(), reused);
        }

        private void ownPorts() throws LabException, IOException, InterruptedException {
            stage.part("A client that chooses its ports");
            stage.say(
                    "The old text has code for who may change nothing of the host: choose the local port, 5001 to 65534 in turn. In Java that is"
                            + " berth-client.");
            String own = " local='ports=5001-65534;order=sequential'";
            Came chosen = another("own").load(CallingBox.ADDRESS, calls(), OFF + own, LOGIN + own);
            stage.claim(chosen.noneFailed(), "no call fails where the client chooses among ports of its own");
            row("berth-client, 60,534 ports", fast(), chosen);

            stage.say(
                    "Or it takes several addresses of its host, as each has all the ports: here 1,000 ports and eight addresses.");
            String many =
                    " local='ports=20000-20999;sources=192.0.2.11,192.0.2.12,192.0.2.13,192.0.2.14,192.0.2.15,192.0.2.16,192.0.2.17,192.0.2.18'";
            Came sources = another("sources").load(CallingBox.ADDRESS, calls(), OFF + many, LOGIN + many);
            stage.claim(sources.noneFailed(), "no call fails with 1,000 ports and eight source addresses");
            stage.say(
                    "Each load is a JVM of its own, and its first calls run in code that is not compiled yet. With berth-client there is more of"
                            + " that code.");
            row("berth-client, 8 addresses", fast(), sources);
        }

        private void fence() throws LabException, IOException, InterruptedException {
            stage.part("IP_LOCAL_PORT_RANGE");
            stage.say(
                    "A socket option since Linux 6.3, which Java cannot set. It narrows the range for one socket and gives no port that the range"
                            + " lacks: no cure, but a fence. Here the burst gets half of the ports, and the second client the rest. It is played for prices only.");
            try (InputStream source = Shop.class.getResourceAsStream(FENCED)) {
                Files.copy(Objects.requireNonNull(source), stage.ground().path(FENCED));
            }
            CallingBox box = another("fenced");
            int half = CallingBox.lastPort(stage) - CallingBox.ports(stage) / 2;
            Ran ran = stage.type(
                    box.machine(),
                    "python3 " + FENCED + " to=" + CallingBox.PRICES + " " + calls() + " ports=1025-" + half
                            + " 2>fenced.log");
            Counted burst = Counted.in(ran.output());
            double timeWait = box.timeWait(CallingBox.ADDRESS, 8080);
            stage.claim(
                    ran.exitCode() == 0 && burst.value("failed") > 0,
                    "calls of the burst fail, sooner than without the fence");
            stage.claim(box.type(NEIGHBOUR).noneFailed(), "no call of a second client fails");
            row(off, "IP_LOCAL_PORT_RANGE, half", fast(), burst, timeWait);
        }

        private CallingBox another(String name) throws LabException, IOException, InterruptedException {
            return new CallingBox(stage, stage.ground().add(name)).openUnseen();
        }

        /** More calls than there are ports, in less than the minute of a TIME_WAIT. */
        private String calls() {
            return calls(fast());
        }

        /** The same, where a port comes back after a second: fewer calls a second than there are ports. */
        private String slowly() {
            return calls(slow());
        }

        private String calls(int rate) {
            return "calls=%d rate=%d".formatted(stage.size(5_000, 450), rate);
        }

        private int fast() {
            return stage.size(1_250, 4_000);
        }

        private int slow() {
            return stage.size(1_250, 300);
        }

        private void row(String way, int rate, Came came) {
            row(off, way, rate, came.off(), came.offTimeWait());
            row(login, way, rate, came.login(), came.loginTimeWait());
        }

        private static void row(Table table, String way, int rate, Counted counted, double timeWait) {
            table.add(
                    way,
                    counted.value("calls"),
                    counted.value("failed"),
                    rate,
                    counted.value("answeredPerSecond"),
                    counted.value("medianMillis"),
                    timeWait);
        }
    }
}
