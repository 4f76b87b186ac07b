package dev.berth.linux.sockets;

import dev.berth.net.Endpoint;
import dev.berth.net.PortRange;
import dev.berth.net.TcpState;
import dev.berth.platform.SocketQuery;
import dev.berth.platform.SocketRow;
import org.jspecify.annotations.Nullable;

/** What a query asks of a row, laid out to be tested a million times. */
@SuppressWarnings("EnumOrdinal") // a set of states in the bits of an int
final class RowFilter {
    private final int firstPort;
    private final int lastPort;
    private final int lowestHigherPort;
    private final int highestHigherPort;
    private final int states;
    private final @Nullable SocketQuery rest;

    /** @param higherPorts a slice of the rows: those whose higher port, of the local and the remote one, is in it */
    RowFilter(SocketQuery query, PortRange higherPorts) {
        lowestHigherPort = higherPorts.first();
        highestHigherPort = higherPorts.last();
        firstPort = query.localPorts().first();
        lastPort = query.localPorts().last();
        int bits = 0;
        for (TcpState state : query.states()) {
            bits |= 1 << state.ordinal();
        }
        states = bits;
        Endpoint remote = query.remote();
        rest = remote == null ? null : query;
    }

    boolean admits(SocketRow row) {
        int port = row.localPort();
        int higher = Math.max(port, row.remotePort());
        return port >= firstPort
                && port <= lastPort
                && higher >= lowestHigherPort
                && higher <= highestHigherPort
                && (states & 1 << row.state().ordinal()) != 0
                && (rest == null || rest.matches(row));
    }
}
