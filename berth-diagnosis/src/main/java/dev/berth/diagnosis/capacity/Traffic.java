package dev.berth.diagnosis.capacity;

import dev.berth.diagnosis.Recycling;
import dev.berth.diagnosis.doctor.Destination;
import dev.berth.diagnosis.forecast.Turnover;
import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What goes from one source address to one destination, held against what can.
 *
 * @param inUse local ports it takes
 * @param open connections among them that are not in TIME_WAIT
 * @param closesPerSecond connections that this side closes now, or closed on average of the last minute where
 *     that is too little to tell; null where no timers are shown
 * @param kept of the open ones, those that are taken to stay open
 * @param holdSeconds how long a connection lasts: {@code open} divided by {@code closesPerSecond}; null where none closes, or
 *     those that are open are taken to stay
 * @param timeWaitSeconds how long a closed one keeps its port from the next one
 * @param sustainableConnectionsPerSecond the rate at which connections as long as these use up every port that is not kept
 * @param cliffConnectionsPerSecond the rate at which they use up the ports tried first; null where the system has none
 * @param sharePercent {@code closesPerSecond} of the sustainable rate; null where one of them is not known or is none
 */
public record Traffic(
        IpAddress source,
        Endpoint destination,
        int inUse,
        int open,
        int kept,
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
        Double closes = destination.usualClosesPerSecond();
        Turnover turnover = destination.turnover();
        Double hold = turnover.holdSeconds();
        Pool pool = host.pool().value().less(turnover.kept());
        var load = new Load(pool, timeWait, hold == null ? 0 : hold, 1, 1, 0, host.linux());
        double sustainable = load.sustainableConnectionsPerSecond();
        return new Traffic(
                destination.source(),
                destination.destination(),
                destination.inUse(),
                destination.inUse() - destination.timeWait(),
                turnover.kept(),
                closes,
                hold,
                timeWait,
                sustainable,
                load.cliffConnectionsPerSecond(),
                closes == null || sustainable == 0 ? null : Double.valueOf(100 * closes / sustainable));
    }

    /** {@link #closesPerSecond}, with none where that is not known. */
    double closes() {
        return closesPerSecond == null ? 0 : closesPerSecond;
    }

    private double share() {
        return sharePercent == null ? 0 : sharePercent;
    }
}
