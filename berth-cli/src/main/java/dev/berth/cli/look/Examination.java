package dev.berth.cli.look;

import dev.berth.diagnosis.Checkup;
import dev.berth.diagnosis.Report;
import dev.berth.diagnosis.Survey;
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
import dev.berth.platform.PortPolicy;
import dev.berth.platform.Settings;
import dev.berth.platform.SocketCursor;
import dev.berth.platform.SocketDump;
import dev.berth.platform.SocketQuery;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;

/** What {@code doctor} found in one network namespace. */
public record Examination(
        HostFacts facts, NetworkNamespace namespace, Settings settings, Report report, List<Gap> gaps) {
    private static final SocketQuery TCP = SocketQuery.all(Protocol.TCP);

    /** A namespace whose sockets have been counted and whose owners have not. */
    private record Counted(HostNetwork host, Settings settings, Survey survey, List<Gap> gaps) {}

    /**
     * Examines each namespace; the owners of all in one walk.
     *
     * @param withOwners whether to look for the processes
     */
    public static List<Examination> of(List<? extends HostNetwork> hosts, boolean withOwners) throws HostReadException {
        var counted = new ArrayList<Counted>();
        var inodes = new InodeSet();
        for (HostNetwork host : hosts) {
            Counted one = count(host);
            counted.add(one);
            for (long inode : one.survey.inodes().toArray()) {
                inodes.add(inode);
            }
        }
        Owners owners = withOwners && !inodes.isEmpty()
                ? hosts.getFirst().owners(OwnerQuery.everyHolder(inodes))
                : Owners.notLooked();
        var processes = Processes.of(hosts.getFirst());
        var examinations = new ArrayList<Examination>();
        for (Counted one : counted) {
            NetworkNamespace namespace = one.host.namespace();
            Report report = Checkup.of(one.survey, one.settings, owners, processes, namespace);
            var gaps = new ArrayList<Gap>(one.gaps);
            addNew(gaps, one.settings.gaps());
            addNew(gaps, owners.gaps());
            addNew(gaps, report.gaps());
            examinations.add(new Examination(one.host.facts(), namespace, one.settings, report, gaps));
        }
        return examinations;
    }

    /** The listeners come first, for only who knows them can tell an accepted connection from an outgoing one. */
    private static Counted count(HostNetwork host) throws HostReadException {
        Settings settings = host.settings();
        PortPolicy policy = settings.policy(Protocol.TCP);
        var gaps = new ArrayList<Gap>();
        PortSet listeners = ports(host, TCP.with(EnumSet.of(TcpState.LISTEN)), gaps);
        Survey survey;
        try (SocketDump dump = host.sockets(TCP, 2)) {
            addNew(gaps, dump.gaps());
            List<? extends SocketCursor> parts = dump.parts();
            var others = new ArrayList<Aside<Survey>>();
            for (SocketCursor part : parts.subList(1, parts.size())) {
                others.add(Aside.start(() -> {
                    var other = new Survey(policy, listeners);
                    other.read(part);
                    return other;
                }));
            }
            survey = new Survey(policy, listeners);
            survey.read(parts.getFirst());
            for (Aside<Survey> other : others) {
                survey.merge(other.join());
            }
        }
        survey.explicitPorts(ports(host, TCP.with(SocketQuery.PortOrigin.EXPLICIT), gaps));
        return new Counted(host, settings, survey, gaps);
    }

    private static PortSet ports(HostNetwork host, SocketQuery query, List<Gap> gaps) throws HostReadException {
        var ports = new BitSet();
        try (SocketDump dump = host.sockets(query, 1)) {
            addNew(gaps, dump.gaps());
            for (SocketCursor part : dump.parts()) {
                while (part.next()) {
                    ports.set(part.localPort());
                }
            }
        }
        return PortSet.of(ports);
    }

    private static void addNew(List<Gap> gaps, List<Gap> more) {
        for (Gap gap : more) {
            if (!gaps.contains(gap)) {
                gaps.add(gap);
            }
        }
    }
}
