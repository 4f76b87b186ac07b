package dev.berth.client;

import dev.berth.client.tuples.Destination;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The tables of four-tuples choose. */
final class TupleAttempt extends ConnectAttempt {
    private final TupleChooser chooser;
    private final Destination destination; // entered; the lease takes that over
    private final long begun;
    private long tuple = Destination.NONE;
    private int tried;
    private boolean ended;
    private @Nullable IOException lastRefusal;

    TupleAttempt(TupleChooser chooser, Destination destination, long begun) {
        super(destination.remote(), chooser.reuseAddress());
        this.chooser = chooser;
        this.destination = destination;
        this.begun = begun;
    }

    @Override
    public InetSocketAddress next() throws PortsExhaustedException {
        if (ended || tuple != Destination.NONE) {
            throw new IllegalStateException("how did it go with the last one?");
        }
        if (tried < chooser.attempts()) {
            tuple = chooser.take(destination, begun);
        }
        if (tuple == Destination.NONE) {
            throw exhausted();
        }
        tried++;
        InetAddress source = chooser.source(destination, tuple);
        int port = destination.port(tuple);
        return source == null ? new InetSocketAddress(port) : new InetSocketAddress(source, port);
    }

    private PortsExhaustedException exhausted() {
        Destination.Usage usage = destination.exhausted(chooser.now());
        var exhausted = new PortsExhaustedException(
                remote(),
                tried,
                usage.inUse(),
                usage.waiting(),
                usage.free(),
                usage.waiting() == 0 ? null : Duration.ofNanos(usage.earliestNanos()),
                passedOver(usage));
        exhausted.initCause(lastRefusal);
        chooser.metrics().exhausted(exhausted);
        return exhausted;
    }

    /** Where ports are not shared one may be counted twice, hence at least 0. */
    private int passedOver(Destination.Usage usage) {
        return Math.max(0, destination.size() - usage.inUse() - usage.waiting() - usage.free() - tried);
    }

    @Override
    public void bindFailed(IOException reason) throws IOException {
        Refusal.ofBind(reason, chooser.source(destination, named()));
        lost(reason);
    }

    @Override
    public void connectFailed(IOException reason) throws IOException {
        named();
        Refusal.ofConnect(reason, remote());
        lost(reason);
    }

    private void lost(IOException reason) {
        lastRefusal = reason;
        destination.lose(tuple, chooser.now());
        tuple = Destination.NONE;
        chooser.metrics().lostRace(remote());
    }

    @Override
    public Lease connected(Object connection) {
        Objects.requireNonNull(connection, "connection");
        var lease = new Held(chooser, destination, named());
        chooser.metrics().connected(remote(), tried); // first: if it throws, close() gives back what no lease holds yet
        tuple = Destination.NONE;
        ended = true;
        chooser.watch(connection, lease);
        return lease;
    }

    private long named() {
        if (tuple == Destination.NONE) {
            throw new IllegalStateException("no local endpoint is being tried: ask for the next one first");
        }
        return tuple;
    }

    @Override
    public void close() {
        if (tuple != Destination.NONE) {
            destination.free(tuple);
            tuple = Destination.NONE;
        }
        if (!ended) {
            ended = true;
            destination.leave();
        }
    }

    /** A tuple in the hands of an open connection. */
    static final class Held extends Lease {
        private final TupleChooser chooser;
        private final Destination destination;
        private final long tuple;
        private volatile @Nullable Watch watch;

        private Held(TupleChooser chooser, Destination destination, long tuple) {
            this.chooser = chooser;
            this.destination = destination;
            this.tuple = tuple;
        }

        void watchedBy(Watch newWatch) {
            watch = newWatch;
        }

        @Override
        void ended(boolean waits) {
            boolean holdBack = waits && chooser.timeWaitNanos() > 0;
            if (holdBack) {
                destination.holdBack(tuple, chooser.now() + chooser.timeWaitNanos());
            } else {
                destination.free(tuple);
            }
            destination.leave();
            chooser.unwatch(watch);
            chooser.metrics().closed(destination.remote(), holdBack);
        }
    }
}
