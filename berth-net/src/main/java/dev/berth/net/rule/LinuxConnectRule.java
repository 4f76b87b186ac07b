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
import java.util.BitSet;
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
        var usedUp = new Refused(
                Step.CONNECT, false, BindError.ADDRESS_NOT_AVAILABLE, Clause.LINUX_SPACE_USED_UP, List.of());
        if (space.left() == 0) {
            return usedUp;
        }
        PortSet sure = space.usableForSure();
        if (sure.isEmpty()) {
            return new Depends(List.of(), usedUp);
        }
        return isPassedOver(sure, space.range().first(), space.range().last())
                ? new Depends(List.of(), passedOver(Step.CONNECT, BindError.ADDRESS_NOT_AVAILABLE))
                : new Allowed(space.left());
    }

    /** Whether a search from {@code first} to {@code last} may miss {@code free}, for being one end of an odd number. */
    private static boolean isPassedOver(PortSet free, int first, int last) {
        boolean odd = first < last && (last - first) % 2 == 0;
        return odd && free.size() == 1 && (free.contains(first) || free.contains(last));
    }

    private static Refused passedOver(Step step, BindError error) {
        return new Refused(step, false, error, Clause.LINUX_ODD_RANGE, List.of());
    }

    @Override
    public ConnectPrediction fromPort(WantedConnect wanted, PortState port, Flag timestamps) {
        BindPrediction bind = BindRule.LINUX.predict(wanted.bind(), port);
        if (bind instanceof BindPrediction.Refused refused) {
            return atBind(refused);
        }
        ConnectPrediction connect = afterBind(wanted, port, timestamps, bind instanceof BindPrediction.Depends);
        if (bind instanceof BindPrediction.Depends depends && !(connect instanceof Refused)) {
            var on = new ArrayList<>(depends.on());
            if (connect instanceof Depends also) {
                on.addAll(also.on());
            }
            return new Depends(on, atBind(depends.otherwise()));
        }
        return connect;
    }

    private static Refused atBind(BindPrediction.Refused refused) {
        return new Refused(Step.BIND, false, refused.error(), refused.clause(), refused.conflicts());
    }

    /** What becomes of the connect once the port is bound: only the four-tuple counts. */
    private static ConnectPrediction afterBind(
            WantedConnect wanted, PortState port, Flag timestamps, boolean bindMayFailFirst) {
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
                    bindMayFailFirst,
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
        var free = new BitSet();
        var unsure = new BitSet();
        for (int port = dynamic.first(); port <= dynamic.last(); port++) {
            if (reserved.contains(port)) {
                continue;
            }
            // the search accepts no sharing, so that all that is unknown of a socket is whether it overlaps
            BindPrediction alone = BindRule.LINUX.predict(wanted.bind().with(Sharing.NONE), ports.apply(port));
            free.set(port, !(alone instanceof BindPrediction.Refused));
            unsure.set(port, alone instanceof BindPrediction.Depends);
        }
        var refused = new Refused(Step.BIND, false, BindError.ADDRESS_IN_USE, Clause.LINUX_NO_PORT_TO_BIND, List.of());
        if (free.isEmpty()) {
            return refused;
        }
        PortSet sure = PortSet.of(free).minus(PortSet.of(unsure));
        if (sure.isEmpty()) {
            return new Depends(List.of(), refused);
        }
        return isPassedOver(sure, firstOfUpperPart(wanted, dynamic), dynamic.last())
                        || isPassedOver(sure, dynamic.first(), dynamic.last())
                ? new Depends(List.of(), passedOver(Step.BIND, BindError.ADDRESS_IN_USE))
                : new Allowed(free.cardinality());
    }

    /** With SO_REUSEADDR the range is searched in two parts, the lower one of an even number of ports. */
    private static int firstOfUpperPart(WantedConnect wanted, PortRange dynamic) {
        boolean inParts = wanted.bind().sharing().reuseAddress() == Flag.SET && dynamic.size() >= 4;
        return inParts ? dynamic.first() + dynamic.size() / 4 * 2 : dynamic.first();
    }
}
