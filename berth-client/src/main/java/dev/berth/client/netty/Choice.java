package dev.berth.client.netty;

import dev.berth.client.ConnectAttempt;
import dev.berth.client.LocalPorts;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** The choice of a port for one connection, over all the channels it takes; used by one event loop after the other. */
final class Choice implements AutoCloseable {
    private final LocalPorts ports;
    private final boolean nextChannel;
    private @Nullable ConnectAttempt attempt;

    /** @param nextChannel whether there is another channel after one that was lost */
    Choice(LocalPorts ports, boolean nextChannel) {
        this.ports = ports;
        this.nextChannel = nextChannel;
    }

    /** The attempt that was begun, unless it was to somewhere else: a name may have another address the next time. */
    ConnectAttempt towards(InetSocketAddress remote) throws IOException {
        if (attempt == null || !attempt.remote().equals(remote)) {
            close();
            attempt = ports.attempt(remote).watched(); // an event loop that is shut down may forget the channel
        }
        return attempt;
    }

    /** A channel was closed unconnected. */
    void failed(Throwable cause) {
        if (!(nextChannel && cause instanceof PortTakenException)) {
            close();
        }
    }

    /** Gives back what was not connected. */
    @Override
    public void close() {
        if (attempt != null) {
            attempt.close();
            attempt = null;
        }
    }
}
