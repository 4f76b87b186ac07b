package dev.berth.diagnosis.connect;

import dev.berth.diagnosis.Holder;
import dev.berth.diagnosis.Holdings;
import dev.berth.diagnosis.Recycling;
import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.net.Protocol;
import dev.berth.net.rule.BindError;
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
            return new LocalPort.Attempt(
                    reuseAddress,
                    LocalPort.Outcome.DEPENDS,
                    null,
                    null,
                    "The rule of connecting is known for Linux only.");
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
                        "It is not known "
                                + on.stream()
                                        .map(unknown -> unknown.what().phrase())
                                        .distinct()
                                        .collect(Collectors.joining(", and "))
                                + " for a socket that is there. "
                                + otherwise.clause().sentence());
        };
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
