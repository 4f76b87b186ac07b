package dev.berth.diagnosis.capacity;

import dev.berth.diagnosis.Recycling;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.HostFacts;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.Settings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of a {@link Load}, each with where it came from.
 *
 * @param timeWaitWhy what makes the TIME_WAIT as long as it is; null where it was asked for
 * @param linux whether the ports are chosen as Linux does
 * @param takeOverSeconds how old a TIME_WAIT must be before a new connection may take it over; null where none may be
 */
public record Numbers(
        Sourced<Pool> pool,
        Sourced<Double> timeWaitSeconds,
        @Nullable String timeWaitWhy,
        Sourced<Double> holdSeconds,
        Sourced<Long> sources,
        Sourced<Long> destinations,
        Sourced<Double> retries,
        boolean linux,
        @Nullable Double takeOverSeconds) {
    /** TCP_TIMEWAIT_LEN, a constant of the kernel. */
    private static final double LINUX_SECONDS = 60;

    /** How long it lasted when measured: the kernel's timers are rounded up. */
    private static final double LINUX_SECONDS_MEASURED = 61.83;

    private static final double LONGEST_OF_LINUX = 62; // a longer TIME_WAIT is another system's

    private static final double LONGEST_OF_WINDOWS = 240; // documented values go from 30 to 240

    /** Those of a Linux host that nobody tuned. */
    public static Numbers assumed() {
        return of(Sourced.assumed(Pool.OF_LINUX), Sourced.assumed(LINUX_SECONDS), "the constant of Linux", true, 1.0);
    }

    /**
     * Those of a host.
     *
     * @param owned ports that sockets own, so that automatic choice passes over them
     */
    public static Numbers of(Settings settings, HostFacts facts, PortSet owned) {
        PortPolicy policy = settings.policy(Protocol.TCP);
        PortRange dynamic = policy.dynamic();
        Sourced<Pool> pool = dynamic == null
                ? Sourced.assumed(Pool.OF_LINUX)
                : Sourced.host(Pool.of(dynamic, policy.reserved().plus(owned)));
        if (!facts.system().equals("linux")) {
            return of(
                    pool,
                    Sourced.assumed(LONGEST_OF_WINDOWS),
                    "30 to 240 s are documented for Windows, and no table shows it",
                    false,
                    null);
        }
        var recycling = Recycling.of(settings);
        double delay = recycling.delayMillis() / 1000.0;
        boolean takenOver = Integer.valueOf(1).equals(recycling.mode()) && Boolean.TRUE.equals(recycling.timestamps());
        return of(
                pool,
                Sourced.host(takenOver ? delay : LINUX_SECONDS),
                why(recycling),
                true,
                Boolean.FALSE.equals(recycling.timestamps()) ? null : delay);
    }

    private static Numbers of(
            Sourced<Pool> pool,
            Sourced<Double> timeWait,
            String timeWaitWhy,
            boolean linux,
            @Nullable Double takeOverSeconds) {
        return new Numbers(
                pool,
                timeWait,
                timeWaitWhy,
                Sourced.assumed(0.0),
                Sourced.assumed(1L),
                Sourced.assumed(1L),
                Sourced.assumed(0.0),
                linux,
                takeOverSeconds);
    }

    private static String why(Recycling recycling) {
        Integer mode = recycling.mode();
        if (mode == null || recycling.timestamps() == null) {
            return "the constant of Linux; whether connections may take one over could not be read";
        }
        if (!recycling.timestamps()) {
            return "the constant of Linux; without TCP timestamps no connection takes one over";
        }
        return switch (mode) {
            case 0 -> "the constant of Linux; tcp_tw_reuse is 0, so no connection takes one over";
            case 1 -> "tcp_tw_reuse is 1, so connections take one over after that";
            default ->
                "the constant of Linux; tcp_tw_reuse is " + mode + ", so connections take one over on loopback only";
        };
    }

    /**
     * Those towards one destination of this host: as many sources as are connected there, and the time that connections
     * are held as it follows from how many are open and how many close.
     *
     * @param there what goes to that destination, from each source; at least one
     */
    public Numbers towards(List<Traffic> there) {
        int open = 0;
        double closes = 0;
        double timeWait = 0;
        for (Traffic one : there) {
            open += one.open();
            closes += one.closesPerSecond() == null ? 0 : one.closesPerSecond();
            timeWait = Math.max(timeWait, one.timeWaitSeconds());
        }
        boolean sooner = timeWait < timeWaitSeconds.value();
        return new Numbers(
                pool,
                sooner ? Sourced.host(timeWait) : timeWaitSeconds,
                sooner
                        ? "tcp_tw_reuse is 2 and this is loopback, so connections take one over after that"
                        : timeWaitWhy,
                closes > 0 ? Sourced.host(open / closes) : holdSeconds,
                Sourced.host((long) there.size()),
                new Sourced<>(1L, Origin.ASKED),
                retries,
                linux,
                takeOverSeconds);
    }

    /** These, with what was asked for in their place. */
    public Numbers with(WhatIf asked) {
        Sourced<Double> timeWait = timeWaitSeconds.unless(asked.timeWaitSeconds());
        return new Numbers(
                pool.unless(asked.pool()),
                timeWait,
                asked.timeWaitSeconds() == null ? timeWaitWhy : null,
                holdSeconds.unless(asked.holdSeconds()),
                sources.unless(asked.sources()),
                destinations.unless(asked.destinations()),
                retries.unless(asked.retries()),
                linux && timeWait.value() <= LONGEST_OF_LINUX,
                takeOverSeconds);
    }

    public Load load() {
        return new Load(
                pool.value(),
                timeWaitSeconds.value(),
                holdSeconds.value(),
                sources.value(),
                destinations.value(),
                retries.value(),
                linux);
    }

    /** The load with a TIME_WAIT as long as it really is on Linux, or null where it is not the kernel's constant. */
    public @Nullable Load loadToPlanWith() {
        boolean constant =
                linux && timeWaitSeconds.origin() != Origin.ASKED && timeWaitSeconds.value() == LINUX_SECONDS;
        return constant ? load().withTimeWait(LINUX_SECONDS_MEASURED) : null;
    }

    /** What would carry so many calls a second: safest first, each by itself. */
    public List<Remedies.Offer> remedies(double callsPerSecond) {
        return Remedies.of(load(), callsPerSecond, takeOverSeconds);
    }
}
