package dev.berth.platform;

import java.time.Instant;
import java.util.List;

/**
 * What the log of a system says about ports that ran out.
 *
 * @param events newest first; none proves nothing
 * @param gaps what could not be read
 */
public record PortEvents(List<Event> events, List<Gap> gaps) {
    public PortEvents {
        events = List.copyOf(events);
        gaps = List.copyOf(gaps);
    }

    /**
     * One record. Records name no process.
     *
     * @param source who wrote it, such as {@code Tcpip}
     * @param id by which its source numbers it, such as 4231
     */
    public record Event(String source, int id, Instant at) {}
}
