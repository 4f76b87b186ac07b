package dev.berth.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Channels of either family, from either wildcard address. */
class ChannelsTest {
    @ParameterizedTest(name = "from {0} to {1}")
    @CsvSource({"0.0.0.0, 127.0.0.1", "::, 127.0.0.1", "::, ::1", "127.0.0.2, 127.0.0.1", "::1, ::1"})
    void any_local_endpoint_that_can_reach_the_destination_is_bound(String local, String remote) throws Exception {
        try (var peer = new Peer(remote, 0)) {
            LocalPorts ports = LocalPorts.builder()
                    .selector((to, retry) -> new InetSocketAddress(Apart.address(local), 0))
                    .build();
            try (SocketChannel channel = ports.connectChannel(peer.address());
                    var own = peer.accept()) {
                assertThat(channel.isConnected()).isTrue();
                assertThat(channel.isBlocking()).isTrue();
                assertThat(own.getPort()).isEqualTo(channel.socket().getLocalPort());
            }
        }
    }

    @Test
    void a_timeout_of_the_connect_is_none_of_what_is_read() throws Exception {
        try (var peer = new Peer("127.0.0.1", 0)) {
            LocalPorts ports = LocalPorts.builder()
                    .range(20_000, 29_999)
                    .connectTimeout(Duration.ofSeconds(30))
                    .build();
            try (SocketChannel channel = ports.connectChannel(peer.address());
                    var own = peer.accept()) {
                assertThat(channel.isBlocking()).isTrue();
                own.getOutputStream().write(42);
                ByteBuffer read = ByteBuffer.allocate(1);
                assertThat(channel.read(read)).isEqualTo(1);
                assertThat(read.get(0)).isEqualTo((byte) 42);
            }
        }
    }
}
