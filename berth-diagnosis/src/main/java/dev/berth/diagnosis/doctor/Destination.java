package dev.berth.diagnosis.doctor;

import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.platform.ProcessInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One tuple space in use: from one source address to one destination, and how much of it is left.
 *
 * @param inUse four-tuples on ports of the dynamic range, in any state
 * @param timeWait how many of them are in TIME_WAIT
 * @param capacity an upper bound of how many there can be, or null where the dynamic range is unknown
 * @param usedPercent {@code inUse} of {@code capacity}, 0 to 100; null where capacity is
 * @param preferredHalfUsedPercent the same for the ports that Linux tries first, those with the parity of the low end
 * @param closesPerSecond connections that this side closed, averaged over the last minute; null where no timers are shown
 * @param processes who holds the connections, with most first; TIME_WAIT has no owner and is not counted
 */
public record Destination(
        IpAddress source,
        Endpoint destination,
        int inUse,
        int timeWait,
        @Nullable Integer capacity,
        @Nullable Double usedPercent,
        @Nullable Double preferredHalfUsedPercent,
        @Nullable Double closesPerSecond,
        List<Share> processes) {
    public Destination {
        processes = List.copyOf(processes);
    }

    /** How full it is and who fills it, a sentence for each fact. */
    List<String> use() {
        var lines = new ArrayList<String>();
        lines.add("%d of at most %d ports are in use (%s), %d of them in TIME_WAIT."
                .formatted(inUse, capacity, Words.percent(usedPercent), timeWait));
        if (closesPerSecond != null && closesPerSecond > 0) {
            lines.add(String.format(
                    Locale.ROOT,
                    "This side closed %.1f connections per second over the last minute.",
                    closesPerSecond));
        }
        if (!processes.isEmpty()) {
            lines.add("The connections belong to "
                    + processes.stream()
                            .map(share -> Words.who(share.process()) + ": " + share.connections())
                            .collect(Collectors.joining(", "))
                    + ".");
        }
        return lines;
    }

    /** A process and how many of the connections it holds. */
    public record Share(ProcessInfo process, int connections) {}
}
