package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.survey.CloseWait;
import dev.berth.diagnosis.survey.PortHolders;
import dev.berth.diagnosis.survey.Survey;
import dev.berth.platform.OpenFilesLimit;
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
 */
public record Further(
        PortHolders byNumber,
        List<Survey.Sighting> drawn,
        List<CloseWait> closeWaits,
        PortHolders udp,
        IntFunction<Optional<OpenFilesLimit>> openFilesLimit) {
    public Further {
        drawn = List.copyOf(drawn);
        closeWaits = List.copyOf(closeWaits);
    }

    /** Nobody asked. */
    public static Further nothing() {
        return new Further(new PortHolders(), List.of(), List.of(), new PortHolders(), _ -> Optional.empty());
    }
}
