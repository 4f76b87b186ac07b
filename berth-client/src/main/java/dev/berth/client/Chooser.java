package dev.berth.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

/** Who chooses local ports: tables, somebody's code, or the system. */
interface Chooser {
    /** @throws IOException when it can be told at once that no connection is possible */
    ConnectAttempt begin(InetSocketAddress remote) throws IOException;

    default List<DestinationUsage> usage() {
        return List.of();
    }
}
