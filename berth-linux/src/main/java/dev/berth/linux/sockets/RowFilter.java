package dev.berth.linux.sockets;

import dev.berth.net.Endpoint;
import dev.berth.net.TcpState;
import dev.berth.platform.SocketQuery;
import dev.berth.platform.SocketRow;
import org.jspecify.annotations.Nullable;

/** What a query asks of a row, laid out to be tested a million times. */
@SuppressWarnings("EnumOrdinal") // a set of states in the bits of an int
final class RowFilter {
    private final int firstPort;
    private final int lastPort;
    private final int states;
    private final @Nullable SocketQuery rest;

    RowFilter(SocketQuery query) {
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
        return port >= firstPort
                && port <= lastPort
                && (states & 1 << row.state().ordinal()) != 0
                && (rest == null || rest.matches(row));
    }
}
