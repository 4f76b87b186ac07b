package dev.berth.diagnosis.doctor;

import dev.berth.net.TcpState;
import dev.berth.platform.Gap;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a {@link Checkup} found.
 *
 * @param findings worst first
 * @param destinations every tuple space in use, riskiest first
 * @param servers what this side closed as a server, busiest first
 * @param counts TCP sockets in each state, states without any included, states that the host does not show left out
 */
public record Report(
        List<Finding> findings,
        List<Destination> destinations,
        List<ServerSide> servers,
        Map<TcpState, Integer> counts,
        List<Gap> gaps) {
    public Report {
        findings = List.copyOf(findings);
        destinations = List.copyOf(destinations);
        servers = List.copyOf(servers);
        counts = Collections.unmodifiableMap(new EnumMap<>(counts)); // in the order of the states
        gaps = List.copyOf(gaps);
    }

    /** The same report of a host that does not show sockets in that state: their number is unknown, and not 0. */
    public Report without(TcpState unseen) {
        var known = new EnumMap<>(counts);
        known.remove(unseen);
        return new Report(findings, destinations, servers, known, gaps);
    }
}
