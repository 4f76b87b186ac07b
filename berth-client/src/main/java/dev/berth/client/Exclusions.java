package dev.berth.client;

import dev.berth.client.host.HostPorts;
import dev.berth.client.tuples.Space;
import dev.berth.net.PortSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The candidates that are not to be taken just now, as the host tells. Range and reservations are read again at most once
 * a minute, by a connect: files of some bytes. Listeners, which take the kernel milliseconds to list, at most once a
 * minute too, and only when something hints at a change; until then a new one costs a failed bind every ten seconds.
 */
final class Exclusions {
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final HostPorts host;
    private final boolean dynamicRange;
    private final boolean reserved;
    private final Space space;
    private final ReentrantLock lock = new ReentrantLock(); // of what follows but the flags
    private PortSet lastRange = PortSet.EMPTY;
    private PortSet lastReserved = PortSet.EMPTY;
    private PortSet lastListening;
    private volatile long nextSettings;
    private volatile long nextListeners;
    private volatile boolean listenersSuspect;

    /**
     * @param dynamicRange whether what is in it is excluded
     * @param reserved whether reserved ports are excluded
     */
    Exclusions(HostPorts host, boolean dynamicRange, boolean reserved, Space space, long now) {
        this.host = host;
        this.dynamicRange = dynamicRange;
        this.reserved = reserved;
        this.space = space;
        lastListening = host.listening();
        nextListeners = now + MINUTE;
        readSettings(now);
    }

    /** A bind failed, or nothing is left: listeners may have come, or gone. */
    void suspectListeners() {
        listenersSuspect = true;
    }

    void refresh(long now) {
        boolean settings = now - nextSettings >= 0;
        boolean listeners = listenersSuspect && now - nextListeners >= 0;
        if ((settings || listeners) && lock.tryLock()) { // else somebody is at it
            try {
                if (listeners) {
                    listenersSuspect = false;
                    lastListening = host.listening();
                    nextListeners = now + MINUTE;
                }
                readSettings(now);
            } finally {
                lock.unlock();
            }
        }
    }

    /** What cannot be read for once is as it was. */
    private void readSettings(long now) {
        if (dynamicRange) {
            lastRange = host.dynamicRange().map(PortSet::of).orElse(lastRange);
        }
        if (reserved) {
            lastReserved = host.reserved().orElse(lastReserved);
        }
        nextSettings = now + MINUTE;
        space.exclude(lastRange.plus(lastReserved).plus(lastListening));
    }
}
