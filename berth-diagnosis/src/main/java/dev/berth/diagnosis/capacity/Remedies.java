package dev.berth.diagnosis.capacity;

import dev.berth.net.PortRange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What would carry a wished rate, safest first.
 *
 * <p>Never among it: {@code tcp_fin_timeout}, which does not shorten a TIME_WAIT; {@code tcp_tw_recycle}, which Linux no
 * longer has; a lower {@code tcp_max_tw_buckets}, which gives up what a TIME_WAIT protects from.
 */
public final class Remedies {
    /** Well above the system ports, and with ends of different parity, so that both halves are as large. */
    private static final PortRange WIDE = new PortRange(10_240, PortRange.ALL.last());

    /** From the first port that a program without privilege may bind. */
    private static final PortRange WIDEST = new PortRange(1_024, PortRange.ALL.last());

    private static final PortRange WIDEST_OF_WINDOWS = new PortRange(1_025, PortRange.ALL.last());
    private static final int WORTH_OPENING = 2; // times the ports that there are: reservations are there for a reason
    private static final double SHORTEST_TIMED_WAIT_DELAY = 30; // MS-NBT: 30 to 300

    private Remedies() {}

    /**
     * One remedy and what it comes to by itself.
     *
     * @param sustainableCallsPerSecond infinite where that is up to how long a call lasts
     * @param reaches whether it alone carries the wished rate; null where that is up to how long a call lasts
     * @param ifCallsLastLessThan the seconds up to which it then does; null elsewhere
     */
    public record Offer(
            Remedy remedy,
            double sustainableCallsPerSecond,
            @Nullable Boolean reaches,
            @Nullable Double ifCallsLastLessThan) {
        private static Offer of(Remedy remedy, Load load, double callsPerSecond) {
            Load after = remedy.appliedTo(load);
            double sustainable = after.sustainableCallsPerSecond();
            return Double.isInfinite(sustainable)
                    ? new Offer(remedy, sustainable, null, after.longestHold(callsPerSecond))
                    : new Offer(remedy, sustainable, after.fits(callsPerSecond), null);
        }
    }

    /**
     * @param callsPerSecond what is wished for
     * @param takeOverSeconds how old a TIME_WAIT must be before a new connection may take it over; null where none may be
     */
    static List<Offer> of(Load load, double callsPerSecond, @Nullable Double takeOverSeconds) {
        var remedies = new ArrayList<Remedy>();
        if (load.pool().size() > 0) {
            remedies.add(new Remedy.ReuseConnections(load.neededConnections(callsPerSecond)));
            if (load.timeWaitSeconds() > 0) {
                remedies.add(new Remedy.ServerClosesFirst());
            }
            remedies.add(new Remedy.MoreDestinations(load.neededDestinations(callsPerSecond)));
            remedies.add(new Remedy.MoreSources(load.neededSources(callsPerSecond)));
        }
        int most = load.pool().size();
        Pool opened = load.pool().opened();
        if (opened != null && opened.size() > most * WORTH_OPENING) {
            remedies.add(new Remedy.FewerClosed(opened));
        }
        for (PortRange wide : List.of(WIDE, load.linux() ? WIDEST : WIDEST_OF_WINDOWS)) {
            Pool pool = load.pool().widenedTo(wide);
            if (pool.range() != null && pool.size() > most) {
                remedies.add(new Remedy.WiderRange(pool.range(), pool));
                most = pool.size();
            }
        }
        if (load.pool().size() == 0) {
            return offers(remedies, load, callsPerSecond);
        }
        if (load.linux() && takeOverSeconds != null && takeOverSeconds < load.timeWaitSeconds()) {
            remedies.add(new Remedy.TakeOverTimeWait(takeOverSeconds));
        }
        if (!load.linux() && load.timeWaitSeconds() > SHORTEST_TIMED_WAIT_DELAY) {
            remedies.add(new Remedy.ShorterTimeWait(SHORTEST_TIMED_WAIT_DELAY));
        }
        return offers(remedies, load, callsPerSecond);
    }

    private static List<Offer> offers(List<Remedy> remedies, Load load, double callsPerSecond) {
        return remedies.stream()
                .map(remedy -> Offer.of(remedy, load, callsPerSecond))
                .toList();
    }
}
