package dev.berth.diagnosis.connect;

import dev.berth.diagnosis.Exclusions;
import dev.berth.diagnosis.Holder;
import dev.berth.diagnosis.Holdings;
import dev.berth.diagnosis.Recycling;
import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.net.Protocol;
import dev.berth.net.rule.BindError;
import dev.berth.net.rule.BindPrediction;
import dev.berth.net.rule.BindRule;
import dev.berth.net.rule.ConnectPrediction;
import dev.berth.net.rule.ConnectPrediction.Step;
import dev.berth.net.rule.ConnectRule;
import dev.berth.net.rule.Flag;
import dev.berth.net.rule.Holding;
import dev.berth.net.rule.PortState;
import dev.berth.net.rule.Sharing;
import dev.berth.net.rule.Unknown;
import dev.berth.net.rule.WantedBind;
import dev.berth.net.rule.WantedConnect;
import dev.berth.platform.HostFacts;
import dev.berth.platform.Settings;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Foretells a connect from a local port given by number: first the bind, then the four-tuple.
 *
 * @param bound the address that is bound, or null for the wildcard of the destination's family
 * @param source the address the connection runs from, or null where it is not known
 * @param sockets every TCP socket on the port
 */
public record LocalPortDiagnosis(
        int port,
        @Nullable IpAddress bound,
        @Nullable IpAddress source,
        Endpoint destination,
        List<Holder> sockets,
        Settings settings,
        HostFacts host) {
    public LocalPortDiagnosis {
        sockets = List.copyOf(sockets);
    }

    /** Asks the rule twice, without SO_REUSEADDR and with it. */
    public LocalPort foretell() {
        return new LocalPort(port, List.of(attempt(false), attempt(true)), sockets);
    }

    private LocalPort.Attempt attempt(boolean reuseAddress) {
        if (!host.system().equals("linux")) {
            return onWindows(reuseAddress);
        }
        Integer firstUnprivileged = settings.policy(Protocol.TCP).firstUnprivileged();
        if (firstUnprivileged != null && port < firstUnprivileged && !host.bindsPrivilegedPorts()) {
            return new LocalPort.Attempt(
                    reuseAddress,
                    LocalPort.Outcome.FAILS,
                    "bind",
                    "EACCES",
                    "Only privileged programs may bind ports below " + firstUnprivileged + ".");
        }
        boolean v4 = destination.address().isV4();
        IpAddress address = bound != null ? bound : v4 ? IpAddress.ANY_V4 : IpAddress.ANY_V6;
        var bind = new WantedBind(
                Protocol.TCP, address, !v4, false, reuseAddress ? Sharing.REUSE_ADDRESS : Sharing.NONE, null, 0);
        List<Holding> holdings = Holdings.of(sockets);
        IpAddress from = source != null ? source : likelySource(holdings, destination, address);
        ConnectPrediction answer = ConnectRule.LINUX.fromPort(
                new WantedConnect(bind, from, destination), PortState.of(holdings), timestamps(settings));
        return inWords(reuseAddress, answer);
    }

    /** First the rule of binding, which a TIME_WAIT does not concern; then the four-tuple, which it does. */
    private LocalPort.Attempt onWindows(boolean reuseAddress) {
        boolean v4 = destination.address().isV4();
        IpAddress address = bound != null ? bound : v4 ? IpAddress.ANY_V4 : IpAddress.ANY_V6;
        Sharing sharing = reuseAddress ? Sharing.REUSE_ADDRESS : Sharing.NONE;
        List<Holding> holdings = Holdings.of(sockets);
        BindPrediction bind = BindRule.WINDOWS.predict(
                new WantedBind(Protocol.TCP, address, !v4, false, sharing, null, 0),
                new PortState(holdings, Exclusions.kind(settings, Protocol.TCP, address, port)));
        IpAddress from = source != null ? source : likelySource(holdings, destination, address);
        boolean sameEnds = holdings.stream()
                .anyMatch(held ->
                        destination.equals(held.remote()) && held.local().equals(from));
        return switch (bind) {
            case BindPrediction.Refused refused ->
                new LocalPort.Attempt(
                        reuseAddress,
                        LocalPort.Outcome.FAILS,
                        "bind",
                        "WSA" + error(refused.error()),
                        refused.clause().sentence());
            case BindPrediction.Depends depends
            when !sameEnds ->
                new LocalPort.Attempt(
                        reuseAddress,
                        LocalPort.Outcome.DEPENDS,
                        "bind",
                        "WSA" + error(depends.otherwise().error()),
                        unknown(depends.on()) + depends.otherwise().clause().sentence());
            case BindPrediction.Depends _, BindPrediction.Allowed _ ->
                sameEnds
                        ? new LocalPort.Attempt(
                                reuseAddress,
                                LocalPort.Outcome.FAILS,
                                "connect",
                                "WSAEADDRINUSE",
                                "A connection with the same two ends exists, or is in TIME_WAIT: the bind succeeds over that, and "
                                        + "the connect does not.")
                        : new LocalPort.Attempt(reuseAddress, LocalPort.Outcome.SUCCEEDS, null, null, null);
        };
    }

    /** Where the source is unknown, that of the connection it would collide with, if there is one. */
    private static IpAddress likelySource(List<Holding> holdings, Endpoint destination, IpAddress otherwise) {
        return holdings.stream()
                .filter(held -> destination.equals(held.remote()))
                .map(Holding::local)
                .findFirst()
                .orElse(otherwise);
    }

    private static Flag timestamps(Settings settings) {
        Boolean on = Recycling.of(settings).timestamps();
        return on == null ? Flag.UNKNOWN : Flag.of(on);
    }

    private static LocalPort.Attempt inWords(boolean reuseAddress, ConnectPrediction answer) {
        return switch (answer) {
            case ConnectPrediction.Allowed _ ->
                new LocalPort.Attempt(reuseAddress, LocalPort.Outcome.SUCCEEDS, null, null, null);
            case ConnectPrediction.Refused refused ->
                new LocalPort.Attempt(
                        reuseAddress,
                        LocalPort.Outcome.FAILS,
                        call(refused.step()),
                        error(refused.error()),
                        refused.clause().sentence());
            case ConnectPrediction.Depends(List<Unknown> on, ConnectPrediction.Refused otherwise) ->
                new LocalPort.Attempt(
                        reuseAddress,
                        LocalPort.Outcome.DEPENDS,
                        call(otherwise.step()),
                        error(otherwise.error()),
                        unknown(on) + otherwise.clause().sentence());
        };
    }

    private static String unknown(List<Unknown> on) {
        return on.stream()
                .map(unknown -> unknown.what().phrase())
                .distinct()
                .collect(Collectors.joining(", and ", "It is not known ", " for a socket that is there. "));
    }

    private static String call(Step step) {
        return step == Step.BIND ? "bind" : "connect";
    }

    private static String error(BindError error) {
        return switch (error) {
            case ADDRESS_IN_USE -> "EADDRINUSE";
            case ACCESS_DENIED -> "EACCES";
            case ADDRESS_NOT_AVAILABLE -> "EADDRNOTAVAIL";
        };
    }
}
