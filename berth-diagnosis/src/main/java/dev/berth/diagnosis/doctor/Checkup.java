package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.Processes;
import dev.berth.diagnosis.survey.Survey;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import dev.berth.platform.Gap;
import dev.berth.platform.InodeSet;
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
import org.jspecify.annotations.Nullable;

/** Examines the ports of a host: everything that is wrong or will be. */
public final class Checkup {
    private static final List<Detector> ON_LINUX = List.of(
            TupleSpaceExhausted::find,
            UdpPortsExhausted::find,
            SelfConnect::find,
            ExhaustionForecast::find,
            SnatPortsExhausted::find,
            ConntrackNearlyFull::find,
            TupleSpacePastCliff::find,
            ConnectionChurn::find,
            FdLimitBelowPorts::find,
            TimeWaitOverflow::find,
            RangeTooSmall::find,
            ListenerInDynamicRange::find,
            NodeportOverlap::find,
            RangeBelowUnprivileged::find,
            CloseWaitLeak::find,
            ClosedBeforeAccept::find,
            BindBeforeConnect::find,
            ReservationNotPersistent::find,
            PersistentNotActive::find,
            BoundOnlyHolder::find,
            RangeEndsSameParity::find,
            LegacySetting::find,
            ServerClosesFirst::find);

    /** The others are about what Linux alone has, or need the timers that no table of Windows shows. */
    private static final List<Detector> ON_WINDOWS = List.of(
            TupleSpaceExhausted::find,
            UdpPortsExhausted::find,
            SelfConnect::find,
            PortsRanOut::find,
            ExcludedRangeCoversService::find,
            DynamicRangeLow::find,
            RangeTooSmall::find,
            ListenerInDynamicRange::find,
            CloseWaitLeak::find,
            BoundOnlyHolder::find,
            LegacySetting::find);

    private Checkup() {}

    /** Whether the sockets in CLOSE_WAIT are worth a look of their own. */
    public static boolean asksForCloseWaits(Survey survey) {
        return survey.count(TcpState.CLOSE_WAIT) >= Abandoned.FEWEST;
    }

    /** Whether it matters which of the sockets that are only bound asked for their port by number. */
    public static boolean asksWhoDrew(Survey survey, Settings settings) {
        PortPolicy tcp = settings.policy(Protocol.TCP);
        return !settings.ofWindows()
                && BindBeforeConnect.isSuspected(survey, tcp)
                && survey.boundOnly().stream()
                        .anyMatch(
                                socket -> tcp.drawable().contains(socket.local().port()));
    }

    /** Adds the sockets whose owners matter, beside those of the survey. */
    public static void addInodesTo(InodeSet inodes, Further further, Settings settings) {
        further.byNumber().addInodesTo(inodes);
        further.closeWaits().forEach(connection -> inodes.add(connection.inode()));
        PortSet drawable = settings.policy(Protocol.UDP).drawable();
        if (UdpPortsExhausted.isCrowded(
                further.udp().ports().intersect(drawable).size(), drawable.size())) {
            further.udp().addInodesTo(inodes);
        }
    }

    /**
     * Judges what was read.
     *
     * @param survey of every TCP socket
     * @param owners of {@link Survey#addInodesTo} and {@link #addInodesTo}
     * @param processes asked once for each process id
     * @param earlier what a look shortly before showed; null where there was none
     */
    public static Report of(
            Survey survey,
            Settings settings,
            Owners owners,
            IntFunction<Optional<ProcessInfo>> processes,
            @Nullable EarlierLook earlier,
            Further further) {
        var named = new Processes(owners, processes);
        List<Destination> destinations = Destinations.of(survey, settings, named, earlier);
        var examined = new Examined(
                survey,
                settings,
                named,
                destinations,
                earlier,
                further,
                BusyClient.of(destinations, further.openFilesLimit()));
        var findings = new ArrayList<Finding>();
        (settings.ofWindows() ? ON_WINDOWS : ON_LINUX).forEach(detector -> detector.find(examined, findings::add));
        findings.sort(Comparator.comparing(Finding::severity)); // stable: in each severity the detectors' order stands
        return new Report(findings, destinations, ServerSide.of(survey), counts(survey), gaps(examined, owners));
    }

    private static Map<TcpState, Integer> counts(Survey survey) {
        var counts = new EnumMap<TcpState, Integer>(TcpState.class);
        for (TcpState state : TcpState.values()) {
            counts.put(state, survey.count(state));
        }
        return counts;
    }

    private static List<Gap> ofWindows(Examined examined) {
        if (examined.destinations().isEmpty()) {
            return List.of();
        }
        return List.of(
                new Gap(
                        "how fast connections are closed, and when ports run out",
                        "no table of Windows says when a TIME_WAIT began: two looks tell how many connections are opened, "
                                + "--measure SECONDS"),
                new Gap(
                        "whether connections share ports",
                        "capacity and what is left are the least there can be, one connection for each port; Windows 10, Server "
                                + "2016 and later let connect() share ports between destinations where the socket was not "
                                + "bound before (SO_REUSE_UNICASTPORT), and no table shows which did"));
    }

    private static List<Gap> gaps(Examined examined, Owners owners) {
        Settings settings = examined.settings();
        var gaps = new ArrayList<>(settings.gaps());
        gaps.addAll(owners.gaps());
        if (settings.ofWindows()) {
            gaps.addAll(examined.further().events().gaps());
            gaps.addAll(ofWindows(examined));
        } else {
            gaps.addAll(NodeportOverlap.gaps(examined));
            gaps.addAll(BusyClient.gaps(examined.busyClients()));
        }
        if (settings.policy(Protocol.TCP).dynamic() == null) {
            gaps.add(new Gap("capacity of destinations", "the dynamic port range could not be read"));
        }
        Untraced.addGaps(examined, gaps);
        return gaps;
    }
}
