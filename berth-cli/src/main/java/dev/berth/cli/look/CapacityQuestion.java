package dev.berth.cli.look;

import dev.berth.diagnosis.Recycling;
import dev.berth.diagnosis.capacity.Numbers;
import dev.berth.diagnosis.capacity.Traffic;
import dev.berth.diagnosis.capacity.WhatIf;
import dev.berth.net.Endpoint;
import dev.berth.platform.Gap;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
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
    public CapacityAnswer assume(List<Gap> gaps) throws HostReadException {
        return answer(Numbers.assumed(), null, gaps);
    }

    private CapacityAnswer answer(Numbers found, @Nullable List<Traffic> busiest, List<Gap> gaps)
            throws HostReadException {
        Numbers numbers = found.with(asked);
        if (numbers.load().secondsEach() == 0) {
            throw new HostReadException(
                    HostReadException.Kind.BAD_INPUT,
                    "no rate uses up ports that are taken for no time",
                    "neither is there a TIME_WAIT, nor does a connection last",
                    "say how long a call lasts: --hold 0.2");
        }
        return new CapacityAnswer(numbers, asked.callsPerSecond(), asked.to(), busiest, gaps);
    }
}
