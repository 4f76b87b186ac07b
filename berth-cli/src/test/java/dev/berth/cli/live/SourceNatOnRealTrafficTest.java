package dev.berth.cli.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.diagnosis.doctor.Checkup;
import dev.berth.diagnosis.doctor.EarlierLook;
import dev.berth.diagnosis.doctor.Finding;
import dev.berth.diagnosis.doctor.Further;
import dev.berth.diagnosis.doctor.Report;
import dev.berth.diagnosis.doctor.Severity;
import dev.berth.diagnosis.survey.Survey;
import dev.berth.linux.PrivateNamespace;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.Hosts;
import dev.berth.platform.NamespaceChoice;
import dev.berth.platform.Owners;
import dev.berth.platform.Settings;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client and a server with a router between them that has ten ports to translate to. */
class SourceNatOnRealTrafficTest {
    private static final int PORTS = 10;
    private static final int PATIENCE_MILLIS = 500; // on virtual links a connect takes less than one
    private static final String SERVER = "10.214.2.2";

    private final Stage router = new Stage();
    private final PrivateNamespace client = PrivateNamespace.open();
    private final PrivateNamespace server = PrivateNamespace.open();
    private final List<Closeable> open = new ArrayList<>();

    SourceNatOnRealTrafficTest() throws Exception {}

    @BeforeEach
    void connect() throws Exception {
        link("client", "10.214.1", client);
        link("server", "10.214.2", server);
        router.set("ipv4/ip_forward", "1");
        router.run("nft 'table ip t { chain c { type nat hook postrouting priority 100;"
                + " oifname \"server\" ip protocol tcp masquerade to :40000-40009; }; }'");
        for (int port = 9000; port < 9002; port++) {
            var address = new InetSocketAddress(port);
            open.add(server.call(() -> {
                var listener = new ServerSocket();
                listener.bind(address);
                return listener;
            }));
        }
    }

    private void link(String name, String network, PrivateNamespace to) throws Exception {
        router.run("ip link add %1$s type veth peer name eth0 netns %3$d && ip address add %2$s.1/24 dev %1$s"
                        .formatted(name, network, to.pid())
                + " && ip link set %s up".formatted(name));
        router.run(("nsenter --net=/proc/%1$d/ns/net sh -c 'ip address add %2$s.2/24 dev eth0 && ip link set eth0 up"
                        + " && ip route add default via %2$s.1'")
                .formatted(to.pid(), network));
    }

    @AfterEach
    void leave() throws Exception {
        for (Closeable one : open) {
            one.close();
        }
        router.close();
        client.close();
        server.close();
    }

    private void connect(int port) throws Exception {
        client.call(() -> {
            var socket = new Socket();
            open.add(socket);
            socket.connect(new InetSocketAddress(SERVER, port), PATIENCE_MILLIS);
            return socket;
        });
    }

    private Settings settings() throws Exception {
        try (HostNetwork host = Objects.requireNonNull(Hosts.here())
                .open(new NamespaceChoice.OfProcess(router.resident()))
                .getFirst()) {
            return host.settings();
        }
    }

    private static Optional<Finding> judged(Settings before, Settings now) {
        Report report = Checkup.of(
                new Survey(now.policy(Protocol.TCP), PortSet.EMPTY),
                now,
                Owners.notLooked(),
                _ -> Optional.empty(),
                new EarlierLook(before.counters(), Duration.ofSeconds(1)),
                Further.nothing());
        return report.findings().stream()
                .filter(finding -> finding.id().equals("snat-ports-exhausted"))
                .findFirst();
    }

    @Test
    void the_connection_after_the_last_port_hangs_and_the_router_counts_it() throws Exception {
        for (int i = 0; i < PORTS; i++) {
            connect(9000);
        }
        assertThat(router.ask("doctor").findings("snat-ports-exhausted")).isEmpty();
        Settings before = settings();

        assertThatThrownBy(() -> connect(9000)).isInstanceOf(SocketTimeoutException.class);

        connect(9001); // another destination has ports of its own
        Settings after = settings();
        assertThat(judged(before, after)).get().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
            assertThat(finding.title()).contains("dropped in 1 s");
        });
        assertThat(judged(after, after)).get().extracting(Finding::severity).isEqualTo(Severity.INFO);
        Answer oneLook = router.ask("doctor");
        assertThat(oneLook.code()).isZero();
        assertThat(oneLook.findings("snat-ports-exhausted"))
                .singleElement()
                .satisfies(
                        finding -> assertThat(finding.at("/title").asString()).endsWith("(an inference)"));
    }

    @Test
    void more_ports_let_more_connections_through() throws Exception {
        for (int i = 0; i < PORTS; i++) {
            connect(9000);
        }
        assertThatThrownBy(() -> connect(9000)).isInstanceOf(IOException.class);

        router.run(
                "nft flush chain ip t c && nft add rule ip t c oifname server ip protocol tcp masquerade to :1024-65535");

        connect(9000);
    }
}
