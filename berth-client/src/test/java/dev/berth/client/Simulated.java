package dev.berth.client;

import dev.berth.client.host.HostPorts;
import dev.berth.client.host.Platform;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.Channel;
import java.time.Duration;

/** Connections without sockets: their ports are chosen, and that is all. */
final class Simulated {
    static final InetSocketAddress REMOTE = new InetSocketAddress("192.0.2.1", 443);

    private Simulated() {}

    /** A channel that can be closed. */
    static final class Line implements Channel {
        private volatile boolean open = true;

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void close() {
            open = false;
        }
    }

    /** So many ports from 20000 on, each free at once when its connection is closed; nothing of the host counts. */
    static LocalPortsBuilder ports(int count) {
        var builder = LocalPorts.builder();
        builder.platform = Platform.LINUX;
        builder.host = HostPorts.UNKNOWN;
        return builder.range(20_000, 20_000 + count - 1).timeWait(Duration.ZERO);
    }

    static Lease connect(LocalPorts ports, Object connection) throws IOException {
        try (ConnectAttempt attempt = ports.attempt(REMOTE)) {
            attempt.next();
            return attempt.connected(connection);
        }
    }

    static int inUse(LocalPorts ports) {
        return ports.usage().stream().mapToInt(DestinationUsage::inUse).sum();
    }
}
