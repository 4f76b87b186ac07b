package dev.berth.cli.look;

import dev.berth.diagnosis.Holder;
import dev.berth.diagnosis.connect.ConnectDiagnosis;
import dev.berth.diagnosis.connect.ConnectExplanation;
import dev.berth.diagnosis.connect.ConnectFacts;
import dev.berth.diagnosis.connect.ConnectFacts.SourceFrom;
import dev.berth.diagnosis.connect.ConnectSurvey;
import dev.berth.diagnosis.connect.LocalPort;
import dev.berth.diagnosis.connect.LocalPortDiagnosis;
import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import dev.berth.platform.Gap;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.InodeSet;
import dev.berth.platform.OwnerQuery;
import dev.berth.platform.Owners;
import dev.berth.platform.Settings;
import dev.berth.platform.SocketCursor;
import dev.berth.platform.SocketDump;
import dev.berth.platform.SocketQuery;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a client of this host can connect to one destination.
 *
 * @param source the address it connects from, or null where routes decide
 * @param localPort the local port it chooses by number, or null where the system chooses
 */
public record ConnectQuestion(
        Endpoint destination,
        @Nullable IpAddress source,
        @Nullable Integer localPort) {
    private static final SocketQuery TCP = SocketQuery.all(Protocol.TCP);
    private static final SocketQuery HOLDING = TCP.with(EnumSet.of(TcpState.LISTEN, TcpState.BOUND));
    private static final SocketQuery EXPLICIT = TCP.with(SocketQuery.PortOrigin.EXPLICIT)
            .with(EnumSet.complementOf(EnumSet.of(TcpState.LISTEN, TcpState.BOUND, TcpState.TIME_WAIT)));

    /** Reads who owns ports and who is connected there, and asks the diagnosis. */
    public ConnectExplanation ask(HostNetwork host) throws HostReadException {
        var gaps = new ArrayList<Gap>();
        if (source != null) {
            mustBeHere(source, host, gaps);
        }
        Settings settings = host.settings();
        IpAddress from = source != null
                ? source
                : host.sourceTowards(destination.address()).orElse(null);
        var survey = new ConnectSurvey(destination, from, settings);
        read(host, HOLDING, survey::readOwners, gaps);
        read(host, EXPLICIT, survey::readOwners, gaps);
        read(host, survey.wantsEveryConnection() ? TCP : TCP.with(destination), survey::read, gaps);
        Owners owners = owners(host, survey);
        addNew(gaps, settings.gaps());
        addNew(gaps, owners.gaps());
        LocalPort chosen = localPort == null ? null : foretell(host, localPort, from, settings, gaps);
        return ConnectDiagnosis.explain(new ConnectFacts(
                survey,
                sourceFrom(from, !survey.isEmpty()),
                chosen,
                owners,
                Processes.of(host),
                settings,
                host.facts(),
                gaps));
    }

    /** Loopback addresses and those of local routes are here without being on an interface. */
    private static void mustBeHere(IpAddress source, HostNetwork host, List<Gap> gaps) throws HostReadException {
        Set<IpAddress> addresses = Set.of();
        try {
            addresses = host.addresses();
        } catch (HostReadException e) {
            gaps.add(new Gap("whether " + source + " is an address of this host", e.why()));
        }
        boolean known = addresses.stream().anyMatch(address -> address.isV4() == source.isV4());
        boolean here = addresses.contains(source)
                || source.isLoopback()
                || host.sourceTowards(source).filter(source::equals).isPresent();
        if (known && !here) {
            throw new HostReadException(
                    HostReadException.Kind.BAD_INPUT,
                    "no client can connect from " + source + " here",
                    host.namespace().isOnly()
                            ? "it is not an address of this host: a bind to it fails with WSAEADDRNOTAVAIL"
                            : "it is not an address of this host: a bind to it fails with EADDRNOTAVAIL, unless "
                                    + "ip_nonlocal_bind or IP_FREEBIND lets it pass",
                    host.namespace().isOnly() ? "ipconfig" : "ip address show");
        }
    }

    private LocalPort foretell(HostNetwork host, int port, @Nullable IpAddress from, Settings settings, List<Gap> gaps)
            throws HostReadException {
        Occupancy occupancy = Occupancy.of(List.of(host), port, Protocol.TCP, OwnerQuery.Effort.EVERY_HOLDER);
        addNew(gaps, occupancy.gaps());
        List<Holder> sockets = FlagsOfHolders.read(host, occupancy.holders());
        return new LocalPortDiagnosis(port, source, from, destination, sockets, settings, host.facts()).foretell();
    }

    private SourceFrom sourceFrom(@Nullable IpAddress from, boolean anyConnection) {
        if (source != null) {
            return SourceFrom.ASKED;
        }
        if (from != null) {
            return SourceFrom.ROUTE;
        }
        return anyConnection ? SourceFrom.CONNECTIONS : SourceFrom.NOWHERE;
    }

    private static void read(HostNetwork host, SocketQuery query, Reader reader, List<Gap> gaps)
            throws HostReadException {
        try (SocketDump dump = host.sockets(query, 1)) {
            addNew(gaps, dump.gaps());
            for (SocketCursor part : dump.parts()) {
                reader.read(part);
            }
        }
    }

    private interface Reader {
        void read(SocketCursor part) throws HostReadException;
    }

    private static Owners owners(HostNetwork host, ConnectSurvey survey) throws HostReadException {
        var inodes = new InodeSet();
        survey.addInodesTo(inodes);
        return inodes.isEmpty() ? Owners.notLooked() : host.owners(OwnerQuery.everyHolder(inodes));
    }

    private static void addNew(List<Gap> gaps, List<Gap> more) {
        for (Gap gap : more) {
            if (!gaps.contains(gap)) {
                gaps.add(gap);
            }
        }
    }
}
