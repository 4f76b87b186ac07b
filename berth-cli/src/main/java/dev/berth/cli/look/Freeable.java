package dev.berth.cli.look;

import dev.berth.diagnosis.Explanation;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.remedy.free.Lineage;
import dev.berth.remedy.free.Situation;
import java.util.Set;

/** What is needed to know how a port can be freed, beyond why it is not available. */
public final class Freeable {
    private Freeable() {}

    public static Situation look(HostNetwork host, Explanation why) throws HostReadException {
        Set<Long> boundByNumber =
                why.inTheWay().isEmpty() ? Set.of() : BoundByNumber.on(host, why.port(), why.protocol());
        return new Situation(
                why, boundByNumber, Lineage.here(host), host.facts().privileged());
    }
}
