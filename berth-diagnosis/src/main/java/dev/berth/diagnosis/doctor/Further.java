package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.survey.CloseWait;
import dev.berth.diagnosis.survey.PortHolders;
import dev.berth.diagnosis.survey.Survey;
import dev.berth.platform.ConfiguredServices;
import dev.berth.platform.OpenFilesLimit;
import dev.berth.platform.PortEvents;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * What a {@link Checkup} is told beside what a pass over the TCP sockets leaves behind.
 *
 * @param byNumber connections whose local port was asked for by number
 * @param drawn sockets that are bound and nothing else, to a port of the dynamic range that the system chose
 * @param closeWaits every TCP socket in CLOSE_WAIT; empty where there are few
 * @param udp every UDP socket
 * @param openFilesLimit how many descriptors a process may have open
 * @param configured the services that the host is configured to run; of Linux nobody asks here
 * @param events what the log says about ports that ran out
 * @param readAt when
 */
public record Further(
        PortHolders byNumber,
        List<Survey.Sighting> drawn,
        List<CloseWait> closeWaits,
        PortHolders udp,
        IntFunction<Optional<OpenFilesLimit>> openFilesLimit,
        ConfiguredServices configured,
        PortEvents events,
        Instant readAt) {
    /** Of a host that has no such log, and was not asked for services. */
    public Further(
            PortHolders byNumber,
            List<Survey.Sighting> drawn,
            List<CloseWait> closeWaits,
            PortHolders udp,
            IntFunction<Optional<OpenFilesLimit>> openFilesLimit) {
        this(byNumber, drawn, closeWaits, udp, openFilesLimit, NO_SERVICES, NO_EVENTS, Instant.EPOCH);
    }

    private static final ConfiguredServices NO_SERVICES = new ConfiguredServices(List.of(), List.of());
    private static final PortEvents NO_EVENTS = new PortEvents(List.of(), List.of());

    public Further {
        drawn = List.copyOf(drawn);
        closeWaits = List.copyOf(closeWaits);
    }

    /** The same, with what Windows has besides. */
    public Further with(ConfiguredServices services, PortEvents logged, Instant at) {
        return new Further(byNumber, drawn, closeWaits, udp, openFilesLimit, services, logged, at);
    }

    /** Nobody asked. */
    public static Further nothing() {
        return new Further(new PortHolders(), List.of(), List.of(), new PortHolders(), _ -> Optional.empty());
    }
}
