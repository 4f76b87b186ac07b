package dev.berth.cli.look;

import dev.berth.diagnosis.Redirection;
import dev.berth.diagnosis.suggest.Objection;
import dev.berth.diagnosis.suggest.SafePorts;
import dev.berth.diagnosis.suggest.Suggestions;
import dev.berth.diagnosis.suggest.Suggestions.Suggestion;
import dev.berth.net.IpAddress;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.net.RegisteredPorts;
import dev.berth.platform.BindOutcome;
import dev.berth.platform.BindRequest;
import dev.berth.platform.BindRequest.Option;
import dev.berth.platform.Gap;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.NatRules;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.Settings;
import dev.berth.platform.SocketCursor;
import dev.berth.platform.SocketDump;
import dev.berth.platform.SocketQuery;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which ports a server could listen on.
 *
 * @param count how many to find
 * @param address null for any: the dual-stack wildcard, or that of IPv4 where the system has no IPv6
 * @param probe whether binds may be tried
 */
public record SuggestQuestion(
        int near, int count, Protocol protocol, @Nullable IpAddress address, boolean probe) {

    /** Reads which ports are held, and of those that are safe by the tables keeps the nearest that can be bound. */
    public Suggestions ask(HostNetwork host) throws HostReadException {
        Settings settings = host.settings();
        PortRange dynamic = settings.policy(protocol).dynamic();
        if (dynamic == null) {
            throw new HostReadException(
                    HostReadException.Kind.NOT_ON_THIS_SYSTEM,
                    "cannot tell which ports are safe",
                    "the dynamic port range could not be read, and any port may be in it",
                    "berth ranges");
        }
        var gaps = new ArrayList<Gap>();
        var safe = new SafePorts(settings, protocol, held(host, gaps), RegisteredPorts.shipped());
        gaps.addAll(settings.gaps());
        NatRules rules = host.natRules();
        gaps.addAll(rules.gaps());
        var binds = new Binds(host, settings.ofWindows(), gaps);
        List<Suggestion> ports = take(safe.nearestTo(near), false, rules, binds);
        if (ports.isEmpty()) {
            ports = take(safe.nearestToInDynamicRange(near), true, rules, binds);
        }
        Objection objection = safe.objection(near);
        boolean onlyKnown = objection == null || objection.reason() == Objection.Reason.REGISTERED;
        if (onlyKnown && isRedirected(rules, near)) {
            objection = new Objection(Objection.Reason.REDIRECTED, null);
        } else if (objection == null && ports.stream().noneMatch(one -> one.port() == near)) {
            objection = new Objection(Objection.Reason.REFUSED, null);
        }
        return new Suggestions(
                protocol,
                binds.asked,
                near,
                objection,
                around(settings, dynamic),
                ports,
                Suggestions.reservation(ports, protocol, settings),
                gaps);
    }

    /** On Windows the families may differ: then the range that has the wished port. */
    private PortRange around(Settings settings, PortRange ofIpv4) {
        PortPolicy other = settings.policies().get(new Settings.Scope(protocol, Settings.Family.IPV6));
        PortRange ofIpv6 = other == null ? null : other.dynamic();
        return ofIpv6 != null && ofIpv6.contains(near) && !ofIpv4.contains(near) ? ofIpv6 : ofIpv4;
    }

    private static PortSet held(HostNetwork host, List<Gap> gaps) throws HostReadException {
        try (SocketDump dump = host.sockets(SocketQuery.everything(), 1)) {
            gaps.addAll(dump.gaps());
            var held = new BitSet();
            for (SocketCursor part : dump.parts()) {
                while (part.next()) {
                    held.set(part.localPort());
                }
            }
            return PortSet.of(held);
        }
    }

    private List<Suggestion> take(List<Integer> candidates, boolean inDynamicRange, NatRules rules, Binds binds)
            throws HostReadException {
        var taken = new ArrayList<Suggestion>();
        for (int port : candidates) {
            if (taken.size() == count) {
                break;
            }
            if (isRedirected(rules, port)) {
                continue;
            }
            Boolean bindable = binds.succeed(port);
            if (!Boolean.FALSE.equals(bindable)) {
                taken.add(new Suggestion(port, inDynamicRange, bindable));
            }
        }
        return taken;
    }

    /** Only some of its traffic is enough: a server would miss it. */
    private boolean isRedirected(NatRules rules, int port) {
        return Redirection.of(rules, protocol, port, address == null ? IpAddress.ANY_V6 : address)
                .isPresent();
    }

    /** Tries ports until it is told why it may not. */
    private final class Binds {
        private final HostNetwork host;
        private final boolean windows;
        private final List<Gap> gaps;
        private IpAddress asked = address == null ? IpAddress.ANY_V6 : address;
        private boolean trying = true;

        Binds(HostNetwork host, boolean windows, List<Gap> gaps) {
            this.host = host;
            this.windows = windows;
            this.gaps = gaps;
            if (!probe) {
                stop("--no-probe was given");
            } else if (host.facts().recorded()) {
                stop("this is a recording");
            }
        }

        private void stop(String why) {
            trying = false;
            gaps.add(new Gap("whether a bind succeeds", "not tried: " + why));
        }

        /** Without an option and with what careful servers set; null where a bind could not be tried. */
        @Nullable
        Boolean succeed(int port) throws HostReadException {
            for (Option option : List.of(Option.NONE, windows ? Option.EXCLUSIVE : Option.REUSE_ADDRESS)) {
                if (!trying) {
                    return null;
                }
                switch (attempt(port, option)) {
                    case BindOutcome.Bound _ -> {}
                    case BindOutcome.NotTried(String why) -> stop(why);
                    case BindOutcome.Refused refused -> {
                        if (refused.error().addressIsElsewhere()) {
                            throw new HostReadException(
                                    HostReadException.Kind.BAD_INPUT,
                                    "no server can listen on " + asked + " here",
                                    "it is not an address of this host",
                                    windows ? "ipconfig" : "ip address show");
                        }
                        return false;
                    }
                }
            }
            return trying ? true : null;
        }

        private BindOutcome attempt(int port, Option option) {
            BindOutcome outcome = host.probe(new BindRequest(protocol, asked, port, option));
            boolean lacksIpv6 = outcome instanceof BindOutcome.NotTried not && not.lacksAddressFamily();
            if (address == null && lacksIpv6 && !asked.isV4()) {
                asked = IpAddress.ANY_V4;
                return attempt(port, option);
            }
            return outcome;
        }
    }
}
