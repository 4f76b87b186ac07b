package dev.berth.lab.scenario;

import dev.berth.lab.LabException;
import dev.berth.lab.Need;
import dev.berth.lab.Scenario;
import dev.berth.lab.Stage;
import dev.berth.lab.Table;
import dev.berth.lab.ground.Machine;
import dev.berth.lab.ground.Ran;
import dev.berth.lab.ground.Running;
import dev.berth.lab.program.Agents;
import dev.berth.lab.program.Greeter;
import dev.berth.lab.program.Monitor;
import dev.berth.lab.program.Services;
import dev.berth.lab.program.SqlServer;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** A database server that does not start after maintenance: another service listens on its port, or an outgoing connection has it. */
public final class ThreeAm implements Scenario {
    private static final String SYSCTL_FOLDER = "/etc/sysctl.d";

    @Override
    public String name() {
        return "three-am";
    }

    @Override
    public String summary() {
        return "after maintenance the database server does not start: its port is in use, and nobody listens there";
    }

    @Override
    public List<Need> needs() {
        return List.of(
                Need.program("ip", "iproute2"), Need.program("ss", "iproute2"), Need.program("sysctl", "procps"));
    }

    @Override
    public void play(Stage stage) throws LabException, IOException, InterruptedException {
        stage.ground().program("sqlserver", SqlServer.class);
        stage.ground().program("reports", Greeter.class);
        stage.ground().program("monitor", Monitor.class);
        stage.ground().program("agents", Agents.class);
        stage.ground().program("services", Services.class);
        new Night(stage).pass();
    }

    /** What happens to the host of the server; its network is a machine of its own. */
    private record Night(Stage stage) {
        private static final String READY = "ready for client connections";
        private static final String NETWORK = "10.0.0.1";
        private static final int FIRST_SERVICE = 5_001;
        private static final String RANGE = SYSCTL_FOLDER + "/50-dynamic-range.conf";
        private static final String LOAD = "sysctl -p " + SYSCTL_FOLDER + "/*.conf";

        void pass() throws LabException, IOException, InterruptedException {
            connect();
            before();
            double listener = anotherService();
            double client = outgoingConnection();
            Boots lottery = lottery();
            Boots reserved = reserved();
            loadProcess();
            show(listener, client);
            show(lottery, reserved);
        }

        private void connect() throws LabException, IOException, InterruptedException {
            Machine network = stage.ground().add("network");
            stage.machine()
                    .must("ip link add eth0 type veth peer name eth0 netns network"
                            + " && ip address add 10.0.0.2/24 dev eth0 && ip link set eth0 up"
                            + " && ip -n network address add " + NETWORK + "/24 dev eth0"
                            + " && ip -n network link set eth0 up");
            network.start("services", "services " + FIRST_SERVICE + " " + lastService())
                    .await("ready");
        }

        private int connections() {
            return stage.size(6, 24);
        }

        private int lastService() {
            return FIRST_SERVICE + connections() - 1;
        }

        private void before() throws LabException, IOException, InterruptedException {
            stage.part("Before the maintenance");
            stage.say(
                    "'sqlserver' is a small program of the lab. It listens on 1433, and writes the lines that SQL Server writes."
                            + " The kernel and the sockets are real.");
            stage.say(
                    "Somebody has widened the dynamic range of this host. Outgoing connections are given their local ports from"
                            + " it, and 1433 is inside.");
            stage.type("echo net.ipv4.ip_local_port_range = 1025 " + stage.size(65_534, 2_560) + " >" + RANGE);
            stage.type(LOAD);
            Running server = start();
            stage.type("cat errorlog");
            server.stop();
            stage.say("All is well. Now the server is stopped for maintenance.");
        }

        private double anotherService() throws LabException, IOException, InterruptedException {
            stage.part("3 AM, the first situation: another service listens on 1433");
            Running reports = stage.start(stage.machine(), "reports", "reports 1433", "listening");
            refused();
            stage.type("ss -ltnp 'sport = :1433'");
            stage.say("A listener is what everybody looks for, and every tool shows it.");
            stage.type("berth who 1433");
            double seconds = freed();
            stage.claim(!reports.isAlive(), "the other service was asked to end, and has ended");
            return seconds;
        }

        private double outgoingConnection() throws LabException, IOException, InterruptedException {
            stage.part("3 AM, the second situation: nobody listens on 1433");
            stage.say(
                    "Maintenance again. While the server is down, 'monitor' on this host polls a service of the network. Each poll"
                            + " is a connection that ends by a reset, and the kernel chooses its local port.");
            long begun = System.nanoTime();
            Running monitor = stage.start(
                    stage.machine(), "monitor", "monitor " + NETWORK + " " + FIRST_SERVICE + " 1433", "polls=");
            double waited = (System.nanoTime() - begun) / 1e9;
            int polls = Integer.parseInt(monitor.log().strip().substring("polls=".length()));
            stage.say("The kernel gave 1433 to poll " + String.format(Locale.ROOT, "%,d, after %.0f s", polls, waited)
                    + ", and that one lasts. In real"
                    + " life this takes bad luck, or time; the lab lets 'monitor' poll until it happens.");
            refused();
            stage.type("ss -ltn 'sport = :1433'");
            stage.say("No listener. Whoever looks for the service in the way finds none.");
            stage.type("ss -tanp 'sport = :1433'");
            stage.say(
                    "Asked for all states, ss shows a connection, and whose it is. Berth adds that it is the reason, tries the bind to"
                            + " prove it, and knows a cure that ends no program.");
            stage.type("berth explain errorlog | head -n 13");
            Ran why = stage.type("berth why 1433");
            stage.claim(why.output().contains("a connection of monitor"), "berth why names the client that has 1433");
            stage.say(
                    "Nobody has to restart the host and hope. Berth takes the gentlest way that works: it cuts that one"
                            + " connection.");
            stage.say(
                    "Reserve first, for this night only: else another client may be given 1433 before the server is up.");
            stage.type("berth reserve 1433 --yes");
            double seconds = freed();
            stage.claim(monitor.isAlive(), "that one connection was cut; the program that had it still runs");
            monitor.stop();
            return seconds;
        }

        private void refused() throws LabException, IOException, InterruptedException {
            Ran start = stage.type("sqlserver");
            stage.claim(start.exitCode() == 1, "the server does not start");
        }

        private Running start() throws LabException, IOException, InterruptedException {
            return stage.start(stage.machine(), "sqlserver", "sqlserver", READY);
        }

        /** How many seconds from the command until the server is up. */
        private double freed() throws LabException, IOException, InterruptedException {
            long begun = System.nanoTime();
            stage.type("berth free 1433 --yes");
            Running server = start();
            double seconds = (System.nanoTime() - begun) / 1e9;
            stage.claim(server.isAlive(), "the server starts");
            server.stop();
            return seconds;
        }

        private void show(double listener, double client) throws IOException {
            var table = new Table(
                    "From 'berth free 1433' until the server is up",
                    new Table.Column("SECONDS", "seconds", 1),
                    new Table.Column("PROGRAMS ENDED", "programsEnded", 0),
                    new Table.Column("CONNECTIONS CUT", "connectionsCut", 0));
            table.add("another service listened", listener, 1, 0);
            table.add("a client had been given it", client, 0, 1);
            stage.show(table);
        }

        private Boots lottery() throws LabException, IOException, InterruptedException {
            stage.part("Restart and hope");
            stage.say("Without a cure each boot is a lottery: 'agents' starts before the server, and makes "
                    + connections()
                    + " connections. From a range of 1025-65534 the kernel takes the 32,255 odd ports first, so that one boot in "
                    + String.format(Locale.ROOT, "%,d", 32_255 / connections())
                    + " fails or so. To see it in a few boots, the"
                    + " range is 16 ports from here on. 8 of them are odd, and each connection, as it has a destination of its own, may be"
                    + " given any of these: about " + expected() + " of " + boots() + " boots will fail.");
            stage.type("echo net.ipv4.ip_local_port_range = 1425 1440 >" + RANGE);
            stage.say(
                    "A kernel cannot be restarted in a lab. For each boot all programs end, their connections are cut, the dynamic"
                            + " range and the reserved ports are as the kernel begins with, and " + SYSCTL_FOLDER
                            + " is loaded. Then"
                            + " 'agents' starts, then the server.");
            Boots boots = boot(false);
            stage.claim(
                    boots.started == boots.all - boots.taken && boots.taken > 0,
                    "in " + boots.taken + " of " + boots.all
                            + " boots a client was given 1433, and in just these the server" + " did not start");
            return boots;
        }

        private Boots reserved() throws LabException, IOException, InterruptedException {
            stage.part("Prevention");
            stage.say(
                    "A reserved port is given to no client that asks for any port. A server that asks for this one gets it.");
            stage.type("berth ranges");
            Ran reserve = stage.type("berth reserve 1433 --persist --yes");
            stage.claim(reserve.exitCode() == 0, "1433 is reserved, now and after a restart");
            Boots boots = boot(true);
            stage.type("berth ranges");
            stage.claim(
                    boots.taken == 0 && boots.started == boots.all,
                    "in " + boots.all + " boots no client was given 1433, and the server started each time");
            return boots;
        }

        private int boots() {
            return stage.size(10, 3);
        }

        /** In how many boots a client will be given one of 8 ports. */
        private long expected() {
            return Math.round(boots() * (1 - Math.pow(7.0 / 8, connections())));
        }

        /** Boots as often, and shows what the first one wrote in which the server started, or did not. */
        private Boots boot(boolean shown) throws LabException, IOException, InterruptedException {
            int all = boots();
            boolean toShow = true;
            int taken = 0;
            int started = 0;
            for (int i = 0; i < all; i++) {
                forget();
                stage.machine().must(LOAD);
                Running agents = stage.machine()
                        .start("agents", "agents " + NETWORK + " " + FIRST_SERVICE + " " + lastService());
                agents.await("connected=");
                taken += agents.log().contains("localPort=1433\n") ? 1 : 0;
                Running server = stage.machine().start("sqlserver", "sqlserver");
                boolean starts = server.says(READY);
                started += starts ? 1 : 0;
                if (toShow && starts == shown) {
                    stage.say("What boot " + (i + 1) + " wrote:");
                    stage.type("cat agents.log errorlog");
                    toShow = false;
                }
                server.stop();
                agents.stop();
            }
            return new Boots(all, taken, started);
        }

        private void forget() throws LabException, IOException, InterruptedException {
            stage.machine().set("ipv4/ip_local_port_range", "32768 60999");
            stage.machine().set("ipv4/ip_local_reserved_ports", "");
        }

        private void show(Boots lottery, Boots reserved) throws IOException {
            var table = new Table(
                    "Boots in which clients start before the server",
                    new Table.Column("BOOTS", "boots", 0),
                    new Table.Column("CLIENT GIVEN 1433", "clientGivenPort", 0),
                    new Table.Column("SERVER STARTED", "serverStarted", 0));
            table.add("1433 not reserved", lottery.all, lottery.taken, lottery.started);
            table.add("1433 reserved", reserved.all, reserved.taken, reserved.started);
            stage.show(table);
        }

        private void loadProcess() throws LabException, IOException, InterruptedException {
            stage.part("In the server load process");
            stage.say(
                    "What was typed by hand at night is taken back, and written down for every host that is loaded from now on."
                            + " ('berth policy init' drafts such a file from what runs.)");
            stage.type("berth changes");
            stage.type("berth rollback 2 --yes");
            stage.type("printf 'services:\\n  - {name: SQL Server, port: 1433}\\n' >berth.yaml; cat berth.yaml");
            Ran before = stage.type("berth ensure berth.yaml --check");
            stage.claim(
                    before.exitCode() == 1, "the check fails, exit 1, while the host is not as the policy wants it");
            stage.type("berth ensure berth.yaml --yes");
            Ran after = stage.type("berth ensure berth.yaml --check");
            stage.claim(
                    after.exitCode() == 0,
                    "the check passes, exit 0: this line belongs at the end of the load process");
        }
    }

    /**
     * @param taken in how many a client was given the server's port
     * @param started in how many the server started
     */
    private record Boots(int all, int taken, int started) {}
}
