package dev.berth.client.netty;

import java.net.BindException;
import java.net.InetSocketAddress;

/**
 * The chosen local port turned out, at connect, to be somebody else's towards this destination, and the channel is closed:
 * connect again, with a new one. It is remembered, so the next connect is given another port.
 */
public final class PortTakenException extends BindException {
    private static final long serialVersionUID = 1;

    PortTakenException(InetSocketAddress remote, Throwable cause) {
        super("the local port chosen for " + remote
                + " turned out to be taken, and Netty closed the channel: connect again");
        initCause(cause);
    }
}
