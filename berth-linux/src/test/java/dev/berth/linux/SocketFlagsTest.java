package dev.berth.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.linux.kernel.Elsewhere;
import dev.berth.linux.kernel.Kernel;
import dev.berth.linux.processes.SocketOptions;
import dev.berth.net.TcpState;
import dev.berth.platform.NamespaceChoice;
import dev.berth.platform.SocketFlags;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What only the process that holds a socket can be asked, asked of processes that hold some. */
class SocketFlagsTest {
    private static final String REUSEADDR = "s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)";
    private static final String[] WITHOUT_CAPABILITIES = {"setpriv", "--inh-caps=-all", "--bounding-set=-all"};

    private final Stand stand = Stand.open();

    SocketFlagsTest() throws Exception {}

    @AfterEach
    void leave() throws Exception {
        stand.close();
    }

    private SocketFlags flags(Puppet holder, Stand.Row row) {
        return stand.host().flags(holder.pid(), row.inode(), row.id().cookie());
    }

    private static Puppet listening(Puppet puppet) throws Exception {
        puppet.run("s = socket.socket()");
        puppet.run("s.bind(('127.0.0.1', 8080)); s.listen()");
        return puppet;
    }

    @ParameterizedTest
    @CsvSource({
        "AF_INET,127.0.0.1,0,0,false",
        "AF_INET,127.0.0.1,1,0,false",
        "AF_INET,127.0.0.1,0,1,false",
        "AF_INET,127.0.0.1,1,1,false",
        "AF_INET6,::,0,0,true",
        "AF_INET6,::,1,0,false",
        "AF_INET6,::1,1,1,true",
        "AF_INET6,::ffff:127.0.0.1,1,0,false"
    })
    void the_options_of_a_listener_are_read(String family, String address, int reuse, int reusePort, boolean only)
            throws Exception {
        var puppet = stand.puppet();
        puppet.run("s = socket.socket(socket." + family + ")");
        puppet.run("s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, " + reuse + ")");
        puppet.run("s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, " + reusePort + ")");
        if (family.equals("AF_INET6")) {
            puppet.run("s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, " + (only ? 1 : 0) + ")");
        }
        puppet.run("s.bind(('" + address + "', 8080)); s.listen()");

        assertThat(flags(puppet, stand.row(8080, TcpState.LISTEN)))
                .isEqualTo(new SocketFlags.Read(reuse == 1, reusePort == 1, only));
    }

    @Test
    void each_client_and_each_accepted_connection_has_options_of_its_own() throws Exception {
        var server = stand.puppet();
        server.run("s = socket.socket()");
        server.run(REUSEADDR);
        server.run("s.bind(('127.0.0.1', 8080)); s.listen()");
        var client = stand.puppet();
        client.run("c = socket.create_connection(('127.0.0.1', 8080))");
        client.run("d = socket.socket(socket.AF_INET6); d.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)");
        client.run("d.connect(('::ffff:127.0.0.1', 8080))");
        server.run("a, _ = s.accept()");

        int plain = client.number("c.getsockname()[1]");
        int mapped = client.number("d.getsockname()[1]");
        assertThat(flags(client, stand.row(plain, TcpState.ESTABLISHED)))
                .isEqualTo(new SocketFlags.Read(false, false, false));
        assertThat(flags(client, stand.row(mapped, TcpState.ESTABLISHED)))
                .isEqualTo(new SocketFlags.Read(true, false, false));
        var accepted = stand.rows(8080, TcpState.ESTABLISHED).stream()
                .filter(row -> row.inode() != 0)
                .findFirst()
                .orElseThrow();
        assertThat(flags(server, accepted)).isEqualTo(new SocketFlags.Read(true, false, false));
    }

    @Test
    void the_options_are_those_of_now() throws Exception {
        var puppet = listening(stand.puppet());
        var row = stand.row(8080, TcpState.LISTEN);
        assertThat(flags(puppet, row)).isEqualTo(new SocketFlags.Read(false, false, false));

        puppet.run(REUSEADDR);

        assertThat(flags(puppet, row)).isEqualTo(new SocketFlags.Read(true, false, false));
    }

    @Test
    void a_multipath_listener_is_known_by_its_inode() throws Exception {
        var puppet = stand.puppet();
        assumeTrue(
                puppet.ask("s = socket.socket(socket.AF_INET, socket.SOCK_STREAM, 262)")
                        .equals("done"),
                "this kernel has no MPTCP");
        puppet.run(REUSEADDR);
        puppet.run("s.bind(('127.0.0.1', 8080)); s.listen()");

        assertThat(flags(puppet, stand.row(8080, TcpState.LISTEN))).isEqualTo(new SocketFlags.Read(true, false, false));
    }

    @Test
    void without_a_cookie_the_inode_must_do() throws Exception {
        var puppet = listening(stand.puppet());
        var row = stand.row(8080, TcpState.LISTEN);

        assertThat(stand.host().flags(puppet.pid(), row.inode(), 0))
                .isEqualTo(new SocketFlags.Read(false, false, false));
    }

    @Test
    void another_cookie_another_process_and_no_process_are_not_mistaken() throws Exception {
        var puppet = listening(stand.puppet());
        var other = stand.puppet();
        var row = stand.row(8080, TcpState.LISTEN);
        var host = stand.host();

        assertThat(host.flags(puppet.pid(), row.inode(), row.id().cookie() + 1))
                .isEqualTo(new SocketFlags.Unknown("process " + puppet.pid() + " has closed the socket meanwhile"));
        assertThat(flags(other, row))
                .isEqualTo(new SocketFlags.Unknown("process " + other.pid() + " has closed the socket meanwhile"));
        assertThat(host.flags(999_999_999, row.inode(), row.id().cookie()))
                .isEqualTo(new SocketFlags.Unknown("process 999999999 has ended meanwhile"));
        assertThat(host.flags(puppet.pid(), 0, row.id().cookie()))
                .isEqualTo(new SocketFlags.Unknown(
                        "the kernel alone holds the socket, and no process that could be asked"));
    }

    @Test
    void nothing_of_it_stays_behind() throws Exception {
        var puppet = listening(stand.puppet());
        assertThat(flags(puppet, stand.row(8080, TcpState.LISTEN))).isInstanceOf(SocketFlags.Read.class);

        puppet.run("s.close()");

        assertThat(stand.rows(8080, TcpState.LISTEN)).isEmpty();
    }

    @Test
    void without_privilege_the_capabilities_are_named() throws Exception {
        var puppet = listening(stand.puppet());

        assertThat(askedWithoutCapabilities(puppet))
                .isEqualTo("Unknown[why=process " + puppet.pid()
                        + " may not be looked into: that takes the same user, or CAP_SYS_PTRACE and"
                        + " CAP_DAC_READ_SEARCH]");
    }

    @Test
    void the_same_user_may_ask_unless_yama_forbids_it() throws Exception {
        var puppet = listening(stand.puppet(WITHOUT_CAPABILITIES));

        assertThat(askedWithoutCapabilities(puppet))
                .isIn(
                        "Read[reuseAddress=false, reusePort=false, v6Only=false]",
                        "Unknown[why=process " + puppet.pid()
                                + " may not be asked: that takes CAP_SYS_PTRACE, since kernel.yama.ptrace_scope is 1]");
    }

    private String askedWithoutCapabilities(Puppet puppet) throws Exception {
        var row = stand.row(8080, TcpState.LISTEN);
        return stand.namespace()
                .call(() -> Elsewhere.run(
                        List.of(WITHOUT_CAPABILITIES),
                        Ask.class,
                        String.valueOf(puppet.pid()),
                        String.valueOf(row.inode()),
                        String.valueOf(row.id().cookie())))
                .strip();
    }

    /** What runs without capabilities. */
    static final class Ask {
        private Ask() {}

        public static void main(String[] arguments) throws Exception {
            try (Kernel kernel = Stand.kernel(new NamespaceChoice.Own())) {
                System.out.println(SocketOptions.read(
                        kernel,
                        Integer.parseInt(arguments[0]),
                        Long.parseLong(arguments[1]),
                        Long.parseLong(arguments[2])));
            }
        }
    }
}
