package dev.berth.remedy.policy;

import dev.berth.diagnosis.Recycling;
import dev.berth.diagnosis.capacity.Amounts;
import dev.berth.diagnosis.capacity.Load;
import dev.berth.diagnosis.capacity.Pool;
import dev.berth.diagnosis.forecast.LastMinute;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.Settings;
import dev.berth.remedy.policy.Item.Aspect;
import dev.berth.remedy.policy.Item.State;
import dev.berth.remedy.policy.Policy.Destination;
import dev.berth.remedy.policy.Policy.TimeWaitReuse;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether there are ports for the declared destinations at their peak, once the policy is in force: the arithmetic of
 * {@code berth capacity}, for one source address.
 */
final class PeakLoad {
    /** TcpTimedWaitDelay: TechNet cc938217 has 240 s as the default of Windows 2000, and 30 s as the least. */
    private static final int LONGEST_OF_WINDOWS = 240;

    private static final int SHORTEST_OF_WINDOWS = 30;

    private PeakLoad() {}

    /**
     * @param listening ports that automatic choice passes over as a server has them
     */
    static List<Item> items(Policy policy, Settings settings, PortSet listening) {
        PortPolicy now = settings.policy(Protocol.TCP);
        PortRange declared = policy.dynamicRange().linux();
        PortRange range = declared != null ? declared : now.dynamic();
        if (range == null) {
            return List.of(); // not known, which is among the gaps
        }
        Pool pool = Pool.of(range, now.reserved().plus(policy.ports()).plus(listening));
        Recycling recycling = recycling(policy.timeWaitReuse(), Recycling.of(settings));
        return policy.destinations().stream()
                .map(destination -> item(destination, pool, recycling))
                .toList();
    }

    /**
     * The same on Windows. How long a TIME_WAIT lasts there no source says for all versions: the ports have to be there for the
     * longest that is documented.
     */
    static List<Item> onWindows(Policy policy, Settings settings, PortSet listening) {
        PortPolicy now = settings.policy(Protocol.TCP);
        PortRange declared = policy.dynamicRange().windowsTcp();
        PortRange range = declared != null ? declared : now.dynamic();
        if (range == null) {
            return List.of(); // not known, which is among the gaps
        }
        PortSet kept = now.reserved()
                .plus(now.excludedBySystem())
                .plus(policy.ports(Protocol.TCP))
                .plus(listening);
        Pool pool = Pool.of(range, kept);
        return policy.destinations().stream()
                .map(destination -> onWindows(destination, pool))
                .toList();
    }

    private static Item onWindows(Destination destination, Pool pool) {
        double peak = destination.peakConnectionsPerSecond();
        var longest = new Load(pool, LONGEST_OF_WINDOWS, destination.holdSeconds(), 1, 1, 0, false);
        boolean fits = longest.fits(peak);
        String text =
                "%s connections a second take %s ports of %s where a TIME_WAIT lasts %d s, the longest that is documented"
                        .formatted(
                                Amounts.number(peak),
                                Amounts.count(longest.neededPorts(peak)),
                                Amounts.count(pool.size()),
                                LONGEST_OF_WINDOWS);
        if (!fits) {
            var shortest = new Load(pool, SHORTEST_OF_WINDOWS, destination.holdSeconds(), 1, 1, 0, false);
            text += ", and %s where it lasts %d s, the shortest; which it is here is not known"
                    .formatted(Amounts.count(shortest.neededPorts(peak)), SHORTEST_OF_WINDOWS);
        }
        return new Item(
                Aspect.CAPACITY,
                destination.to().toString(),
                fits ? State.OK : State.CANNOT,
                null,
                null,
                text,
                null,
                fits ? null : way(peak, pool));
    }

    private static Recycling recycling(@Nullable TimeWaitReuse wanted, Recycling now) {
        return wanted == null
                ? now
                : new Recycling(Integer.valueOf(wanted.value()), now.timestamps(), now.delayMillis());
    }

    private static Item item(Destination destination, Pool pool, Recycling recycling) {
        boolean takenOver = recycling.allowed(null, destination.to().address());
        double timeWait = takenOver ? recycling.delayMillis() / 1000.0 : LastMinute.LONGEST_SECONDS;
        var load = new Load(pool, timeWait, destination.holdSeconds(), 1, 1, 0, true);
        double peak = destination.peakConnectionsPerSecond();
        boolean fits = load.fits(peak);
        String text = "%s connections a second take %s ports of %s"
                .formatted(Amounts.number(peak), Amounts.count(load.neededPorts(peak)), Amounts.count(pool.size()));
        if (!fits) {
            text += ", which carry " + Amounts.number(load.sustainableConnectionsPerSecond());
        } else if (load.pastCliff(peak)) {
            text += ", more than those that are tried first, so each connect searches longer";
        }
        return new Item(
                Aspect.CAPACITY,
                destination.to().toString(),
                fits ? State.OK : State.CANNOT,
                null,
                null,
                text,
                null,
                fits ? null : way(peak, pool));
    }

    private static String way(double peak, Pool pool) {
        return pool.size() == 0
                ? "widen the range %s, or reserve fewer ports in it".formatted(pool.range())
                : "berth capacity --rate %s --range %s".formatted(plain(peak), pool.range());
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
}
