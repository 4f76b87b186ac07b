package dev.berth.cli.look;

import dev.berth.diagnosis.Recycling;
import dev.berth.diagnosis.doctor.Checkup;
import dev.berth.diagnosis.doctor.EarlierLook;
import dev.berth.diagnosis.doctor.Further;
import dev.berth.diagnosis.doctor.Report;
import dev.berth.diagnosis.survey.CloseWait;
import dev.berth.diagnosis.survey.FirstLook;
import dev.berth.diagnosis.survey.PortHolders;
import dev.berth.diagnosis.survey.Survey;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import dev.berth.platform.Gap;
import dev.berth.platform.HostFacts;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.InodeSet;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.OwnerQuery;
import dev.berth.platform.Owners;
import dev.berth.platform.PortEvents;
import dev.berth.platform.Settings;
import dev.berth.platform.Snapshot;
import dev.berth.platform.SocketCursor;
import dev.berth.platform.SocketDump;
import dev.berth.platform.SocketQuery;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code doctor} found in one network namespace.
 *
 * @param ownedPorts TCP ports with a listening, bound or explicit owner on any address
 */
public record Examination(
        HostFacts facts,
        NetworkNamespace namespace,
        Settings settings,
        PortSet ownedPorts,
        Report report,
        List<Gap> gaps) {
    private static final SocketQuery TCP = SocketQuery.all(Protocol.TCP);

    /**
     * Read beside what has to be known before the others: Linux takes as long over either, with many connections. A socket that is connected
     * between the two looks may be counted twice, as it may within one.
     */
    private static final SocketQuery BOUND_ONLY = TCP.with(EnumSet.of(TcpState.BOUND));

    private static final SocketQuery ALL_BUT_BOUND_ONLY = TCP.with(EnumSet.complementOf(EnumSet.of(TcpState.BOUND)));

    /** With those that have been connected since they were seen to be bound only. */
    private static final SocketQuery BOUND_BY_NUMBER = TCP.with(SocketQuery.PortOrigin.EXPLICIT)
            .with(EnumSet.complementOf(EnumSet.of(TcpState.LISTEN, TcpState.TIME_WAIT)));

    private static final SocketQuery CLOSE_WAITS =
            TCP.with(EnumSet.of(TcpState.CLOSE_WAIT)).withTimes();

    /** The same with more that was not seen. */
    public Examination without(List<Gap> unseen) {
        var more = new ArrayList<>(gaps);
        more.addAll(unseen);
        return new Examination(facts, namespace, settings, ownedPorts, report, more);
    }

    /** A namespace whose sockets have been counted and whose owners have not. */
    private record Counted(
            HostNetwork host,
            Settings settings,
            Survey survey,
            Further further,
            List<Gap> gaps,
            @Nullable EarlierLook earlier) {}

    /**
     * Examines each namespace; the owners of all in one walk.
     *
     * @param withOwners whether to look for the processes
     */
    public static List<Examination> of(List<? extends HostNetwork> hosts, boolean withOwners) throws HostReadException {
        return of(hosts, withOwners, List.of());
    }

    /**
     * As the second of two looks, or as the only one.
     *
     * @param earlier what {@link Earlier#of} saw of the same namespaces; empty for one look
     */
    public static List<Examination> of(List<? extends HostNetwork> hosts, boolean withOwners, List<Earlier> earlier)
            throws HostReadException {
        var counted = new ArrayList<Counted>();
        for (int i = 0; i < hosts.size(); i++) {
            counted.add(count(hosts.get(i), earlier.isEmpty() ? null : earlier.get(i)));
        }
        Owners owners = withOwners ? owners(hosts.getFirst(), counted) : Owners.notLooked();
        var processes = Processes.of(hosts.getFirst());
        var examinations = new ArrayList<Examination>();
        for (Counted one : counted) {
            NetworkNamespace namespace = one.host.namespace();
            Report report = Checkup.of(one.survey, one.settings, owners, processes, one.earlier, one.further);
            var gaps = new ArrayList<Gap>(one.gaps);
            Parts.addNew(gaps, one.settings.gaps());
            Parts.addNew(gaps, owners.gaps());
            Parts.addNew(gaps, report.gaps());
            Report told = one.host.shows(TcpState.BOUND) ? report : report.without(TcpState.BOUND);
            examinations.add(
                    new Examination(one.host.facts(), namespace, one.settings, one.survey.ownedPorts(), told, gaps));
        }
        return examinations;
    }

    private static Owners owners(HostNetwork any, List<Counted> counted) throws HostReadException {
        var inodes = new InodeSet();
        for (Counted one : counted) {
            one.survey.addInodesTo(inodes);
            Checkup.addInodesTo(inodes, one.further, one.settings);
        }
        return inodes.isEmpty() ? Owners.notLooked() : any.owners(OwnerQuery.everyHolder(inodes));
    }

    private static Counted count(HostNetwork host, @Nullable Earlier earlier) throws HostReadException {
        var udpGaps = new ArrayList<Gap>();
        Aside<Snapshot> boundOnly = host.shows(TcpState.BOUND) ? Aside.start(() -> host.snapshot(BOUND_ONLY)) : null;
        Aside<PortHolders> udpAside = Aside.start(() -> udp(host, udpGaps));
        Aside<PortEvents> log = host.namespace().isOnly() ? Aside.start(host::events) : null; // Windows has such a log
        var gaps = new ArrayList<Gap>();
        Ground ground = Ground.of(host, gaps);
        int delay = Recycling.of(ground.settings()).delayMillis();
        FirstLook before = earlier == null ? null : earlier.connections();
        Survey survey = Parts.read(
                host,
                ALL_BUT_BOUND_ONLY,
                gaps,
                part -> {
                    var read = new Survey(ground.policy(), ground.listeners(), delay, before);
                    read.explicitPorts(ground.explicit());
                    read.read(part);
                    return read;
                },
                (all, other) -> {
                    all.merge(other);
                    return all;
                });
        if (boundOnly != null) {
            survey.read(boundOnly.join().sockets().cursor());
            Parts.addNew(gaps, boundOnly.join().gaps());
        }
        var further = new Further(
                ground.byNumber(),
                drawn(host, survey, ground.settings(), gaps),
                closeWaits(host, survey),
                udpAside.join(),
                host::openFilesLimit);
        Parts.addNew(gaps, udpGaps);
        if (log != null) {
            further = further.with(
                    host.configuredServices(), log.join(), host.facts().readAt());
        }
        return new Counted(host, ground.settings(), survey, further, gaps, earlier == null ? null : earlier.counters());
    }

    /** What sock_diag refuses is in procfs whole, so only a table that cannot be read at all is a gap. */
    private static PortHolders udp(HostNetwork host, List<Gap> gaps) {
        try {
            return Ground.holders(host, SocketQuery.all(Protocol.UDP), new ArrayList<>());
        } catch (HostReadException e) {
            gaps.add(new Gap("UDP ports in use", e.why()));
            return new PortHolders();
        }
    }

    /** Of the sockets that are bound only, those that did not ask for their port by number. */
    private static List<Survey.Sighting> drawn(HostNetwork host, Survey survey, Settings settings, List<Gap> gaps)
            throws HostReadException {
        if (!Checkup.asksWhoDrew(survey, settings)) {
            return List.of();
        }
        var asked = new InodeSet();
        Ground.holders(host, BOUND_BY_NUMBER, gaps).addInodesTo(asked);
        PortSet drawable = settings.policy(Protocol.TCP).drawable();
        return survey.boundOnly().stream()
                .filter(socket -> drawable.contains(socket.local().port()) && !asked.contains(socket.inode()))
                .toList();
    }

    /** A second look, for the first one leaves the times out: they make each row several times as large. */
    private static List<CloseWait> closeWaits(HostNetwork host, Survey survey) throws HostReadException {
        var all = new ArrayList<CloseWait>();
        if (Checkup.asksForCloseWaits(survey)) {
            try (SocketDump dump = host.sockets(CLOSE_WAITS, 1)) {
                for (SocketCursor part : dump.parts()) {
                    all.addAll(CloseWait.read(part));
                }
            }
        }
        return all;
    }
}
