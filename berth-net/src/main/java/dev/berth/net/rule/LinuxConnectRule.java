package dev.berth.net.rule;

import dev.berth.net.Endpoint;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.TcpState;
import dev.berth.net.rule.BindPrediction.Conflict;
import dev.berth.net.rule.ConnectPrediction.Allowed;
import dev.berth.net.rule.ConnectPrediction.Depends;
import dev.berth.net.rule.ConnectPrediction.Refused;
import dev.berth.net.rule.ConnectPrediction.Step;
import dev.berth.net.rule.Unknown.What;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Linux: {@code __inet_hash_connect} and {@code __inet_check_established} in net/ipv4/inet_hashtables.c.
 *
 * <p>A socket that owns its port may take a four-tuple over from TIME_WAIT at once and whatever {@code tcp_tw_reuse} says,
 * as long as the old connection used timestamps; so it may from an orphaned FIN_WAIT2, which waits as the same kind of
 * entry ({@code tcp_twsk_unique}, and tried on 6.18). No documentation says so.
 */
final class LinuxConnectRule implements ConnectRule {
    @Override
    public ConnectPrediction automatic(TupleSpace space) {
        var usedUp = new Refused(Step.CONNECT, BindError.ADDRESS_NOT_AVAILABLE, Clause.LINUX_SPACE_USED_UP, List.of());
        if (space.left() == 0) {
            return usedUp;
        }
        return space.leftForSure() > 0 ? new Allowed(space.left()) : new Depends(List.of(), usedUp);
    }

    @Override
    public ConnectPrediction fromPort(WantedConnect wanted, PortState port, Flag timestamps) {
        BindPrediction bind = BindRule.LINUX.predict(wanted.bind(), port);
        if (bind instanceof BindPrediction.Refused refused) {
            return atBind(refused);
        }
        ConnectPrediction connect = afterBind(wanted, port, timestamps);
        if (bind instanceof BindPrediction.Depends depends && !(connect instanceof Refused)) {
            var on = new ArrayList<>(depends.on());
            if (connect instanceof Depends also) {
                on.addAll(also.on());
            }
            return new Depends(on, atBind(depends.otherwise()));
        }
        return connect; // and where it is refused for sure, a refusal of the bind would only come earlier
    }

    private static Refused atBind(BindPrediction.Refused refused) {
        return new Refused(Step.BIND, refused.error(), refused.clause(), refused.conflicts());
    }

    /** What becomes of the connect once the port is bound: only the four-tuple counts. */
    private static ConnectPrediction afterBind(WantedConnect wanted, PortState port, Flag timestamps) {
        for (int index = 0; index < port.holdings().size(); index++) {
            Holding held = port.holdings().get(index);
            if (!isThatTuple(wanted, held)) {
                continue;
            }
            boolean waits = held.state() == TcpState.TIME_WAIT;
            boolean waitsPerhaps = held.state() == TcpState.FIN_WAIT2 && held.user() == null;
            Clause clause = waits ? Clause.LINUX_TIME_WAIT_TUPLE : Clause.LINUX_FOUR_TUPLE;
            var refused = new Refused(
                    Step.CONNECT,
                    BindError.ADDRESS_NOT_AVAILABLE,
                    clause,
                    List.of(new Conflict(index, clause, Overlap.SAME_ADDRESS)));
            if (!waits && !waitsPerhaps || timestamps == Flag.CLEAR) {
                return refused;
            }
            var on = new ArrayList<Unknown>();
            if (waitsPerhaps) {
                on.add(new Unknown(index, What.ORPHAN));
            }
            if (timestamps == Flag.UNKNOWN) {
                on.add(new Unknown(index, What.TIMESTAMPS));
            }
            return on.isEmpty() ? new Allowed(1) : new Depends(on, refused);
        }
        return new Allowed(1);
    }

    private static boolean isThatTuple(WantedConnect wanted, Holding held) {
        Endpoint remote = held.remote();
        return wanted.destination().equals(remote)
                && wanted.source().equals(held.local())
                && (held.device() == 0 || held.device() == wanted.bind().device());
    }

    @Override
    public ConnectPrediction fromAnyPort(
            WantedConnect wanted, PortRange dynamic, PortSet reserved, IntFunction<PortState> ports) {
        int free = 0;
        int unsure = 0;
        for (int port = dynamic.first(); port <= dynamic.last(); port++) {
            if (reserved.contains(port)) {
                continue;
            }
            // the search accepts no sharing, so that all that is unknown of a socket is whether it overlaps
            BindPrediction alone = BindRule.LINUX.predict(wanted.bind().with(Sharing.NONE), ports.apply(port));
            free += alone instanceof BindPrediction.Refused ? 0 : 1;
            unsure += alone instanceof BindPrediction.Depends ? 1 : 0;
        }
        var refused = new Refused(Step.BIND, BindError.ADDRESS_IN_USE, Clause.LINUX_NO_PORT_TO_BIND, List.of());
        if (free == 0) {
            return refused;
        }
        return free > unsure ? new Allowed(free) : new Depends(List.of(), refused);
    }
}
