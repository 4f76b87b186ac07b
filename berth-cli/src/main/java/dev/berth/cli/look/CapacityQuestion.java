package dev.berth.cli.look;

import dev.berth.diagnosis.Recycling;
import dev.berth.diagnosis.capacity.Amounts;
import dev.berth.diagnosis.capacity.Load;
import dev.berth.diagnosis.capacity.Numbers;
import dev.berth.diagnosis.capacity.Profile;
import dev.berth.diagnosis.capacity.Traffic;
import dev.berth.diagnosis.capacity.WhatIf;
import dev.berth.net.Endpoint;
import dev.berth.platform.Gap;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the local ports carry: a host's, or others in their place. */
public record CapacityQuestion(WhatIf asked) {
    private static final int BUSIEST = 10;

    /** Reads the host, as {@code doctor} does and without asking who owns what. */
    public CapacityAnswer ask(HostNetwork host) throws HostReadException {
        Examination seen = Examination.of(List.of(host), false).getFirst();
        Numbers numbers = Numbers.of(seen.settings(), seen.facts(), seen.ownedPorts());
        var recycling = Recycling.of(seen.settings());
        Endpoint to = asked.to();
        List<Traffic> traffic = seen.report().destinations().stream()
                .filter(destination -> to == null || destination.destination().equals(to))
                .map(destination -> Traffic.of(destination, numbers, recycling))
                .sorted(Traffic.BUSIEST_FIRST)
                .toList();
        if (to != null && traffic.isEmpty()) {
            throw new HostReadException(
                    HostReadException.Kind.BAD_INPUT,
                    "nothing here is connected to " + to,
                    "no connection from a port that the system chose goes there, and none is in TIME_WAIT",
                    "berth doctor --all lists the destinations");
        }
        List<Traffic> busiest = traffic.subList(0, Math.min(BUSIEST, traffic.size()));
        return answer(to == null ? numbers : numbers.towards(traffic), busiest, seen.gaps());
    }

    /** Takes the numbers that were not asked for from a Linux that nobody tuned. */
    public CapacityAnswer assume(List<Gap> gaps) {
        return answer(Numbers.assumed(), null, gaps);
    }

    /** Takes them from a system as it comes. */
    public CapacityAnswer assume(Profile profile) {
        return answer(Numbers.of(profile), null, List.of());
    }

    private CapacityAnswer answer(Numbers found, @Nullable List<Traffic> busiest, List<Gap> gaps) {
        Numbers numbers = found.with(asked);
        var all = new ArrayList<>(gaps);
        if (numbers.kept() > 0 && asked.holdSeconds() == null) {
            all.add(new Gap("how long the connections to " + asked.to() + " stay open", whatIsTaken(numbers)));
        }
        List<Double> documented = numbers.callsPerSecondAsDocumented();
        if (documented != null) {
            all.add(new Gap(
                    "how long a closed connection keeps its port",
                    "no table of Windows shows it, and documents say 30 to 240 s: the ports carry "
                            + oneDecimal(documented.getFirst()) + " to " + oneDecimal(documented.getLast())
                            + " calls a second"));
        }
        Double unshared = numbers.callsPerSecondUnlessShared(asked.callsPerSecond());
        if (unshared != null) {
            all.add(new Gap(
                    "whether connections share ports",
                    "Windows 10, Server 2016 and later let connect() share one between destinations where the socket was not "
                            + "bound before, and no source shows that more source addresses add any; unless they are "
                            + "shared, the ports carry "
                            + oneDecimal(unshared)
                            + " calls a second to all destinations and from all sources together"));
        }
        return new CapacityAnswer(numbers, asked.callsPerSecond(), asked.to(), busiest, all);
    }

    private static String oneDecimal(double calls) {
        return Amounts.number(Math.floor(calls * 10) / 10);
    }

    private static String whatIsTaken(Numbers numbers) {
        Load other = numbers.ifNothingStays();
        String open = Amounts.count(numbers.kept()) + " are open and ";
        String taken = ": those are taken to stay, and a call to last no time";
        return other == null
                ? open + "none was seen to be closed in the last minute" + taken
                : open + "fewer were closed in the last minute" + taken
                        + "; if all come and go instead, each is open for "
                        + Amounts.seconds(other.holdSeconds()) + ", and "
                        + Amounts.number(other.sustainableCallsPerSecond()) + " calls a second use up every port";
    }
}
