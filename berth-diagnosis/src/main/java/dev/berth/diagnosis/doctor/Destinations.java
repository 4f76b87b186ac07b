package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.Processes;
import dev.berth.diagnosis.Recycling;
import dev.berth.diagnosis.forecast.Forecast;
import dev.berth.diagnosis.forecast.LastMinute;
import dev.berth.diagnosis.forecast.Load;
import dev.berth.diagnosis.forecast.Rate;
import dev.berth.diagnosis.forecast.Span;
import dev.berth.diagnosis.survey.FirstLook;
import dev.berth.diagnosis.survey.Spaces;
import dev.berth.diagnosis.survey.Survey;
import dev.berth.diagnosis.survey.Tally;
import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.Settings;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns the tuple spaces of a survey into destinations with a capacity, a forecast and owners. */
final class Destinations {
    private static final Comparator<Destination> RISKIEST_FIRST = Comparator.comparingDouble(Destinations::urgency)
            .thenComparing(Comparator.comparingDouble(Destinations::fill)
                    .thenComparingInt(Destination::inUse)
                    .reversed())
            .thenComparing(Destination::source)
            .thenComparing(destination -> destination.destination().address())
            .thenComparingInt(destination -> destination.destination().port());

    private final Survey survey;
    private final Processes processes;
    private final Recycling recycling;
    private final TakeOver takeOver;
    private final boolean onWindows;
    private final @Nullable PortSet ports;
    private final int preferredCapacity;
    private final int connected;

    private Destinations(Survey survey, Settings settings, Processes processes, @Nullable EarlierLook earlier) {
        this.survey = survey;
        this.processes = processes;
        this.recycling = Recycling.of(settings);
        this.takeOver = new TakeOver(survey, settings, earlier);
        PortPolicy policy = settings.policy(Protocol.TCP);
        var range = policy.dynamic();
        this.onWindows = settings.ofWindows();
        this.ports = range == null ? null : policy.drawable().minus(survey.ownedPorts());
        this.preferredCapacity = range == null || ports == null ? 0 : ports.sizeWithParityOf(range.first());
        this.connected =
                ports == null ? 0 : ports.intersect(survey.connectedPorts()).size();
    }

    static List<Destination> of(Survey survey, Settings settings, Processes processes, @Nullable EarlierLook earlier) {
        return new Destinations(survey, settings, processes, earlier).all();
    }

    private List<Destination> all() {
        List<List<Destination.Share>> shares =
                Shares.of(survey.connections(), survey.spaces().size(), processes);
        var all = new ArrayList<Destination>(survey.spaces().size());
        BitSet none = survey.spacesOfFormerServers();
        for (int space = none.nextClearBit(0); space < survey.spaces().size(); space = none.nextClearBit(space + 1)) {
            all.add(destination(space, shares.get(space)));
        }
        all.sort(RISKIEST_FIRST);
        return all;
    }

    /**
     * How many connections there can be. Linux gives every destination every port. Windows may give a port to one connection
     * only, whatever its destination: there this is the least there can be, without what goes elsewhere.
     */
    private @Nullable Integer capacity(int space) {
        if (ports == null) {
            return null;
        }
        int elsewhere = onWindows ? connected - survey.tally().inUse(space) : 0;
        return ports.size() - Math.max(0, elsewhere);
    }

    private Destination destination(int space, List<Destination.Share> shares) {
        Spaces spaces = survey.spaces();
        var source = new IpAddress(spaces.sourceHigh(space), spaces.sourceLow(space));
        var destination = new Endpoint(
                new IpAddress(spaces.destinationHigh(space), spaces.destinationLow(space)), spaces.port(space));
        Integer capacity = capacity(space);
        boolean allowed = recycling.allowed(source, destination.address());
        boolean takesOver = allowed && (capacity == null || !takeOver.isInVain(space, capacity));
        Use use = use(space, allowed, takesOver, capacity);
        Rate closes = closes(space, takesOver);
        Measured measured = measured(space);
        if (measured != null && takesOver) {
            measured = measured.takenOver(closes);
        }
        Forecast forecast = null;
        if (capacity != null && closes != null) {
            forecast = forecast(space, use, closes, measured, takesOver, capacity);
        }
        if (measured != null && onWindows) {
            measured = measured.takenOver(null); // what was closed in between left a TIME_WAIT that no timer dates
        }
        return new Destination(
                source,
                destination,
                use,
                closes,
                survey.closes().lastMinute(space).isSpread(),
                measured,
                forecast,
                takesOver,
                shares);
    }

    private Use use(int space, boolean allowed, boolean takesOver, @Nullable Integer capacity) {
        Tally tally = survey.tally();
        int preferred = tally.preferred(space) - (takesOver ? tally.agedPreferred(space) : 0);
        return new Use(
                tally.inUse(space),
                tally.timeWait(space),
                takesOver ? tally.aged(space) : 0,
                allowed && !takesOver ? tally.aged(space) : 0,
                capacity,
                capacity == null || onWindows ? null : Use.percent(preferred, preferredCapacity));
    }

    private @Nullable Measured measured(int space) {
        FirstLook before = survey.before();
        Tally tally = survey.tally();
        return before == null
                ? null
                : Measured.of(
                        tally.opened(space),
                        before.living().count(survey.spaces(), space),
                        tally.inUse(space) - tally.timeWait(space),
                        before.secondsAgo());
    }

    private @Nullable Rate closes(int space, boolean takesOver) {
        Tally tally = survey.tally();
        if (onWindows || tally.timeWait(space) > 0 && tally.timed(space) == 0) {
            return null;
        }
        return survey.closes().lastMinute(space).rate(takesOver ? recycling.delayMillis() / 1000 : LastMinute.SECONDS);
    }

    private Forecast forecast(
            int space, Use use, Rate closes, @Nullable Measured measured, boolean takesOver, int ports) {
        var load = new Load(
                use.inUse(),
                use.timeWait(),
                survey.closes().lastMinute(space),
                closes,
                measured == null ? Load.Growth.NONE : measured.growth(),
                takesOver ? recycling.delayMillis() / 1000.0 : LastMinute.SECONDS);
        return Forecast.of(load, ports, preferredCapacity, survey.tally().preferred(space));
    }

    /** Seconds until it is full, at the rate as it was counted. */
    private static double urgency(Destination destination) {
        Span when = destination.exhaustion();
        return when == null || when.expected() == null ? Double.POSITIVE_INFINITY : when.expected();
    }

    private static double fill(Destination destination) {
        Double used = destination.usedPercent();
        Double preferred = destination.preferredHalfUsedPercent();
        return used == null ? 0 : preferred == null ? used : Math.max(used, preferred);
    }
}
