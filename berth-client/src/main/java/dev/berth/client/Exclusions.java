package dev.berth.client;

import dev.berth.client.host.HostPorts;
import dev.berth.client.tuples.Space;
import dev.berth.net.PortSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The candidates that are not to be taken just now, as the host tells: read again at most once a minute, by a connect. */
final class Exclusions {
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final HostPorts host;
    private final boolean dynamicRange;
    private final boolean reserved;
    private final Space space;
    private final AtomicLong nextRead;
    private volatile PortSet lastRange = PortSet.EMPTY;

    /**
     * @param dynamicRange whether what is in it is excluded
     * @param reserved whether reserved ports are excluded
     */
    Exclusions(HostPorts host, boolean dynamicRange, boolean reserved, Space space, long now) {
        this.host = host;
        this.dynamicRange = dynamicRange;
        this.reserved = reserved;
        this.space = space;
        this.nextRead = new AtomicLong(now + MINUTE);
        read();
    }

    void refresh(long now) {
        long due = nextRead.get();
        if (now - due >= 0 && nextRead.compareAndSet(due, now + MINUTE)) {
            read();
        }
    }

    private void read() {
        if (dynamicRange) {
            lastRange = host.dynamicRange().map(PortSet::of).orElse(lastRange); // not read for once: it is where it was
        }
        space.exclude(lastRange.plus(ports(host, reserved)));
    }

    static PortSet ports(HostPorts host, boolean reserved) {
        PortSet listening = host.listening();
        return reserved ? listening.plus(host.reserved()) : listening;
    }
}
