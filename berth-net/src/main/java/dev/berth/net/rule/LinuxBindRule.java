package dev.berth.net.rule;

import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import dev.berth.net.rule.BindPrediction.Allowed;
import dev.berth.net.rule.BindPrediction.Conflict;
import dev.berth.net.rule.BindPrediction.Depends;
import dev.berth.net.rule.BindPrediction.Refused;
import dev.berth.net.rule.Unknown.What;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Linux: a bind meets every socket whose address overlaps, and each of them must be willing to share. Port numbers below
 * the privileged limit and addresses that are not on the host are no matter of this rule.
 *
 * <p>Where one socket shares by SO_REUSEPORT and another would be in the way, Linux asks only the one that came last: for
 * TCP the port remembers the last of its sockets with SO_REUSEPORT and lets the next one of that user and address pass
 * unseen ({@code sk_reuseport_match}), and for UDP the search ends at the first that shares
 * ({@code udp_lib_lport_inuse}). No table tells the order, so the answer is {@link Depends}. Two cases leave no trace at
 * all, and the answer may then be a refusal that does not come: that last socket has since been closed, or it took
 * SO_REUSEPORT back after its bind.
 */
public final class LinuxBindRule implements BindRule {
    LinuxBindRule() {}

    /** How one socket that is there stands to the wanted bind. */
    private record Standing(
            int index,
            Holding held,
            Meeting meeting,
            boolean onOtherDevice,
            Flag byAddress,
            Flag byPort,
            Flag sameUser) {
        /** Sockets that are bound to different devices never do. */
        Flag meets() {
            return onOtherDevice ? Flag.CLEAR : meeting.overlaps();
        }

        Flag conflicts() {
            return meets().and(byAddress.not()).and(byPort.not());
        }
    }

    /** In which ways {@code release}, as uname(2) has it, is known to answer otherwise. */
    public List<KernelDeviation> deviations(String release) {
        return KernelDeviation.of(release);
    }

    @Override
    public BindPrediction predict(WantedBind wanted, PortState port) {
        List<Standing> all = IntStream.range(0, port.holdings().size())
                .filter(index -> !port.holdings().get(index).isRequest())
                .mapToObj(index -> standing(wanted, index, port.holdings().get(index)))
                .toList();
        List<Standing> sure = all.stream()
                .filter(standing -> standing.conflicts() == Flag.SET)
                .toList();
        List<Standing> unsure = all.stream()
                .filter(standing -> standing.conflicts() == Flag.UNKNOWN)
                .toList();
        if (sure.isEmpty()) {
            return unsure.isEmpty() ? new Allowed() : new Depends(unknowns(wanted, unsure), refused(wanted, unsure));
        }
        List<Standing> openers =
                all.stream().filter(standing -> mayOpen(wanted, standing)).toList();
        if (openers.isEmpty()) {
            return refused(wanted, sure);
        }
        List<Unknown> on = unknowns(wanted, openers);
        openers.forEach(opener -> on.add(new Unknown(opener.index, What.ORDER)));
        return new Depends(on, refused(wanted, sure));
    }

    private static Standing standing(WantedBind wanted, int index, Holding held) {
        boolean listens = wanted.protocol() == Protocol.TCP && held.state() == TcpState.LISTEN;
        Flag sameUser = sameUser(wanted, held);
        Flag byAddress = listens
                ? Flag.CLEAR
                : wanted.sharing().reuseAddress().and(held.sharing().reuseAddress());
        Flag byPort =
                wanted.sharing().reusePort().and(held.sharing().reusePort()).and(sameUser);
        boolean onOtherDevice = wanted.device() != 0 && held.device() != 0 && wanted.device() != held.device();
        return new Standing(index, held, Meeting.of(wanted, held), onOtherDevice, byAddress, byPort, sameUser);
    }

    private static Flag sameUser(WantedBind wanted, Holding held) {
        if (held.state() == TcpState.TIME_WAIT) {
            return Flag.SET; // it has no user any more, and none is asked for
        }
        String user = held.user();
        return wanted.user() == null || user == null ? Flag.UNKNOWN : Flag.of(user.equals(wanted.user()));
    }

    /** Whether {@code standing}, had it come last, would let the bind pass whatever else is on the port. */
    private static boolean mayOpen(WantedBind wanted, Standing standing) {
        if (wanted.protocol() == Protocol.UDP) {
            return standing.byPort.and(standing.meets()).and(standing.byAddress.not()) != Flag.CLEAR;
        }
        Holding held = standing.held;
        if (held.remote() == null) {
            return standing.byPort != Flag.CLEAR && covers(held, wanted, standing.meeting);
        }
        // it may have been bound to a wildcard, and by another user: accept(2) makes the connection the accepter's
        return held.origin() != Origin.AUTOMATIC && bothReusePort(wanted, held) != Flag.CLEAR;
    }

    /**
     * Whether Linux, remembering {@code held}, takes {@code wanted} for one more of its kind. It compares IPv4 addresses
     * where the remembered socket is of family AF_INET, and {@code ::} then counts as 0.0.0.0.
     */
    private static boolean covers(Holding held, WantedBind wanted, Meeting meeting) {
        boolean bothWildcards = held.local().isAny() && wanted.address().isAny();
        return meeting.overlaps() != Flag.CLEAR && (meeting.how() != Overlap.WANTED_WILDCARD || bothWildcards);
    }

    private static Flag bothReusePort(WantedBind wanted, Holding held) {
        return wanted.sharing().reusePort().and(held.sharing().reusePort());
    }

    private static List<Unknown> unknowns(WantedBind wanted, List<Standing> standings) {
        var on = new ArrayList<Unknown>();
        for (Standing standing : standings) {
            if (standing.meeting.overlaps() == Flag.UNKNOWN) {
                on.add(new Unknown(standing.index, What.V6_ONLY));
            }
            if (standing.byAddress == Flag.UNKNOWN && !standing.onOtherDevice) {
                on.add(new Unknown(standing.index, What.REUSE_ADDRESS));
            }
            if (standing.byPort == Flag.UNKNOWN && bothReusePort(wanted, standing.held) == Flag.UNKNOWN) {
                on.add(new Unknown(standing.index, What.REUSE_PORT));
            }
            if (standing.byPort == Flag.UNKNOWN && standing.sameUser == Flag.UNKNOWN) {
                on.add(new Unknown(standing.index, What.USER));
            }
        }
        return on;
    }

    private static Refused refused(WantedBind wanted, List<Standing> standings) {
        return Refused.by(
                BindError.ADDRESS_IN_USE,
                standings.stream()
                        .map(standing -> new Conflict(standing.index, clause(wanted, standing), standing.meeting.how()))
                        .toList());
    }

    private static Clause clause(WantedBind wanted, Standing standing) {
        if (bothReusePort(wanted, standing.held) == Flag.SET && standing.sameUser == Flag.CLEAR) {
            return Clause.LINUX_OTHER_USER;
        }
        if (wanted.protocol() == Protocol.UDP) {
            return Clause.LINUX_DATAGRAM;
        }
        return switch (standing.held.state()) {
            case LISTEN -> Clause.LINUX_LISTENER;
            case TIME_WAIT -> Clause.LINUX_TIME_WAIT;
            case ESTABLISHED, SYN_SENT, SYN_RECV, FIN_WAIT1, FIN_WAIT2, CLOSE_WAIT, LAST_ACK, CLOSING, BOUND ->
                Clause.LINUX_SHARING;
        };
    }
}
