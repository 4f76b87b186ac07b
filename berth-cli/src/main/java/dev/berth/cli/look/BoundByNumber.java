package dev.berth.cli.look;

import dev.berth.net.PortRange;
import dev.berth.net.Protocol;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.SocketQuery;
import dev.berth.platform.SocketQuery.PortOrigin;
import java.util.HashSet;
import java.util.Set;

/** Which sockets of a port were bound to it by number, as the kernel remembers. */
final class BoundByNumber {
    private BoundByNumber() {}

    /** Their cookies. */
    static Set<Long> on(HostNetwork host, int port, Protocol protocol) throws HostReadException {
        SocketQuery query = SocketQuery.all(protocol).with(PortRange.of(port)).with(PortOrigin.EXPLICIT);
        var cookies = new HashSet<Long>();
        for (var row = host.snapshot(query).sockets().cursor(); row.next(); ) {
            if (row.cookie() != 0) {
                cookies.add(row.cookie());
            }
        }
        return cookies;
    }
}
