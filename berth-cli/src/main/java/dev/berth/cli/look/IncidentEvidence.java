package dev.berth.cli.look;

import dev.berth.cli.look.IncidentAnswer.HostAnswer;
import dev.berth.diagnosis.Cause;
import dev.berth.diagnosis.Explanation;
import dev.berth.diagnosis.connect.ConnectExplanation;
import dev.berth.diagnosis.connect.ConnectSpace;
import dev.berth.diagnosis.connect.ConnectVerdict;
import dev.berth.diagnosis.connect.LocalPort;
import dev.berth.diagnosis.explain.Incident;
import dev.berth.diagnosis.explain.IncidentGroup;
import dev.berth.diagnosis.explain.KnownCause;
import dev.berth.diagnosis.explain.LoggedEndpoint;
import dev.berth.diagnosis.explain.Operation;
import dev.berth.diagnosis.explain.Refusal;
import dev.berth.net.IpAddress;
import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.PortEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which causes of an incident a host shows now, or its log shows of then.
 *
 * @param bindsFirst whether a client was seen that binds before it connects
 */
record IncidentEvidence(
        IncidentGroup group, HostNetwork host, HostAnswer answer, boolean bindsFirst, List<PortEvents.Event> events) {
    private static final int USED_TOO_SOON = 4227;
    private static final int NO_TCP_PORT = 4231;
    private static final int NO_UDP_PORT = 4266;
    private static final Duration ABOUT_THEN = Duration.ofMinutes(5);

    /** Whether it is so; null where the host cannot tell. */
    @Nullable
    Boolean of(KnownCause cause) {
        return switch (cause) {
            case LISTENER -> holds(Cause.LISTENER);
            case CLIENT -> holds(Cause.CLIENT);
            case TIME_WAIT -> holds(Cause.TIME_WAIT);
            case BOUND_ONLY -> holds(Cause.BOUND_ONLY);
            case EXCLUDED -> excluded();
            case ELSEWHERE -> isVerdict(Cause.ELSEWHERE);
            case BLOCKED_UNSEEN -> blockedUnseen();
            case PRIVILEGED_PORT -> privileged();
            case ADDRESS_NOT_LOCAL -> addressNotLocal();
            case NO_PORT_LEFT -> noPortLeft();
            case TUPLE_SPACE_EXHAUSTED -> tupleSpaceExhausted();
            case PAST_CLIFF ->
                answer instanceof HostAnswer.Client client
                        ? (Boolean) (client.why().verdict() == ConnectVerdict.PAST_CLIFF)
                        : null;
            case RECENT_TUPLE -> recentTuple();
            case DUPLICATE_TUPLE -> duplicateTuple();
            case BIND_BEFORE_CONNECT -> bindBeforeConnect();
            case INVALID_REMOTE -> invalidRemote();
            case NO_IPV6 -> noIpv6();
            case PRODUCT_TABLE, URL_TAKEN, FORBIDDEN, NO_MEMORY -> null;
        };
    }

    private Incident incident() {
        return group.incident();
    }

    /** What a guessed port shows is no evidence. */
    private @Nullable Explanation server() {
        return answer instanceof HostAnswer.Server server && !server.guessed()
                ? server.why().explanation()
                : null;
    }

    private @Nullable ConnectExplanation client() {
        return answer instanceof HostAnswer.Client client ? client.why() : null;
    }

    private @Nullable Boolean isVerdict(Cause cause) {
        Explanation server = server();
        return server == null ? null : (Boolean) (server.verdict() == cause);
    }

    /** A listener's own connections beside it are no second cause. */
    private @Nullable Boolean holds(Cause cause) {
        Explanation server = server();
        if (server == null) {
            return holdsChosenPort(cause);
        }
        boolean perhaps = server.inTheWayWithoutOption().stream().anyMatch(holder -> holder.cause() == cause);
        boolean held = server.verdict() == cause
                || server.inTheWay().stream().anyMatch(holder -> holder.cause() == cause && !holder.accepted());
        boolean unseen = cause == Cause.BOUND_ONLY && server.proof().isEmpty() && !host.shows(TcpState.BOUND);
        return held ? (Boolean) true : unseen || perhaps ? null : (Boolean) false;
    }

    /** Whether it has the local port that a client asked for by number. */
    private @Nullable Boolean holdsChosenPort(Cause cause) {
        ConnectExplanation client = client();
        LocalPort chosen = client == null ? null : client.localPort();
        if (chosen == null) {
            return null;
        }
        LocalPort.Attempt usual = chosen.attempts().getFirst();
        return switch (usual.outcome()) {
            case SUCCEEDS -> false;
            case FAILS ->
                "EADDRINUSE".equals(usual.error())
                        ? (Boolean) chosen.sockets().stream().anyMatch(holder -> holder.cause() == cause)
                        : null;
            case DEPENDS -> null;
        };
    }

    /** The rights of another program than this one are not known. */
    private @Nullable Boolean excluded() {
        Explanation server = server();
        if (server == null || host.namespace().isOnly()) {
            return server == null ? null : server.excluded();
        }
        boolean byPolicy = answer instanceof HostAnswer.Server asked
                && server.verdict() == Cause.EXCLUDED
                && asked.why().privilegedBelow() == null;
        return byPolicy ? true : null;
    }

    private @Nullable Boolean blockedUnseen() {
        Explanation server = server();
        return server == null
                ? null
                : (Boolean) (server.verdict() == Cause.BLOCKED_UNSEEN && !server.addressIsElsewhere());
    }

    private @Nullable Boolean privileged() {
        Integer port = incident().wantedPort();
        Protocol protocol =
                incident().protocol() == null ? Protocol.TCP : incident().protocol();
        Integer first = host.settings().policy(protocol).firstUnprivileged();
        return port == null || first == null ? null : (Boolean) (port < first);
    }

    private @Nullable Boolean addressNotLocal() {
        IpAddress address =
                incident().local() == null ? null : incident().local().address();
        if (address == null) {
            return null;
        }
        Explanation server = server();
        if (server != null
                && server.address().equals(address)
                && !server.proof().isEmpty()) {
            return server.addressIsElsewhere();
        }
        if (address.isAny() || address.isV4() && address.isLoopback()) {
            return false;
        }
        try {
            return !host.addresses().contains(address);
        } catch (HostReadException e) {
            return null;
        }
    }

    private @Nullable Boolean noPortLeft() {
        if (logged(NO_TCP_PORT) || logged(NO_UDP_PORT)) {
            return true;
        }
        return answer instanceof HostAnswer.AnyPort any ? any.choice().usedUp() : null;
    }

    private @Nullable Boolean tupleSpaceExhausted() {
        ConnectExplanation client = client();
        if (logged(NO_TCP_PORT) || client != null && client.verdict() == ConnectVerdict.EXHAUSTED) {
            return true;
        }
        if (client == null || client.verdict() == ConnectVerdict.UNKNOWN) {
            return null;
        }
        return client.spaces().stream().anyMatch(ConnectSpace::isNearlyUsedUp) ? null : (Boolean) false;
    }

    private @Nullable Boolean recentTuple() {
        return logged(USED_TOO_SOON) ? true : null;
    }

    /** Whether the system's log has such a record of about the time of these lines. */
    private boolean logged(int id) {
        Instant first = incident().at();
        Instant last = group.lastAt() == null ? first : group.lastAt();
        return first != null
                && last != null
                && events.stream()
                        .anyMatch(event -> event.id() == id
                                && !event.at().isBefore(first.minus(ABOUT_THEN))
                                && !event.at().isAfter(last.plus(ABOUT_THEN)));
    }

    private @Nullable Boolean duplicateTuple() {
        ConnectExplanation client = client();
        LocalPort chosen = client == null ? null : client.localPort();
        if (chosen == null) {
            return null;
        }
        return switch (chosen.attempts().getFirst().outcome()) {
            case SUCCEEDS -> false;
            case FAILS -> true;
            case DEPENDS -> null;
        };
    }

    /** A connect of Linux says that an address is in use only where a bind went before it. */
    private @Nullable Boolean bindBeforeConnect() {
        boolean bindFailed = !host.namespace().isOnly()
                && incident().operation() == Operation.CONNECT
                && incident().refusal() == Refusal.ADDRESS_IN_USE;
        return bindsFirst || bindFailed ? true : null;
    }

    private @Nullable Boolean invalidRemote() {
        LoggedEndpoint remote = incident().remote();
        if (remote == null) {
            return null;
        }
        boolean invalid = Integer.valueOf(0).equals(remote.port())
                || remote.address() != null && remote.address().isAny();
        boolean known = remote.port() != null && remote.address() != null;
        return invalid ? (Boolean) true : known ? (Boolean) false : null;
    }

    private @Nullable Boolean noIpv6() {
        try {
            return host.addresses().stream().allMatch(IpAddress::isV4);
        } catch (HostReadException e) {
            return null;
        }
    }
}
