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
import dev.berth.lab.program.Ask;
import dev.berth.lab.program.Named;
import java.io.IOException;
import java.util.List;

/** A NAT rule sends a port's traffic to a container, and the server that listens on the port waits for nothing. */
public final class Dnat implements Scenario {
    private static final Need IPTABLES = Need.program("iptables", "iptables").only("the same rule by iptables");

    private static final String HOST = "192.0.2.1";
    private static final String CONTAINER = "172.17.0.2";
    private static final String SHOP = "shop 8080";

    @Override
    public String name() {
        return "dnat";
    }

    @Override
    public String summary() {
        return "a server listens and hears nothing: a NAT rule sends its port's traffic to a container";
    }

    @Override
    public List<Need> needs() {
        return List.of(Need.program("ip", "iproute2"), Need.program("nft", "nftables"), IPTABLES);
    }

    @Override
    public void play(Stage stage) throws LabException, IOException, InterruptedException {
        new Play(stage).play();
    }

    private static final class Play {
        private final Stage stage;
        private final int requests;
        private final Machine host;
        private final Machine client;
        private final Machine container;
        private final Table table = new Table(
                "Requests of the client to the shop",
                new Column("REQUESTS", "requests", 0),
                new Column("ANSWERED BY THE SHOP", "byShop", 0),
                new Column("BY THE CONTAINER", "byContainer", 0));

        Play(Stage stage) throws LabException, IOException, InterruptedException {
            this.stage = stage;
            requests = stage.size(200, 20);
            Ground ground = stage.ground();
            host = ground.add("host");
            client = ground.add("client");
            container = ground.add("container");
            ground.wire(host, HOST + "/24", client, "192.0.2.2/24");
            ground.wire(host, "172.17.0.1/16", container, CONTAINER + "/16");
            client.defaultRoute(HOST);
            container.defaultRoute("172.17.0.1");
            host.set("ipv4/ip_forward", "1");
            ground.program("shop", Named.class);
            ground.program("container", Named.class);
            ground.program("ask", Ask.class);
        }

        void play() throws LabException, IOException, InterruptedException {
            publish();
            Running shop = listenInVain();
            askBerth();
            shop.stop();
            moveTheServer();
            moveTheRule();
            if (stage.has(IPTABLES)) {
                byIptables();
            }
            stage.show(table);
        }

        private void publish() throws LabException, IOException, InterruptedException {
            stage.part("A container is published on port 8080");
            stage.say(
                    "By a rule of destination NAT and no socket, as the portmap plugin of CNI does it (the hostPort of a pod,"
                            + " nerdctl), and Docker with userland-proxy false. Docker's default has docker-proxy hold the port too.");
            stage.start(container, "container", "container 80", "ready");
            stage.must(
                    host,
                    "nft 'table ip engine { chain publish { type nat hook prerouting priority dstnat;"
                            + " fib daddr type local tcp dport 8080 dnat to " + CONTAINER + ":80; }; }'",
                    "NAT by nftables");
        }

        private Running listenInVain() throws LabException, IOException, InterruptedException {
            stage.part("A shop starts on the same port, and nothing complains");
            Running shop = stage.start(host, "shop", SHOP, "ready");
            stage.type(host, "ss -ltn 'sport = :8080'");
            stage.type(host, "ask 127.0.0.1 5 8080");
            stage.say("It listens, and a check on the host itself is answered by it. Then the clients come.");
            Counts counts = ask(HOST, 8080);
            table.add("before", requests, counts.of("shop"), counts.of("container"));
            stage.claim(
                    counts.of("shop") == 0 && counts.of("container") == requests,
                    "the shop heard none of " + requests + " requests: somebody else answered them all");
            return shop;
        }

        private void askBerth() throws LabException, IOException, InterruptedException {
            stage.part("Why?");
            String why = stage.type(host, "berth why 8080").output();
            stage.claim(
                    why.contains("tcp dport 8080 dnat to " + CONTAINER + ":80") && why.contains("container"),
                    "Berth names the rule, and who gets the traffic");
        }

        private void moveTheServer() throws LabException, IOException, InterruptedException {
            stage.part("Remedy: another port for the shop");
            stage.say("The shop is stopped. Asked now, Berth says that a bind would be in vain.");
            stage.type(host, "berth why 8080");
            String suggested = stage.type(host, "berth suggest --near 8080").output();
            int port = Integer.parseInt(suggested.strip().split(" ", 2)[0]);
            Running moved = stage.start(host, "moved", "shop " + port, "ready");
            Counts counts = ask(HOST, port);
            table.add("the shop on port " + port, requests, counts.of("shop"), counts.of("container"));
            stage.claim(counts.of("shop") == requests, "on port " + port + " the shop gets every request");
            moved.stop();
        }

        private void moveTheRule() throws LabException, IOException, InterruptedException {
            stage.part("Remedy: another port for the container");
            stage.start(host, "shop-again", SHOP, "ready");
            stage.type(
                    host,
                    "nft 'flush chain ip engine publish; add rule ip engine publish"
                            + " fib daddr type local tcp dport 8880 dnat to " + CONTAINER + ":80'");
            Counts counts = ask(HOST, 8080);
            table.add("the container on port 8880", requests, counts.of("shop"), counts.of("container"));
            stage.claim(counts.of("shop") == requests, "on port 8080 the shop gets every request");
            stage.claim(ask(HOST, 8880).of("container") == requests, "and the container those to port 8880");
            String why = stage.type(host, "berth why 8080").output();
            stage.claim(!why.contains("dnat to"), "Berth has nothing more to say of a rule");
        }

        private void byIptables() throws LabException, IOException, InterruptedException {
            stage.part("The same by iptables");
            String rule = " PREROUTING -p tcp --dport 8080 -j DNAT --to-destination " + CONTAINER + ":80";
            stage.must(host, "iptables -t nat -A" + rule, "NAT by iptables");
            Counts counts = ask(HOST, 8080);
            table.add("a rule by iptables", requests, counts.of("shop"), counts.of("container"));
            stage.claim(counts.of("container") == requests, "the container answers again");
            String why = stage.type(host, "berth why 8080").output();
            stage.claim(why.contains("--to-destination " + CONTAINER + ":80"), "Berth names this rule too");
            stage.type(host, "iptables -t nat -D" + rule);
            Counts after = ask(HOST, 8080);
            table.add("without that rule", requests, after.of("shop"), after.of("container"));
            stage.claim(after.of("shop") == requests, "without it the shop gets every request");
            stage.claim(
                    !stage.type(host, "berth why 8080").output().contains("--to-destination"),
                    "Berth has nothing more to say of it");
        }

        private Counts ask(String address, int port) throws LabException, IOException, InterruptedException {
            return Counts.in(stage.type(client, "ask " + address + " " + requests + " " + port)
                    .output());
        }
    }
}
