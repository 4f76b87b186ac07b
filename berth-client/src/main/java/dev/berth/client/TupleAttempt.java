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
    private @Nullable Held held; // the endpoint that is being tried
    private int tried;
    private boolean ended;
    private boolean watched;
    private @Nullable IOException lastRefusal;

    TupleAttempt(TupleChooser chooser, Destination destination, InetSocketAddress remote, long begun) {
        super(remote, chooser.reuseAddress());
        this.chooser = chooser;
        this.destination = destination;
        this.begun = begun;
    }

    @Override
    public ConnectAttempt watched() {
        watched = true;
        return this;
    }

    @Override
    public InetSocketAddress next() throws PortsExhaustedException {
        if (ended || held != null) {
            throw new IllegalStateException("how did it go with the last one?");
        }
        long tuple = tried < chooser.attempts() ? chooser.take(destination, begun) : Destination.NONE;
        if (tuple == Destination.NONE) {
            throw exhausted();
        }
        tried++;
        held = new Held(chooser, destination, remote(), tuple);
        if (watched) {
            chooser.watch(this, held);
        }
        InetAddress source = held.source();
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
        chooser.suspectListeners();
        chooser.metrics().exhausted(exhausted);
        return exhausted;
    }

    /** Where ports are not shared one may be counted twice, hence at least 0. */
    private int passedOver(Destination.Usage usage) {
        return Math.max(0, destination.size() - usage.inUse() - usage.waiting() - usage.free() - tried);
    }

    @Override
    public void bindFailed(IOException reason) throws IOException {
        Held refused = held();
        Refusal.ofBind(reason, refused.source());
        chooser.suspectListeners();
        lose(refused, reason);
    }

    @Override
    public void connectFailed(IOException reason) throws IOException {
        Held refused = held();
        Refusal.ofConnect(reason, remote());
        lose(refused, reason);
    }

    private void lose(Held refused, IOException reason) {
        lastRefusal = reason;
        held = null;
        chooser.unwatch(refused.watch);
        destination.lose(refused.tuple, chooser.now());
        chooser.metrics().lostRace(remote());
    }

    @Override
    public Lease connected(Object connection) {
        Objects.requireNonNull(connection, "connection");
        Held lease = held();
        chooser.metrics().connected(remote(), tried); // first: if it throws, close() gives back what no lease holds yet
        held = null;
        ended = true;
        chooser.unwatch(lease.watch);
        lease.connected = true;
        chooser.watch(connection, lease);
        return lease;
    }

    private Held held() {
        if (held == null) {
            throw new IllegalStateException("no local endpoint is being tried: ask for the next one first");
        }
        return held;
    }

    @Override
    public void close() {
        if (held != null) {
            chooser.unwatch(held.watch);
            destination.free(held.tuple);
            held = null;
        }
        if (!ended) {
            ended = true;
            destination.leave();
        }
    }

    /** A tuple in the hands of an open connection, or of one in the making. */
    static final class Held extends Lease {
        private final TupleChooser chooser;
        private final Destination destination;
        private final InetSocketAddress remote;
        private final long tuple;
        private volatile @Nullable Watch watch;
        private volatile boolean connected;

        private Held(TupleChooser chooser, Destination destination, InetSocketAddress remote, long tuple) {
            this.chooser = chooser;
            this.destination = destination;
            this.remote = remote;
            this.tuple = tuple;
        }

        private @Nullable InetAddress source() {
            return chooser.source(destination, tuple);
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
            if (connected) {
                chooser.metrics().closed(remote, holdBack);
            }
        }
    }
}
