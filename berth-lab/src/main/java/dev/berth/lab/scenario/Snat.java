package dev.berth.lab.scenario;

import dev.berth.lab.LabException;
import dev.berth.lab.Need;
import dev.berth.lab.Scenario;
import dev.berth.lab.Stage;
import dev.berth.lab.Table;
import dev.berth.lab.Table.Column;
import dev.berth.lab.ground.Ground;
import dev.berth.lab.ground.Machine;
import dev.berth.lab.ground.Running;
import dev.berth.lab.program.Callers;
import dev.berth.lab.program.Named;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A router translates a network to ten ports, and the eleventh connection to a server hangs. */
public final class Snat implements Scenario {
    private static final String SERVER = "203.0.113.2";
    private static final int FIRST_PORT = 443;
    private static final int CALLERS = 20;
    private static final int PORTS = 10;
    private static final int CALL_MILLIS = 800; // callers may start so far apart, and still find the ports in use
    private static final int PATIENCE_MILLIS = 900; // before the second SYN, which comes after a second
    private static final int INSERT_FAILED = 9; // the columns of /proc/net/stat/nf_conntrack, in hexadecimal

    @Override
    public String name() {
        return "snat";
    }

    @Override
    public String summary() {
        return "a router has ten ports to translate to: connects hang, and neither end can tell why";
    }

    @Override
    public List<Need> needs() {
        return List.of(Need.program("ip", "iproute2"), Need.program("nft", "nftables"));
    }

    @Override
    public void play(Stage stage) throws LabException, IOException, InterruptedException {
        new Play(stage).play();
    }

    private static final class Play {
        private final Stage stage;
        private final int calls;
        private final Machine client;
        private final Machine router;
        private final Machine server;
        private final Table table = new Table(
                "Calls through a router with ten ports",
                new Column("CALLS", "calls", 0),
                new Column("ANSWERED", "answered", 0),
                new Column("TIMED OUT", "timedOut", 0),
                new Column("SLOWEST CONNECT MS", "slowestConnectMillis", 0),
                new Column("PACKETS DROPPED", "dropped", 0));
        private int serverPort = FIRST_PORT;

        Play(Stage stage) throws LabException, IOException, InterruptedException {
            this.stage = stage;
            calls = stage.size(3, 1);
            Ground ground = stage.ground();
            client = ground.add("client");
            router = ground.add("router");
            server = ground.add("server");
            ground.wire(router, "192.168.1.1/24", client, "192.168.1.2/24");
            ground.wire(router, "203.0.113.1/24", server, SERVER + "/24");
            client.defaultRoute("192.168.1.1");
            router.set("ipv4/ip_forward", "1");
            ground.program("server", Named.class);
            ground.program("callers", Callers.class);
        }

        void play() throws LabException, IOException, InterruptedException {
            stage.part("A router with ten ports");
            stage.say(
                    "A private network reaches the world by one address and ten ports of it. Ten are few, but Google's Cloud NAT,"
                            + " for one, gives a machine 64 unless it is told otherwise.");
            stage.must(
                    router,
                    "nft 'table ip edge { chain out { type nat hook postrouting priority srcnat;"
                            + " oifname server ip protocol tcp masquerade to :40000-40009; }; }'",
                    "NAT by nftables");
            stage.start(
                    server,
                    "server",
                    "server "
                            + IntStream.range(FIRST_PORT, FIRST_PORT + 7)
                                    .mapToObj(String::valueOf)
                                    .collect(Collectors.joining(" ")),
                    "ready");
            callInTurn();
            exhaust();
            askTheClient();
            askTheRouter();
            stage.part("Remedies");
            stage.say(
                    "Each is measured against another port of the server, for which all ports of the router are free again.");
            keepConnections();
            givePorts();
            giveAddresses();
            stage.show(table);
        }

        private void callInTurn() throws LabException, IOException, InterruptedException {
            stage.part("More calls than ports, one after another");
            Counts counts = measure("one after another, each closed", 1, PORTS + 2, 0, "");
            stage.say(
                    counts.of("timedOut") == 0
                            ? "All go through, though connection tracking remembers a closed connection for two minutes: since 6.5"
                                    + " Linux takes over the port of one that is closed when it finds no other."
                            : "Connection tracking remembers a closed connection for two minutes, and before 6.5 Linux does not take"
                                    + " over its port.");
        }

        private void exhaust() throws LabException, IOException, InterruptedException {
            stage.part("Twenty callers at once");
            stage.say(
                    "Each call opens a connection of its own and uses it for 0.8 s. A caller waits 0.9 s to be connected and then"
                            + " gives up, before TCP would send a second SYN: each packet that the router drops is one call that"
                            + " hangs.");
            Counts counts = measure("a connection for each call", "");
            stage.claim(
                    counts.of("answered") >= PORTS && counts.of("timedOut") > 0,
                    counts.of("timedOut") + " of " + CALLERS * calls + " calls were not connected in time");
        }

        private void askTheClient() throws LabException, IOException, InterruptedException {
            stage.part("What the client sees");
            stage.type(client, "berth why " + SERVER + ":" + (serverPort - 1) + " --as client");
            stage.say(
                    "From here Berth can vouch for the client's own ports only. No error tells more: the router drops the SYN, and"
                            + " TCP sends it again after 1 s, 3 s, 7 s, until somebody gives up.");
        }

        private void askTheRouter() throws LabException, IOException, InterruptedException {
            stage.part("What the router knows");
            stage.say("While the callers go on:");
            Running load = stage.start(client, "load", callers(FIRST_PORT, CALLERS, 50, CALL_MILLIS, ""), "");
            String doctor = stage.type(router, "berth doctor --measure 1").output();
            stage.claim(doctor.contains("SNAT runs out of ports"), "Berth finds it on the router");
            load.stop();
            stage.say(
                    "The router has no socket of these connections. Connection tracking counts what it could not enter, for"
                            + " each processor, in hexadecimal:");
            stage.type(router, "awk '{ print $10, $11 }' /proc/net/stat/nf_conntrack");
        }

        private void keepConnections() throws LabException, IOException, InterruptedException {
            stage.say(
                    "1. The callers share ten connections and keep them: keep-alive, and a pool. Nothing changes on the router."
                            + " Ten is just what its ports allow: an eleventh connection of the pool would hang.");
            claimAllAnswered(measure("a pool of 10 connections", " pool=10"));
        }

        private void givePorts() throws LabException, IOException, InterruptedException {
            stage.say("2. More ports.");
            rule("masquerade to :1024-65535 fully-random");
            claimAllAnswered(measure("64,512 ports", ""));
        }

        private void giveAddresses() throws LabException, IOException, InterruptedException {
            stage.say(
                    "3. More addresses, with ten ports each. As a range they are of little use here: the kernel chooses the address"
                            + " by a hash of the client's and the server's, so that one client gets one address for all its connections"
                            + " to a server.");
            router.must("for i in 11 12 13 14; do ip address add 203.0.113.$i/24 dev server; done");
            rule("snat to 203.0.113.11-203.0.113.14:40000-40009");
            Counts range = measure("4 addresses, a range", "");
            stage.claim(range.of("timedOut") > 0, "for a single client four addresses are no better than one");
            stage.say("Dealt out in turn they are all used.");
            rule(
                    "snat ip addr . port to numgen inc mod 4 map { 0 : 203.0.113.11 . 40000-40009,"
                            + " 1 : 203.0.113.12 . 40000-40009, 2 : 203.0.113.13 . 40000-40009, 3 : 203.0.113.14 . 40000-40009 }");
            claimAllAnswered(measure("4 addresses, in turn", ""));
        }

        private void rule(String translation) throws LabException, IOException, InterruptedException {
            stage.type(
                    router,
                    "nft 'flush chain ip edge out; add rule ip edge out oifname server ip protocol tcp " + translation
                            + "'");
        }

        private void claimAllAnswered(Counts counts) throws IOException {
            stage.claim(counts.of("answered") == CALLERS * calls, "every call is answered");
        }

        private Counts measure(String way, String pool) throws LabException, IOException, InterruptedException {
            return measure(way, CALLERS, calls, CALL_MILLIS, pool);
        }

        private Counts measure(String way, int callers, int callsOfEach, int callMillis, String pool)
                throws LabException, IOException, InterruptedException {
            int before = dropped();
            String line = callers(serverPort, callers, callsOfEach, callMillis, pool);
            Counts counts = Counts.in(stage.type(client, line).output());
            table.add(
                    way,
                    callers * callsOfEach,
                    counts.of("answered"),
                    counts.of("timedOut"),
                    counts.of("slowestConnectMillis"),
                    dropped() - before);
            serverPort++;
            return counts;
        }

        private static String callers(int port, int callers, int callsOfEach, int callMillis, String pool) {
            return "callers " + SERVER + " " + port + " callers=" + callers + " calls=" + callsOfEach + " callMillis="
                    + callMillis + " patienceMillis=" + PATIENCE_MILLIS + pool;
        }

        /** What connection tracking on the router could not enter so far. */
        private int dropped() throws LabException, IOException, InterruptedException {
            return router.must("cat /proc/net/stat/nf_conntrack")
                    .lines()
                    .skip(1)
                    .mapToInt(row -> Integer.parseInt(row.strip().split("\\s+", -1)[INSERT_FAILED], 16))
                    .sum();
        }
    }
}
