package dev.berth.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.cli.look.Beyond;
import dev.berth.diagnosis.Holder;
import dev.berth.diagnosis.Redirection;
import dev.berth.linux.PrivateNamespace;
import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.net.Protocol;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostProvider;
import dev.berth.platform.Hosts;
import dev.berth.platform.NamespaceChoice;
import dev.berth.platform.NatRules;
import dev.berth.platform.NatRules.Target;
import dev.berth.platform.NatRules.Traffic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A host between a client and a container, each a namespace of its own: both the host and the container have a server, and
 * what Berth says of a rule is held against where connections really go.
 */
class NatOnRealTrafficTest {
    private static final int COMMAND_NOT_FOUND = 127;
    private static final String HOST = "10.213.78.1";
    private static final String CONTAINER = "10.213.77.2";

    private static final String NFT = "nft 'table ip t { chain c { type nat hook prerouting priority -100;"
            + " fib daddr type local tcp dport 8080 dnat to " + CONTAINER + ":80; }; }'";
    private static final String IPTABLES = "iptables -t nat -N DOCKER"
            + " && iptables -t nat -A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER"
            + " && iptables -t nat -A DOCKER -p tcp --dport 8080 -j DNAT --to-destination " + CONTAINER + ":80";

    private final Stage host = new Stage();
    private final PrivateNamespace container = PrivateNamespace.open();
    private final PrivateNamespace client = PrivateNamespace.open();

    private @Nullable Program hostServer;

    NatOnRealTrafficTest() throws Exception {}

    @BeforeEach
    void connect() throws Exception {
        host.run("ip link add to-container type veth peer name eth0 netns " + container.pid());
        host.run("ip address add 10.213.77.1/24 dev to-container && ip link set to-container up");
        in(
                container,
                "ip address add " + CONTAINER + "/24 dev eth0 && ip link set eth0 up"
                        + " && ip route add default via 10.213.77.1");
        host.run("ip link add to-client type veth peer name eth0 netns " + client.pid());
        host.run("ip address add " + HOST + "/24 dev to-client && ip link set to-client up");
        in(client, "ip address add 10.213.78.2/24 dev eth0 && ip link set eth0 up");
        in(client, "ip route add default via " + HOST);
        host.set("ipv4/ip_forward", "1");
        hostServer = host.start("ready", serverThatSays("host", 8080));
        host.closing(Program.start("ready", within(container, serverThatSays("container", 80))));
    }

    @AfterEach
    void leave() throws Exception {
        host.close();
        container.close();
        client.close();
    }

    private static List<String> serverThatSays(String name, int port) {
        return Program.python("""
                import threading
                s = socket.create_server(('0.0.0.0', %d))
                def serve():
                    while True:
                        c = s.accept()[0]; c.sendall(b'%s'); c.close()
                threading.Thread(target=serve, daemon=True).start()
                """.formatted(port, name));
    }

    private static List<String> within(PrivateNamespace namespace, List<String> command) {
        return Stream.concat(Stream.of("nsenter", "--net=/proc/" + namespace.pid() + "/ns/net"), command.stream())
                .toList();
    }

    private static String in(PrivateNamespace namespace, String command) throws Exception {
        Process process = new ProcessBuilder(within(namespace, List.of("sh", "-c", command)))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        Assumptions.assumeTrue(code != COMMAND_NOT_FOUND, () -> "needs the commands of: " + command);
        if (code != 0) {
            throw new IOException(command + ": " + said);
        }
        return said;
    }

    /** Who answers on port 8080 of that address: {@code host} or {@code container}. */
    private String answers(List<String> under, String address) throws Exception {
        String program = "import socket\ns = socket.create_connection(('" + address + "', 8080), 10)\n"
                + "print(s.recv(99).decode())";
        var words = new ArrayList<>(under);
        words.addAll(List.of("python3", "-c", program));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said.strip();
    }

    private String clientReaches() throws Exception {
        return answers(within(client, List.of()), HOST);
    }

    private Optional<Redirection> redirection(String address) throws Exception {
        HostProvider provider = Objects.requireNonNull(Hosts.here());
        try (HostNetwork here =
                provider.open(new NamespaceChoice.OfProcess(host.resident())).getFirst()) {
            NatRules rules = here.natRules();
            assertThat(rules.gaps()).isEmpty();
            return Redirection.of(rules, Protocol.TCP, 8080, IpAddress.parse(address));
        }
    }

    @Test
    void without_a_rule_the_host_answers_and_nothing_is_claimed() throws Exception {
        host.run("nft --version");

        assertThat(clientReaches()).isEqualTo("host");
        assertThat(redirection("::")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {NFT, IPTABLES})
    void a_published_port_goes_to_the_container_though_the_host_listens(String command) throws Exception {
        host.run(command);

        assertThat(clientReaches()).isEqualTo("container");
        assertThat(answers(host.within(), Stage.LOOPBACK)).isEqualTo("host");
        assertThat(redirection("::")).get().satisfies(found -> {
            assertThat(found.rule().traffic()).isEqualTo(Traffic.ARRIVING);
            assertThat(found.rule().target()).isEqualTo(new Target.At(IpAddress.parse(CONTAINER), 80));
            assertThat(found.rule().otherConditions()).isFalse();
            assertThat(found.addresses()).contains(IpAddress.parse(HOST));
        });
        assertThat(redirection(HOST)).isPresent();
        assertThat(redirection(Stage.LOOPBACK)).isEmpty();
    }

    @Test
    void what_programs_here_send_goes_elsewhere_only_by_a_rule_of_its_own() throws Exception {
        host.run("nft 'table ip t { chain c { type nat hook output priority -100;"
                + " fib daddr type local tcp dport 8080 dnat to " + CONTAINER + ":80; }; }'");

        assertThat(clientReaches()).isEqualTo("host");
        assertThat(answers(host.within(), HOST)).isEqualTo("container");
        assertThat(redirection("::"))
                .get()
                .extracting(found -> found.rule().traffic())
                .isEqualTo(Traffic.OWN);
        assertThat(redirection(Stage.LOOPBACK)).isPresent();
    }

    @Test
    void a_rule_that_an_earlier_one_keeps_traffic_from_is_not_claimed() throws Exception {
        host.run("nft 'table ip t { chain c { type nat hook prerouting priority -100; tcp dport 8080 accept;"
                + " tcp dport 8080 dnat to " + CONTAINER + ":80; }; }'");

        assertThat(clientReaches()).isEqualTo("host");
        assertThat(redirection("::")).isEmpty();
    }

    @Test
    void a_rule_for_another_address_leaves_this_host_alone() throws Exception {
        host.run("iptables -t nat -A PREROUTING -d 10.96.0.1/32 -p tcp --dport 8080 -j DNAT --to-destination "
                + CONTAINER + ":80");

        assertThat(clientReaches()).isEqualTo("host");
        assertThat(answers(within(client, List.of()), "10.96.0.1")).isEqualTo("container");
        assertThat(redirection("::")).isEmpty();
    }

    @Test
    void the_server_behind_a_rule_is_found_in_its_namespace() throws Exception {
        var target = new Endpoint(IpAddress.parse(CONTAINER), 80);
        List<HostNetwork> all = Objects.requireNonNull(Hosts.here()).open(new NamespaceChoice.All());
        try {
            Beyond beyond = Beyond.of(target, Protocol.TCP, all);

            assertThat(beyond.places()).singleElement().satisfies(place -> {
                assertThat(place.namespace().inode()).isEqualTo(inode(container));
                assertThat(place.listeners())
                        .extracting(Holder::process)
                        .singleElement()
                        .satisfies(process -> assertThat(
                                        Objects.requireNonNull(process).name())
                                .startsWith("python3"));
            });
            assertThat(Beyond.of(new Endpoint(target.address(), 81), Protocol.TCP, all)
                            .places())
                    .singleElement()
                    .satisfies(place -> assertThat(place.listeners()).isEmpty());
            assertThat(Beyond.of(new Endpoint(IpAddress.parse("203.0.113.77"), 80), Protocol.TCP, all)
                            .places())
                    .isEmpty();
        } finally {
            all.forEach(HostNetwork::close);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {NFT, IPTABLES})
    void why_says_that_a_bind_would_be_in_vain_and_who_gets_the_traffic(String command) throws Exception {
        Objects.requireNonNull(hostServer).close();
        assertThat(host.ask("why 8080").text("/verdict")).isEqualTo("free");
        host.run(command);

        Answer why = host.ask("why 8080");

        assertThat(why.text("/verdict")).as(why.document().toString()).isEqualTo("elsewhere");
        assertThat(why.code()).isZero();
        assertThat(why.at("/listenable").asBoolean()).isTrue();
        assertThat(why.text("/elsewhere/to/address")).isEqualTo(CONTAINER);
        assertThat(why.text("/elsewhere/to/port")).isEqualTo("80");
        assertThat(why.text("/elsewhere/receivers/0/process/name")).startsWith("python3");
        assertThat(why.text("/clause")).contains("a NAT rule sends", "to 10.213.77.2:80, where python3");
        assertThat(host.show("why 8080"))
                .startsWith("tcp 8080 can be bound, but some of its traffic would not arrive: ");
        assertThat(host.ask("why 8080 --address 127.0.0.1").text("/verdict")).isEqualTo("free");
    }

    @Test
    void why_names_the_rule_that_keeps_traffic_from_the_one_who_listens() throws Exception {
        assertThat(host.ask("why 8080").at("/elsewhere").isNull()).isTrue();
        host.run(NFT);

        Answer why = host.ask("why 8080");

        assertThat(why.text("/verdict")).isEqualTo("listener");
        assertThat(why.code()).isEqualTo(1);
        assertThat(why.text("/elsewhere/to/address")).isEqualTo(CONTAINER);
        assertThat(why.texts("/fixes", "/id"))
                .as("to end the one who listens helps nobody")
                .startsWith("move-nat-rule")
                .endsWith("choose-another-port");
        assertThat(host.show("why 8080"))
                .contains("listens on it. Its traffic does not get there: a NAT rule sends it elsewhere.");
    }

    private static long inode(PrivateNamespace namespace) throws IOException {
        return (Long) Files.getAttribute(Path.of("/proc/" + namespace.pid() + "/ns/net"), "unix:ino");
    }
}
