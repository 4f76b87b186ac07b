package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.Processes;
import dev.berth.diagnosis.survey.Survey;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import dev.berth.platform.Gap;
import dev.berth.platform.InodeSet;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.Owners;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.Settings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** Examines the ports of a host: everything that is wrong or will be. */
public final class Checkup {
    private static final List<Detector> DETECTORS = List.of(
            TupleSpaceExhausted::find,
            UdpPortsExhausted::find,
            SelfConnect::find,
            TupleSpacePastCliff::find,
            ConnectionChurn::find,
            FdLimitBelowPorts::find,
            ListenerInDynamicRange::find,
            CloseWaitLeak::find,
            BindBeforeConnect::find,
            ReservationNotPersistent::find,
            PersistentNotActive::find,
            BoundOnlyHolder::find,
            ServerClosesFirst::find,
            RangeEndsSameParity::find);

    private Checkup() {}

    /** Whether the times of sockets in CLOSE_WAIT are worth asking for. */
    public static boolean asksForTimes(Survey survey) {
        return survey.count(TcpState.CLOSE_WAIT) >= CloseWaitLeak.FEWEST;
    }

    /** Whether it matters which of the sockets that are only bound asked for their port by number. */
    public static boolean asksWhoDrew(Survey survey, Settings settings) {
        PortPolicy tcp = settings.policy(Protocol.TCP);
        return BindBeforeConnect.isSuspected(survey, tcp)
                && survey.boundOnly().stream()
                        .anyMatch(
                                socket -> tcp.drawable().contains(socket.local().port()));
    }

    /** Adds the sockets whose owners matter, beside those of the survey. */
    public static void addInodesTo(InodeSet inodes, Further further, Settings settings) {
        further.byNumber().addInodesTo(inodes);
        PortSet drawable = settings.policy(Protocol.UDP).drawable();
        if (UdpPortsExhausted.isCrowded(
                further.udp().ports().intersect(drawable).size(), drawable.size())) {
            further.udp().addInodesTo(inodes);
        }
    }

    /** Judges the TCP sockets alone. */
    public static Report of(
            Survey survey,
            Settings settings,
            Owners owners,
            IntFunction<Optional<ProcessInfo>> processes,
            NetworkNamespace netns) {
        return of(survey, Further.nothing(), settings, owners, processes, netns);
    }

    /**
     * Judges what was read.
     *
     * @param survey of every TCP socket
     * @param owners of {@link Survey#addInodesTo} and {@link #addInodesTo}
     * @param processes asked once for each process id
     */
    public static Report of(
            Survey survey,
            Further further,
            Settings settings,
            Owners owners,
            IntFunction<Optional<ProcessInfo>> processes,
            NetworkNamespace netns) {
        var named = new Processes(owners, processes);
        List<Destination> destinations = Destinations.of(survey, settings.policy(Protocol.TCP), named);
        List<BusyClient> busyClients = BusyClient.of(destinations, further.openFilesLimit());
        var examined = new Examined(survey, further, settings, named, netns, destinations, busyClients);
        var findings = new ArrayList<Finding>();
        DETECTORS.forEach(detector -> detector.find(examined, findings::add));
        findings.sort(Comparator.comparing(Finding::severity)); // stable: in each severity the detectors' order stands
        return new Report(findings, destinations, counts(survey), gaps(settings, owners, busyClients));
    }

    private static Map<TcpState, Integer> counts(Survey survey) {
        var counts = new EnumMap<TcpState, Integer>(TcpState.class);
        for (TcpState state : TcpState.values()) {
            counts.put(state, survey.count(state));
        }
        return counts;
    }

    private static List<Gap> gaps(Settings settings, Owners owners, List<BusyClient> busyClients) {
        var gaps = new ArrayList<>(settings.gaps());
        gaps.addAll(owners.gaps());
        gaps.addAll(BusyClient.gaps(busyClients));
        if (settings.policy(Protocol.TCP).dynamic() == null) {
            gaps.add(new Gap("capacity of destinations", "the dynamic port range could not be read"));
        }
        long unseen = settings.counter("TcpExt.TWRecycled").orElse(0)
                + settings.counter("TcpExt.TCPTimeWaitOverflow").orElse(0);
        if (unseen > 0) {
            gaps.add(new Gap(
                    "some closes of the last minute",
                    "since boot " + unseen + " TIME_WAIT entries were recycled or never made, so closes per second are "
                            + "a lower bound"));
        }
        return gaps;
    }
}
