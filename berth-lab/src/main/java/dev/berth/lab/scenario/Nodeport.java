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
import dev.berth.lab.program.Feed;
import dev.berth.lab.program.Named;
import dev.berth.lab.program.Subscribers;
import dev.berth.lab.program.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A Kubernetes node whose dynamic range has its NodePorts in it, and what goes astray there. */
public final class Nodeport implements Scenario {
    private static final String NODE = "192.0.2.10";
    private static final String PEER = "192.0.2.20";
    private static final String POD = "10.244.1.2";

    private static final int FILES = 6_000; // of the feed: a listener for every fifth of its connections

    /** A cluster that publishes every fifth. */
    private static final Set<Integer> NODE_PORTS = IntStream.rangeClosed(30_000, 32_767)
            .filter(port -> port % 5 == 0)
            .boxed()
            .collect(Collectors.toUnmodifiableSet());

    @Override
    public String name() {
        return "nodeport";
    }

    @Override
    public String summary() {
        return "Kubernetes' NodePorts lie in the dynamic range: servers and idle connections lose their traffic";
    }

    @Override
    public List<Need> needs() {
        return List.of(Need.program("ip", "iproute2"), Need.program("nft", "nftables"), Need.files(FILES));
    }

    @Override
    public void play(Stage stage) throws LabException, IOException, InterruptedException {
        new Play(stage).play();
    }

    private static final class Play {
        private final Stage stage;
        private final int workers;
        private final int subscribers;
        private final Machine node;
        private final Machine peer;
        private final Table table = new Table(
                "What the node loses to services it only publishes",
                new Column("SERVERS", "servers", 0),
                new Column("ANSWERED BY ANOTHER", "serversLost", 0),
                new Column("CONNECTIONS", "connections", 0),
                new Column("DEAF AFTER A REST", "connectionsLost", 0));

        Play(Stage stage) throws LabException, IOException, InterruptedException {
            this.stage = stage;
            workers = stage.size(2_000, 700);
            subscribers = stage.size(4_000, 1_500);
            Ground ground = stage.ground();
            node = ground.add("node");
            peer = ground.add("peer");
            Machine pod = ground.add("pod");
            ground.wire(node, NODE + "/24", peer, PEER + "/24");
            ground.wire(node, "10.244.1.1/24", pod, POD + "/24");
            pod.defaultRoute("10.244.1.1");
            node.set("ipv4/ip_forward", "1");
            ground.program("pod", Named.class);
            ground.program("kube-proxy", Named.class);
            ground.program("ask", Ask.class);
            ground.program("workers", Workers.class);
            ground.program("feed", Feed.class);
            ground.program("subscribers", Subscribers.class);
            Files.writeString(ground.path("kube-proxy.nft"), rules());
            pod.start("pod", "pod 8080").await("ready");
        }

        private static String rules() {
            String ports = NODE_PORTS.stream().sorted().map(String::valueOf).collect(Collectors.joining(", "));
            return """
                    table ip kube-proxy {
                      set node-ports { type inet_service; elements = { %s }; }
                      chain nodeports { fib daddr type local tcp dport @node-ports dnat to %s:8080; }
                      chain nat-prerouting { type nat hook prerouting priority dstnat; jump nodeports; }
                      chain nat-output { type nat hook output priority -100; jump nodeports; }
                      chain nat-postrouting { type nat hook postrouting priority srcnat; oifname "pod" masquerade; }
                    }
                    """.formatted(ports, POD);
        }

        void play() throws LabException, IOException, InterruptedException {
            becomeNode();
            int serversLost = startServers("workers", true);
            int connectionsLost = rest("subscribers", true);
            table.add("30000-32767 drawn", workers, serversLost, subscribers, connectionsLost);
            reserve();
            stage.show(table);
        }

        private void becomeNode() throws LabException, IOException, InterruptedException {
            stage.part("A Kubernetes node that somebody tuned");
            stage.say("The cluster publishes " + NODE_PORTS.size()
                    + " services, on every fifth port of 30000-32767. Rules like"
                    + " those of kube-proxy redirect them to a pod; no socket holds them. What is called kube-proxy here is a"
                    + " server of the lab by that name, on the real one's port: by such a process Berth knows a node.");
            stage.start(node, "kube-proxy", "kube-proxy 10256", "ready");
            stage.must(node, "nft -f kube-proxy.nft", "NAT by nftables");
            stage.type(node, "nft list chain ip kube-proxy nodeports");
            stage.say(
                    "Linux' own dynamic range, 32768-60999, would leave these ports alone. This node was given more:");
            stage.type(node, "echo 1024 65535 >/proc/sys/net/ipv4/ip_local_port_range");
            stage.claim(
                    Counts.in(stage.type(peer, "ask " + NODE + " 5 30080").output())
                                    .of("pod")
                            == 5,
                    "a published port is answered by the pod");
        }

        /** How many of the servers somebody else answers for. */
        private int startServers(String name, boolean drawn) throws LabException, IOException, InterruptedException {
            stage.part(drawn ? "Servers that leave their port to the system" : "The servers again");
            if (drawn) {
                stage.say(
                        "Passive FTP, RMI and many job schedulers bind port 0 and tell the others which port they got."
                                + " Here " + workers + " do, and the peer calls each.");
            }
            Running running = stage.start(node, name, "workers " + workers, "ready");
            Counts counts = Counts.in(stage.type(peer, "ask " + NODE + " 1 $(sed -n s/ports=//p " + name + ".log)")
                    .output());
            Set<Integer> given = Counts.in(running.log()).ports("ports");
            Set<Integer> published =
                    given.stream().filter(NODE_PORTS::contains).collect(Collectors.toUnmodifiableSet());
            int lost = counts.of("pod");
            if (drawn) {
                stage.claim(
                        lost > 0 && lost == published.size() && counts.of("worker") == workers - lost,
                        lost + " of " + workers
                                + " got a NodePort: for these the pod answers, for all others the worker");
                int port = published.stream().sorted().findFirst().orElseThrow();
                String why = stage.type(node, "berth why " + port).output();
                stage.claim(why.contains("dnat to " + POD), "Berth names the rule that takes this server's traffic");
            } else {
                stage.claim(counts.of("worker") == workers, "each worker answers for itself");
            }
            running.stop();
            return lost;
        }

        /** How many of the connections hear nothing after a rest. */
        private int rest(String name, boolean drawn) throws LabException, IOException, InterruptedException {
            stage.part(drawn ? "Connections from such a port" : "The connections again");
            if (drawn) {
                stage.say(
                        "A connection from a NodePort works as long as the node tracks it: connection tracking knows the"
                                + " answers for what they are, and asks the rules only about new connections. It forgets a connection"
                                + " that rests: after 5 days by default, after a day as kube-proxy sets it, after a second here.");
                stage.type(node, "echo 1 >/proc/sys/net/netfilter/nf_conntrack_tcp_timeout_established");
            }
            int ports = subscribers / 5;
            Running feed =
                    stage.start(peer, "feed-" + name, "feed 5000 " + ports + " " + subscribers + " 2000", "ready");
            Running running =
                    stage.start(node, name, "subscribers " + PEER + " 5000 " + ports + " " + subscribers, "connected=");
            stage.claim(
                    Counts.in(running.log()).of("connected") == subscribers,
                    "every connect succeeds" + (drawn ? ", from a NodePort too" : ""));
            if (drawn) {
                stage.type(node, "berth list port=30000-32767 state=ESTABLISHED | head -6");
                stage.say("Then the feed tells each of them the news.");
            }
            running.await("\nheard=");
            Counts counts = Counts.in(stage.type(node, "cat " + name + ".log").output());
            int lost = counts.of("unheard");
            if (drawn) {
                stage.claim(
                        lost > 0 && NODE_PORTS.containsAll(counts.ports("unheardOn")),
                        lost + " connections never hear it, each of them from a NodePort");
                stage.say(
                        "To a node that has forgotten, the news is a new connection to a published port: the pod gets it,"
                                + " and answers with a reset. The subscriber waits on; it still shows as ESTABLISHED.");
                askBerth();
            } else {
                stage.claim(lost == 0, "every connection hears the news");
            }
            running.stop();
            feed.stop();
            return lost;
        }

        private void askBerth() throws LabException, IOException, InterruptedException {
            stage.part("What does Berth say of this node?");
            String doctor = stage.type(node, "berth doctor").output();
            stage.claim(doctor.contains("Kubernetes publishes services on"), "Berth finds the overlap");
        }

        private void reserve() throws LabException, IOException, InterruptedException {
            stage.part("Remedy: keep the ports from automatic choice");
            stage.type(node, "berth reserve 10256 30000-32767 --yes");
            stage.say(
                    "That is for what starts from now on, a socket that has such a port keeps it, and until the next boot:"
                            + " --persist makes it last. Linux' own dynamic range, 32768-60999, would do as well.");
            int serversLost = startServers("workers-reserved", false);
            int connectionsLost = rest("subscribers-reserved", false);
            table.add("30000-32767 reserved", workers, serversLost, subscribers, connectionsLost);
            String doctor = stage.type(node, "berth doctor | sed '/^$/q'").output();
            stage.claim(!doctor.contains("Kubernetes publishes services on"), "Berth finds no overlap any more");
        }
    }
}
