package dev.berth.client;

import dev.berth.client.tuples.Destination;
import dev.berth.client.tuples.Destinations;
import dev.berth.client.tuples.Space;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Chooses ports that are free towards the destination, by tables of four-tuples. */
final class TupleChooser implements Chooser {
    private final Space space;
    private final Destinations destinations;
    private final Exclusions exclusions;
    private final boolean reuseAddress;
    private final int attempts;
    private final long timeWaitNanos;
    private final LongSupplier clock;
    private final LocalPortMetrics metrics;
    private final Watches watches = new Watches();

    TupleChooser(
            Space space,
            Destinations destinations,
            Exclusions exclusions,
            boolean reuseAddress,
            int attempts,
            long timeWaitNanos,
            LongSupplier clock,
            LocalPortMetrics metrics) {
        this.space = space;
        this.destinations = destinations;
        this.exclusions = exclusions;
        this.reuseAddress = reuseAddress;
        this.attempts = attempts;
        this.timeWaitNanos = timeWaitNanos;
        this.clock = clock;
        this.metrics = metrics;
    }

    @Override
    public ConnectAttempt begin(InetSocketAddress remote) throws NoLocalAddressException {
        long now = now();
        exclusions.refresh(now);
        watches.look();
        Destination destination = destinations.enter(remote, now);
        if (destination == null) {
            throw new NoLocalAddressException(
                    "no source address given has the family of " + remote + ", or is on its link");
        }
        return new TupleAttempt(this, destination, remote, now);
    }

    /** A free tuple; before there is none, channels are asked whether they are closed. */
    long take(Destination destination, long begun) {
        long tuple = destination.take(now(), begun);
        while (tuple == Destination.NONE && watches.lastLook()) { // what it found may be of another destination
            tuple = destination.take(now(), begun);
        }
        return tuple;
    }

    @Nullable
    InetAddress source(Destination destination, long tuple) {
        return space.source(destination.remote(), tuple);
    }

    void suspectListeners() {
        exclusions.suspectListeners();
    }

    void watch(Object connection, TupleAttempt.Held lease) {
        watches.add(connection, lease);
    }

    void unwatch(@Nullable Watch watch) {
        watches.remove(watch);
    }

    @Override
    public List<DestinationUsage> usage() {
        watches.lookAtAll();
        long now = now();
        return destinations.all().stream()
                .map(destination -> usage(destination, now))
                .toList();
    }

    private static DestinationUsage usage(Destination destination, long now) {
        Destination.Usage usage = destination.usage(now);
        return new DestinationUsage(
                destination.remote(),
                usage.inUse(),
                usage.waiting(),
                usage.free(),
                usage.lostRaces(),
                usage.exhaustions());
    }

    boolean reuseAddress() {
        return reuseAddress;
    }

    int attempts() {
        return attempts;
    }

    long timeWaitNanos() {
        return timeWaitNanos;
    }

    long now() {
        return clock.getAsLong();
    }

    LocalPortMetrics metrics() {
        return metrics;
    }
}
