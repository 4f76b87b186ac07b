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
    /**
     * 16 new connections per second to one destination, which a single busy client without keep-alive makes; 4 on Windows, where
     * a TIME_WAIT may last 240 s.
     */
    private static final int SCARCE = 1_024;

    private RangeRails() {}

    /** Refuses a range that the kernel would, now or at the next start. */
    static void check(PortRange range, Terrain terrain, PlanOptions options) throws PlanRefusedException {
        Integer first = terrain.settings().policy(Protocol.TCP).firstUnprivileged();
        if (first != null && range.first() < first) {
            throw belowStart(range, first, "is");
        }
        int later = FirstUnprivileged.atNextStart(terrain.settings());
        if (options.persist() && range.first() < later) {
            throw belowStart(range, later, "will be at the next start");
        }
    }

    /** Whether another range would be refused as well. */
    interface Rails {
        void check(PortRange range) throws PlanRefusedException;
    }

    /**
     * Refuses a range that the kernel takes only under protest.
     *
     * @param others what a range has to pass that is named as a way out
     */
    static void checkParity(PortRange range, PlanOptions options, Rails others) throws PlanRefusedException {
        if (options.force() || (range.first() & 1) != (range.last() & 1)) {
            return;
        }
        String next = allEvened(range).stream()
                .filter(candidate -> passes(candidate, others))
                .findFirst()
                .map("berth range set %s, or --force"::formatted)
                .orElse("take a wider range, or --force");
        throw new PlanRefusedException(
                Kind.BAD_REQUEST,
                "the ends of %s are of the same parity".formatted(range),
                "Linux shares ports out by parity, and one half would be larger; it says so in its log",
                next);
    }

    private static boolean passes(PortRange range, Rails rails) {
        try {
            rails.check(range);
            return true;
        } catch (PlanRefusedException refused) {
            return false;
        }
    }

    private static PlanRefusedException belowStart(PortRange range, int first, String is) {
        return new PlanRefusedException(
                Kind.BAD_REQUEST,
                "the kernel refuses the dynamic range " + range,
                "it begins below %s, which %s %d (EINVAL)".formatted(FirstUnprivileged.SETTING, is, first),
                "begin at %d or above, or lower that setting first".formatted(first));
    }

    /** The nearest one with ends of both parities. */
    public static PortRange evened(PortRange range) {
        return allEvened(range).getFirst();
    }

    /** The nearest ranges with ends of both parities, the one within it first. */
    private static List<PortRange> allEvened(PortRange range) {
        var ranges = new ArrayList<PortRange>();
        if (range.size() > 1) {
            ranges.add(new PortRange(range.first(), range.last() - 1));
        }
        if (range.last() < PortRange.ALL.last()) {
            ranges.add(new PortRange(range.first(), range.last() + 1));
        }
        if (range.first() > PortRange.ALL.first()) {
            ranges.add(new PortRange(range.first() - 1, range.last()));
        }
        return ranges;
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
            outline.note("Reserved first, as servers listen on it in the range: %s.".formatted(listening.inShort()));
        }
        PortSet servers = listening;
        var named = new ArrayList<String>();
        for (Service service : terrain.configured().services()) {
            PortSet ports = PortSet.of(service.ports()).intersect(atRisk).minus(servers);
            if (!ports.isEmpty()) {
                servers = servers.plus(ports);
                named.add(named(ports, service));
            }
        }
        if (!named.isEmpty()) {
            outline.note("Reserved first, as services are configured to listen on it in the range: %s."
                    .formatted(Outline.some(named)));
        }
        PortSet unclear = terrain.udpOfAnybody().intersect(atRisk).minus(servers);
        if (!unclear.isEmpty()) {
            outline.note("Not reserved, as clients may have drawn it: UDP %s; reserve what is a server's."
                    .formatted(unclear.inShort()));
        }
        return servers;
    }

    /** Whether ports of servers are given back to automatic choice; a note names them. */
    static boolean exposes(PortSet release, PortRange range, Terrain terrain, Outline outline) {
        PortSet drawn = release.intersect(PortSet.of(range));
        PortSet seen = terrain.listening().plus(terrain.udpOfAnybody()).intersect(drawn);
        var servers =
                new ArrayList<>(seen.isEmpty() ? List.of() : terrain.servers().named(seen));
        for (Service service : terrain.configured().services()) {
            PortSet ports = PortSet.of(service.ports()).intersect(drawn).minus(seen);
            if (!ports.isEmpty()) {
                servers.add(named(ports, service));
            }
        }
        if (!servers.isEmpty()) {
            outline.note(
                    "It is a server's and in the dynamic range, so a client may be given it while the server is down: %s."
                            .formatted(Outline.some(servers)));
        }
        return !servers.isEmpty();
    }

    private static String named(PortSet ports, Service service) {
        return "%s (%s, %s)".formatted(ports.inShort(), service.name(), service.source());
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
                            : "%d suffice for %d new connections per second to one destination"
                                    .formatted(SCARCE, terrain.isWindows() ? 4 : 16),
                    "reserve fewer ports, take a wider range, or --force");
        }
    }
}
