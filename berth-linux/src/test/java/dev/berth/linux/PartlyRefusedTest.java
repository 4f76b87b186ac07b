package dev.berth.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.linux.kernel.DiagTable;
import dev.berth.linux.kernel.Kernel;
import dev.berth.linux.kernel.LibC;
import dev.berth.linux.kernel.Namespaces;
import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import dev.berth.platform.Gap;
import dev.berth.platform.NamespaceChoice;
import dev.berth.platform.SocketQuery;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A kernel may be built with sock_diag for TCP and without it for UDP, or the other way round. */
class PartlyRefusedTest {
    @Test
    void each_protocol_falls_back_by_itself() throws Exception {
        try (var namespace = PrivateNamespace.open();
                SocketChannel bound = namespace.call(() -> SocketChannel.open().bind(at(1521)));
                DatagramChannel udp =
                        namespace.call(() -> DatagramChannel.open().bind(at(514)));
                Kernel live = Namespaces.open(
                                new NamespaceChoice.OfProcess(namespace.pid()), LibC.here(), (query, sink) -> {})
                        .kernels()
                        .getFirst()) {
            assertThat(bound.isOpen() && udp.isOpen()).isTrue();
            var withoutUdp = new LinuxHost(new WithoutSockDiag(live, EnumSet.of(DiagTable.UDP_V6)), List.of());
            var both = withoutUdp.snapshot(SocketQuery.everything());
            assertThat(both.sockets().size()).isEqualTo(2);
            assertThat(both.gaps()).extracting(Gap::what).allMatch(what -> what.contains("UDP"));
            assertThat(withoutUdp.shows(TcpState.BOUND)).isTrue();

            var withoutTcp = new LinuxHost(new WithoutSockDiag(live, EnumSet.of(DiagTable.TCP)), List.of());
            var rest = withoutTcp.snapshot(SocketQuery.everything());
            assertThat(rest.sockets().size()).isOne();
            assertThat(rest.sockets().cursor().moveTo(0).protocol()).isEqualTo(Protocol.UDP);
            assertThat(rest.gaps()).extracting(Gap::what).anyMatch(what -> what.contains("bound"));
            assertThat(withoutTcp.shows(TcpState.BOUND)).isFalse();
        }
    }

    private static InetSocketAddress at(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
