package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.Processes;
import dev.berth.diagnosis.survey.Spaces;
import dev.berth.diagnosis.survey.Survey;
import dev.berth.diagnosis.survey.Tally;
import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.net.PortSet;
import dev.berth.platform.PortPolicy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns the tuple spaces of a survey into destinations with a capacity and owners. */
final class Destinations {
    private static final double SECONDS_OF_TIME_WAIT = 60; // TCP_TIMEWAIT_LEN, a constant of the kernel
    private static final Comparator<Destination> RISKIEST_FIRST = Comparator.comparingDouble(Destinations::risk)
            .thenComparingInt(Destination::inUse)
            .reversed()
            .thenComparing(Destination::source)
            .thenComparing(destination -> destination.destination().address())
            .thenComparingInt(destination -> destination.destination().port());

    private final Survey survey;
    private final Processes processes;
    private final @Nullable Integer capacity;
    private final @Nullable Integer preferredCapacity;

    private Destinations(Survey survey, PortPolicy policy, Processes processes) {
        this.survey = survey;
        this.processes = processes;
        var range = policy.dynamic();
        PortSet ports = policy.drawable().minus(survey.ownedPorts());
        this.capacity = range == null ? null : ports.size();
        this.preferredCapacity = range == null ? null : ports.sizeWithParityOf(range.first());
    }

    static List<Destination> of(Survey survey, PortPolicy policy, Processes processes) {
        return new Destinations(survey, policy, processes).all();
    }

    private List<Destination> all() {
        List<List<Destination.Share>> shares =
                Shares.of(survey.connections(), survey.spaces().size(), processes);
        var all = new ArrayList<Destination>(survey.spaces().size());
        for (int space = 0; space < survey.spaces().size(); space++) {
            all.add(destination(space, shares.get(space)));
        }
        all.sort(RISKIEST_FIRST);
        return all;
    }

    private Destination destination(int space, List<Destination.Share> shares) {
        Spaces spaces = survey.spaces();
        Tally tally = survey.tally();
        int timeWait = tally.timeWait(space);
        boolean timersShown = timeWait == 0 || tally.closes(space) > 0;
        return new Destination(
                new IpAddress(spaces.sourceHigh(space), spaces.sourceLow(space)),
                new Endpoint(
                        new IpAddress(spaces.destinationHigh(space), spaces.destinationLow(space)), spaces.port(space)),
                tally.inUse(space),
                timeWait,
                capacity,
                percent(tally.inUse(space), capacity),
                percent(tally.preferred(space), preferredCapacity),
                timersShown ? tally.closes(space) / SECONDS_OF_TIME_WAIT : null,
                shares);
    }

    /** 100 at most: a port that got an owner while it was being read would otherwise count twice. */
    private static @Nullable Double percent(int used, @Nullable Integer capacity) {
        return capacity == null ? null : used >= capacity ? 100.0 : 100.0 * used / capacity;
    }

    private static double risk(Destination destination) {
        Double used = destination.usedPercent();
        Double preferred = destination.preferredHalfUsedPercent();
        return used == null || preferred == null ? 0 : Math.max(used, preferred);
    }
}
