package dev.berth.cli.look;

import dev.berth.diagnosis.Explanation;
import dev.berth.net.PortRange;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.SocketQuery;
import dev.berth.remedy.free.Lineage;
import dev.berth.remedy.free.Situation;
import java.util.HashSet;

/** What is needed to know how a port can be freed, beyond why it is not available. */
public final class Freeable {
    private Freeable() {}

    public static Situation look(HostNetwork host, Explanation why) throws HostReadException {
        SocketQuery explicit =
                SocketQuery.all(why.protocol()).with(PortRange.of(why.port())).with(SocketQuery.PortOrigin.EXPLICIT);
        var boundByNumber = new HashSet<Long>();
        if (!why.inTheWay().isEmpty()) {
            for (var row = host.snapshot(explicit).sockets().cursor(); row.next(); ) {
                boundByNumber.add(row.cookie());
            }
        }
        return new Situation(why, boundByNumber, Lineage.here(host));
    }
}
