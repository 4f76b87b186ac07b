package dev.berth.diagnosis.capacity;

import dev.berth.diagnosis.Recycling;
import dev.berth.diagnosis.doctor.Destination;
import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What goes from one source address to one destination, held against what can.
 *
 * @param inUse local ports it takes
 * @param open connections among them that are not in TIME_WAIT
 * @param closesPerSecond connections that this side closed, averaged over the last minute; null where no timers are shown
 * @param holdSeconds how long a connection lasts: {@code open} divided by {@code closesPerSecond}; null where none closes
 * @param timeWaitSeconds how long a closed one keeps its port from the next one
 * @param sustainableConnectionsPerSecond the rate at which connections as long as these use up every port
 * @param cliffConnectionsPerSecond the rate at which they use up the ports tried first; null where the system has none
 * @param sharePercent {@code closesPerSecond} of the sustainable rate; null where one of them is not known or is none
 */
public record Traffic(
        IpAddress source,
        Endpoint destination,
        int inUse,
        int open,
        @Nullable Double closesPerSecond,
        @Nullable Double holdSeconds,
        double timeWaitSeconds,
        double sustainableConnectionsPerSecond,
        @Nullable Double cliffConnectionsPerSecond,
        @Nullable Double sharePercent) {
    /** By share, and where no rate is known by what is in use. */
    public static final Comparator<Traffic> BUSIEST_FIRST = Comparator.comparingDouble(Traffic::share)
            .thenComparingInt(Traffic::inUse)
            .reversed()
            .thenComparing(Traffic::source)
            .thenComparing(traffic -> traffic.destination().address())
            .thenComparingInt(traffic -> traffic.destination().port());

    /**
     * @param host the numbers of the host
     */
    public static Traffic of(Destination destination, Numbers host, Recycling recycling) {
        boolean takenOver = recycling.allowed(
                destination.source(), destination.destination().address());
        double timeWait = takenOver
                ? recycling.delayMillis() / 1000.0
                : host.timeWaitSeconds().value();
        int open = destination.inUse() - destination.timeWait();
        Double closes = destination.closesPerSecond();
        Double hold = closes == null || closes == 0 ? null : Double.valueOf(open / closes);
        var load = new Load(host.pool().value(), timeWait, hold == null ? 0 : hold, 1, 1, 0, host.linux());
        double sustainable = load.sustainableConnectionsPerSecond();
        return new Traffic(
                destination.source(),
                destination.destination(),
                destination.inUse(),
                open,
                closes,
                hold,
                timeWait,
                sustainable,
                load.cliffConnectionsPerSecond(),
                closes == null || sustainable == 0 ? null : Double.valueOf(100 * closes / sustainable));
    }

    private double share() {
        return sharePercent == null ? 0 : sharePercent;
    }
}
