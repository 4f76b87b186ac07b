package dev.berth.remedy.plan;

import dev.berth.diagnosis.FirstUnprivileged;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.ConfiguredServices.Service;
import dev.berth.remedy.plan.PlanRefusedException.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What keeps a dynamic range from doing harm. */
public final class RangeRails {
    /** 16 new connections per second to one destination, which a single busy client without keep-alive makes. */
    private static final int SCARCE = 1_024;

    private static final int NAMED = 8;

    private RangeRails() {}

    /** Refuses a range that the kernel would, now or at the next start, or that it takes only under protest. */
    static void check(PortRange range, Terrain terrain, PlanOptions options) throws PlanRefusedException {
        Integer first = terrain.settings().policy(Protocol.TCP).firstUnprivileged();
        if (first != null && range.first() < first) {
            throw belowStart(range, first, "is");
        }
        int later = FirstUnprivileged.atNextStart(terrain.settings());
        if (options.persist() && range.first() < later) {
            throw belowStart(range, later, "will be at the next start");
        }
        if (!options.force() && (range.first() & 1) == (range.last() & 1)) {
            throw new PlanRefusedException(
                    Kind.BAD_REQUEST,
                    "the ends of %s are of the same parity".formatted(range),
                    "Linux shares ports out by parity, and one half would be larger; it says so in its log",
                    "berth range set %s, or --force".formatted(evened(range)));
        }
    }

    private static PlanRefusedException belowStart(PortRange range, int first, String is) {
        return new PlanRefusedException(
                Kind.BAD_REQUEST,
                "the kernel refuses the dynamic range " + range,
                "it begins below %s, which %s %d (EINVAL)".formatted(FirstUnprivileged.SETTING, is, first),
                "begin at %d or above, or lower that setting first".formatted(first));
    }

    /** One whose ends are not. */
    public static PortRange evened(PortRange range) {
        if (range.size() > 1) {
            return new PortRange(range.first(), range.last() - 1);
        }
        return range.last() < PortRange.ALL.last()
                ? new PortRange(range.first(), range.last() + 1)
                : new PortRange(range.first() - 1, range.last());
    }

    /**
     * The ports of servers in a range: a client would be given them while their server is down. Each kind is named in a note.
     *
     * @param reserved those that are safe already
     */
    static PortSet servers(PortRange range, PortSet reserved, Terrain terrain, Outline outline) {
        PortSet atRisk = PortSet.of(range).minus(reserved);
        PortSet listening = terrain.listening().intersect(atRisk);
        if (!listening.isEmpty()) {
            outline.note("Reserved first, as servers listen on it in the range: %s.".formatted(listening));
        }
        PortSet servers = listening;
        var named = new ArrayList<String>();
        for (Service service : terrain.configured().services()) {
            PortSet ports = PortSet.of(service.ports()).intersect(atRisk).minus(servers);
            if (!ports.isEmpty()) {
                servers = servers.plus(ports);
                named.add("%s (%s, %s)".formatted(ports, service.name(), service.source()));
            }
        }
        if (!named.isEmpty()) {
            int left = named.size() - NAMED;
            List<String> some = left > 0 ? named.subList(0, NAMED) : named;
            outline.note("Reserved first, as services are configured to listen on it in the range: %s%s."
                    .formatted(String.join(", ", some), left > 0 ? ", and %d more".formatted(left) : ""));
        }
        return servers;
    }

    /** Refuses to leave clients fewer ports than they hold, or next to none. */
    static void checkRest(
            @Nullable PortRange rangeNow,
            PortSet reservedNow,
            @Nullable PortRange range,
            PortSet reserved,
            Terrain terrain,
            PlanOptions options)
            throws PlanRefusedException {
        if (rangeNow == null || range == null || options.force()) {
            return;
        }
        int now = PortSet.of(rangeNow).minus(reservedNow).size();
        int left = PortSet.of(range).minus(reserved).size();
        int inUse = terrain.inUse().size();
        boolean scarce = left == 0 || left < SCARCE && now >= SCARCE;
        if (left < now && (left < inUse || scarce)) {
            throw new PlanRefusedException(
                    Kind.BAD_REQUEST,
                    "that would leave outgoing connections %d of the %d local ports in %s; they have %d now"
                            .formatted(left, range.size(), range, now),
                    left < inUse
                            ? "clients hold %d ports of the dynamic range now".formatted(inUse)
                            : "%d suffice for 16 new connections per second to one destination".formatted(SCARCE),
                    "reserve fewer ports, take a wider range, or --force");
        }
    }
}
