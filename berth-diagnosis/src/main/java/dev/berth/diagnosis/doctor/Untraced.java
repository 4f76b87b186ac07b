package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.Recycling;
import dev.berth.diagnosis.survey.Survey;
import dev.berth.platform.Gap;
import dev.berth.platform.Settings;
import java.util.BitSet;
import java.util.List;

/** The connections that are in no table any more, as far as the kernel's counters tell. */
final class Untraced {
    private static final double TOLERANCE = 0.02; // counters and sockets are not read at the very same time
    private static final long A_FEW = 10;

    private Untraced() {}

    static void addGaps(Examined host, List<Gap> gaps) {
        Settings settings = host.settings();
        long recycled = settings.counter("TcpExt.TWRecycled").orElse(0);
        if (recycled > 0) {
            gaps.add(new Gap(
                    "some closes of the last minute",
                    "since boot %d TIME_WAIT entries were taken over by new connections%s"
                            .formatted(recycled, concerns(Recycling.of(settings)))));
        }
        addPromised(host, gaps);
        addChosen(host, gaps);
        long never = settings.counter("TcpExt.TCPTimeWaitOverflow").orElse(0);
        if (never > 0) {
            gaps.add(new Gap(
                    "some closes of the last minute",
                    "since boot %d TIME_WAIT entries were never made, as tcp_max_tw_buckets was reached: closes per second are a lower bound"
                            .formatted(never)));
        }
        if (host.earlier() != null) {
            addOpens(host.survey(), host.earlier().rise("Tcp.ActiveOpens", settings), host.earlier(), gaps);
        }
    }

    /** TIME_WAITs that are all there is left for a destination, and that only a peer with TCP timestamps lets be taken over. */
    private static void addPromised(Examined host, List<Gap> gaps) {
        int promised = 0;
        Destination first = null;
        for (Destination destination : host.destinations()) {
            Integer capacity = destination.capacity();
            if (capacity != null
                    && Exhaustion.exhausted(capacity - destination.inUse(), capacity)
                    && destination.use().recyclable() > 0
                    && !destination.destination().address().isLoopback()) { // whose peer is this host, with its setting
                first = first == null ? destination : first;
                promised++;
            }
        }
        if (first != null) {
            gaps.add(
                    new Gap(
                            "whether ports are left to %s%s"
                                    .formatted(
                                            first.destination(),
                                            promised == 1 ? "" : " and %d more destinations".formatted(promised - 1)),
                            "all are in use, and those in TIME_WAIT can be taken over only if the peer uses TCP timestamps, which no socket table shows"));
        }
    }

    /** A TIME_WAIT does not tell that its port was asked for by number, and so is closed to automatic choice. */
    private static void addChosen(Examined host, List<Gap> gaps) {
        int chosen = host.further()
                .byNumber()
                .ports()
                .intersect(host.tcp().drawable())
                .minus(host.listened())
                .size();
        if (chosen > 0) {
            gaps.add(new Gap(
                    "which ports in TIME_WAIT are closed to every destination",
                    "%d port%s of the dynamic range %s now bound by number without a listener; a TIME_WAIT of such a connection looks like any other, and closes its port for all: fewer ports may be left"
                            .formatted(chosen, chosen == 1 ? "" : "s", chosen == 1 ? "is" : "are")));
        }
    }

    private static String concerns(Recycling recycling) {
        Integer mode = recycling.mode();
        return switch (mode == null ? -1 : mode) {
            case 0 -> ", which now only clients can do that choose their ports themselves (tcp_tw_reuse is 0)";
            case 1 -> ": closes per second are a lower bound wherever that happened within the minute";
            case 2 ->
                ", which is allowed where one end is a loopback address: there closes per second are a lower bound";
            default -> ", and whether that goes on is not known: closes per second may be a lower bound";
        };
    }

    private static void addOpens(Survey survey, long truly, EarlierLook earlier, List<Gap> gaps) {
        long seen = 0;
        BitSet cameIn = survey.spacesOfFormerServers();
        int spaces = survey.spaces().size();
        for (int space = cameIn.nextClearBit(0); space < spaces; space = cameIn.nextClearBit(space + 1)) {
            seen += survey.tally().opened(space);
        }
        if (truly - seen > Math.max(A_FEW, TOLERANCE * truly)) {
            gaps.add(new Gap(
                    "some opens of the measured time",
                    "the kernel counted %d %s and %d are seen: the others were closed by their peers, refused, taken over, or use ports of their own choice"
                            .formatted(truly, earlier.within(), seen)));
        }
    }
}
