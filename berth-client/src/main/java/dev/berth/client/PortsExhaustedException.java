package dev.berth.client;

import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * No local port is left to connect there from. It is a {@link BindException}, as the JDK throws it for the same reason
 * ("Cannot assign requested address", "Address already in use"), with what the JDK cannot say. The cause, where there is
 * one, is why the last candidate was refused.
 *
 * <p>Where a {@link LocalEndpointSelector} chooses, nobody counts: what is in use, waiting or not tried is not known then.
 */
public final class PortsExhaustedException extends BindException {
    private static final long serialVersionUID = 1;

    private final InetSocketAddress destination;
    private final int tried;
    private final boolean counted; // if not, the numbers below mean nothing
    private final int inUse;
    private final int waiting;
    private final int notTried;
    private final int passedOver;
    private final @Nullable Duration earliestFree;

    PortsExhaustedException(
            InetSocketAddress destination,
            int tried,
            int inUse,
            int waiting,
            int notTried,
            @Nullable Duration earliestFree,
            int passedOver) {
        super(text(destination, tried, inUse, waiting, notTried, earliestFree, passedOver));
        this.destination = destination;
        this.tried = tried;
        this.counted = true;
        this.inUse = inUse;
        this.waiting = waiting;
        this.notTried = notTried;
        this.passedOver = passedOver;
        this.earliestFree = earliestFree;
    }

    /** What a selector named is taken, as often as it was asked. */
    PortsExhaustedException(InetSocketAddress destination, int tried) {
        super(String.format(
                Locale.ROOT,
                "no local port for %s: all %,d that the selector named are held by others; how many are in use is not known",
                destination,
                tried));
        this.destination = destination;
        this.tried = tried;
        this.counted = false;
        this.inUse = 0;
        this.waiting = 0;
        this.notTried = 0;
        this.passedOver = 0;
        this.earliestFree = null;
    }

    private static String text(
            InetSocketAddress destination,
            int tried,
            int inUse,
            int waiting,
            int notTried,
            @Nullable Duration earliestFree,
            int passedOver) {
        var text = new StringBuilder(String.format(
                Locale.ROOT, "no local port left for %s: %,d in use, %,d in TIME_WAIT", destination, inUse, waiting));
        if (passedOver > 0) {
            text.append(String.format(Locale.ROOT, ", %,d passed over", passedOver));
        }
        if (tried > 0) {
            text.append(String.format(Locale.ROOT, "; %,d tried and held by others, %,d never tried", tried, notTried));
        }
        if (earliestFree != null) {
            text.append(String.format(Locale.ROOT, "; the next one is free in %.1f s", earliestFree.toMillis() / 1e3));
        }
        return text.toString();
    }

    private OptionalInt ifCounted(int number) {
        return counted ? OptionalInt.of(number) : OptionalInt.empty();
    }

    /** Where the connection was to go. */
    public InetSocketAddress destination() {
        return destination;
    }

    /** How many candidates were tried for this connection, and turned out to be taken by others. */
    public int tried() {
        return tried;
    }

    /** How many connections to the destination this instance has open, or is making; nothing if that is not known. */
    public OptionalInt inUse() {
        return ifCounted(inUse);
    }

    /**
     * How many ports wait for the end of TIME_WAIT, after connections to the destination, or where it keeps a port from all
     * destinations, to any; nothing if that is not known.
     */
    public OptionalInt waiting() {
        return ifCounted(waiting);
    }

    /**
     * How many ports looked free and were not tried, because {@link LocalPortsBuilder#attempts} ran out; nothing if that is
     * not known.
     */
    public OptionalInt notTried() {
        return ifCounted(notTried);
    }

    /**
     * How many ports were not to be had for another reason: reserved, listened on, held by others a moment ago, or, where
     * ports are not shared, by connections to other destinations; nothing if that is not known.
     */
    public OptionalInt passedOver() {
        return ifCounted(passedOver);
    }

    /** When the first port that waits is free again, if one is known to wait; connections that are closed may be sooner. */
    public Optional<Duration> earliestFree() {
        return Optional.ofNullable(earliestFree);
    }
}
