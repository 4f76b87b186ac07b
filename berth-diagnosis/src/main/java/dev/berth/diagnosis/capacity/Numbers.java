package dev.berth.diagnosis.capacity;

import dev.berth.diagnosis.Recycling;
import dev.berth.diagnosis.forecast.LastMinute;
import dev.berth.diagnosis.forecast.Turnover;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.HostFacts;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.Settings;
import dev.berth.platform.Tunable;
import dev.berth.platform.WindowsSetting;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of a {@link Load}, each with where it came from.
 *
 * @param timeWaitWhy what makes the TIME_WAIT as long as it is; null where it was asked for
 * @param linux whether the ports are chosen as Linux does
 * @param busiest whose calls are the first to find no port, where a destination was asked about; null elsewhere
 * @param shared whether connections to different destinations, or from different sources, can have the same port; no Windows
 *     before 10 and Server 2016 is known to let them
 * @param takeOverSeconds how old a TIME_WAIT must be before a new connection may take it over; null where none may be
 */
public record Numbers(
        Sourced<Pool> pool,
        Sourced<Double> timeWaitSeconds,
        @Nullable String timeWaitWhy,
        Sourced<Double> holdSeconds,
        Sourced<Long> sources,
        @Nullable BusiestSource busiest,
        Sourced<Long> destinations,
        Sourced<Double> retries,
        boolean linux,
        boolean shared,
        @Nullable Double takeOverSeconds) {
    static final double LONGEST_OF_LINUX = LastMinute.LONGEST_SECONDS; // a longer one is another system's

    static final String CONSTANT = LastMinute.SECONDS + " of Linux and up to "
            + (LastMinute.LONGEST_SECONDS - LastMinute.SECONDS) + " until its timer comes round";

    /** Documented values go from 30 to 240. */
    static final double LONGEST_OF_WINDOWS = 240;

    private static final double SHORTEST_OF_WINDOWS = 30;
    private static final double LONGEST_TIMED_WAIT_DELAY = 300;

    private static final String TIMED_WAIT_DELAY = WindowsSetting.registry("TcpTimedWaitDelay");

    /** Those of a system as it comes. */
    public static Numbers of(Profile profile) {
        return profile.numbers();
    }

    /** Those of a Linux host that nobody tuned. */
    public static Numbers assumed() {
        return of(Sourced.assumed(Pool.OF_LINUX), Sourced.assumed(LONGEST_OF_LINUX), CONSTANT, true, 1.0);
    }

    /**
     * Those of a host.
     *
     * @param owned ports that sockets own, so that automatic choice passes over them
     */
    public static Numbers of(Settings settings, HostFacts facts, PortSet owned) {
        PortPolicy policy = settings.policy(Protocol.TCP);
        PortRange dynamic = policy.dynamic();
        boolean linux = facts.system().equals("linux");
        Sourced<Pool> pool = dynamic == null
                ? Sourced.assumed(linux ? Pool.OF_LINUX : Pool.OF_WINDOWS)
                : Sourced.host(Pool.of(
                        dynamic,
                        policy.reserved().plus(policy.excludedBySystem()).plus(owned)));
        if (!linux) {
            Double configured = timedWaitDelay(settings);
            return of(
                    pool,
                    Sourced.assumed(configured == null ? LONGEST_OF_WINDOWS : Math.max(configured, LONGEST_OF_WINDOWS)),
                    "30 to 240 s are documented for Windows, and no table shows it"
                            + (configured == null
                                    ? ""
                                    : "; no source shows that this version heeds the registry's TcpTimedWaitDelay of "
                                            + Amounts.seconds(configured) + ", so the longest counts"),
                    false,
                    null);
        }
        var recycling = Recycling.of(settings);
        double delay = recycling.delayMillis() / 1000.0;
        boolean takenOver = Integer.valueOf(1).equals(recycling.mode()) && Boolean.TRUE.equals(recycling.timestamps());
        return of(
                pool,
                Sourced.host(takenOver ? delay : LONGEST_OF_LINUX),
                why(recycling),
                true,
                Boolean.FALSE.equals(recycling.timestamps()) ? null : delay);
    }

    private static @Nullable Double timedWaitDelay(Settings settings) {
        Tunable tunable = settings.tunables().get(TIMED_WAIT_DELAY);
        Tunable.Assignment value = tunable == null ? null : tunable.persistent();
        if (value == null || !value.value().matches("[0-9]{2,3}")) {
            return null;
        }
        double seconds = Double.parseDouble(value.value());
        return seconds < SHORTEST_OF_WINDOWS || seconds > LONGEST_TIMED_WAIT_DELAY ? null : Double.valueOf(seconds);
    }

    static Numbers of(
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
                null,
                Sourced.assumed(1L),
                Sourced.assumed(0.0),
                linux,
                true,
                takeOverSeconds);
    }

    private static String why(Recycling recycling) {
        Integer mode = recycling.mode();
        if (mode == null || recycling.timestamps() == null) {
            return CONSTANT + "; whether connections may take one over could not be read";
        }
        if (!recycling.timestamps()) {
            return CONSTANT + "; without TCP timestamps no connection takes one over";
        }
        return switch (mode) {
            case 0 -> CONSTANT + "; tcp_tw_reuse is 0, so no connection takes one over";
            case 1 -> "tcp_tw_reuse is 1, so connections take one over after that";
            default -> CONSTANT + "; tcp_tw_reuse is " + mode + ", so connections take one over on loopback only";
        };
    }

    /**
     * Those towards one destination of this host, from the source whose ports are the first to run out.
     *
     * @param there what goes to that destination, from each source; at least one
     */
    public Numbers towards(List<Traffic> there) {
        BusiestSource first = BusiestSource.of(there);
        Traffic traffic = first.traffic();
        Double hold = traffic.holdSeconds();
        boolean sooner = traffic.timeWaitSeconds() < timeWaitSeconds.value();
        return new Numbers(
                pool,
                sooner ? Sourced.host(traffic.timeWaitSeconds()) : timeWaitSeconds,
                sooner
                        ? "tcp_tw_reuse is 2 and this is loopback, so connections take one over after that"
                        : timeWaitWhy,
                hold == null ? holdSeconds : new Sourced<>(hold, Origin.INFERRED),
                Sourced.host((long) there.size()),
                first,
                new Sourced<>(1L, Origin.ASKED),
                retries,
                linux,
                shared,
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
                busiest,
                destinations.unless(asked.destinations()),
                retries.unless(asked.retries()),
                linux && timeWait.value() <= LONGEST_OF_LINUX,
                shared,
                takeOverSeconds);
    }

    /** These, where all destinations and sources have one set of ports together. */
    Numbers unshared() {
        return new Numbers(
                pool,
                timeWaitSeconds,
                timeWaitWhy,
                holdSeconds,
                sources,
                busiest,
                destinations,
                retries,
                linux,
                false,
                takeOverSeconds);
    }

    /** How many ports are taken by connections that are open and taken to stay so. */
    public int kept() {
        if (busiest == null) {
            return 0;
        }
        Traffic traffic = busiest.traffic();
        return holdSeconds.origin() == Origin.ASKED
                ? Turnover.of(traffic.open(), traffic.closes(), holdSeconds.value())
                        .kept()
                : traffic.kept();
    }

    /**
     * The other reading, where connections are taken to stay open and some were closed: that all come and go, each open as long
     * as Little's law says. Null elsewhere.
     */
    public @Nullable Load ifNothingStays() {
        if (busiest == null || kept() == 0 || holdSeconds.origin() == Origin.ASKED) {
            return null;
        }
        Traffic traffic = busiest.traffic();
        return traffic.closes() == 0 ? null : load().withPool(pool.value()).withHold(traffic.open() / traffic.closes());
    }

    /**
     * What the ports carry if a closed connection keeps its port for as short, and as long, as documents say of Windows: calls a
     * second, the fewest first. Null where the length is known, or was asked for.
     */
    public @Nullable List<Double> callsPerSecondAsDocumented() {
        if (linux || EnumSet.of(Origin.ASKED, Origin.PROFILE).contains(timeWaitSeconds.origin())) {
            return null;
        }
        return Stream.of(timeWaitSeconds.value(), SHORTEST_OF_WINDOWS)
                .map(seconds -> load().withTimeWait(seconds).sustainableCallsPerSecond())
                .toList();
    }

    /** Where ports are not shared it is that of one source and one destination, however many there are. */
    public Load load() {
        return new Load(
                pool.value().less(kept()),
                timeWaitSeconds.value(),
                holdSeconds.value(),
                !shared ? 1 : splitIsAssumed() || busiest == null ? sources.value() : busiest.sources(),
                shared ? destinations.value() : 1,
                retries.value(),
                linux);
    }

    /** Whether the sources are taken to share the calls evenly, as nothing shows how they do. */
    public boolean splitIsAssumed() {
        return sources.origin() != Origin.HOST;
    }

    /**
     * Calls a second, however many destinations and sources there are, if no two connections share a port. Null where that
     * is known, or makes no difference to the answer.
     *
     * @param callsPerSecond what is wished for, or null
     */
    public @Nullable Double callsPerSecondUnlessShared(@Nullable Double callsPerSecond) {
        boolean several = sources.value() > 1 || destinations.value() > 1;
        boolean offered = callsPerSecond != null
                && !load().fits(callsPerSecond)
                && remedies(callsPerSecond).stream()
                        .anyMatch(offer -> offer.remedy().needsSharing());
        return linux || !shared || !(several || offered)
                ? null
                : Double.valueOf(unshared().load().sustainableCallsPerSecond());
    }

    /** What would carry so many calls a second: safest first, each by itself. */
    public List<Remedies.Offer> remedies(double callsPerSecond) {
        return Remedies.of(load(), callsPerSecond, takeOverSeconds).stream()
                .filter(offer -> shared || !offer.remedy().needsSharing())
                .toList();
    }
}
