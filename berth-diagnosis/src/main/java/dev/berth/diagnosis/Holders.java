package dev.berth.diagnosis;

import dev.berth.net.Endpoint;
import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.Owner;
import dev.berth.platform.Owners;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.SocketColumns;
import dev.berth.platform.SocketId;
import dev.berth.platform.SocketRow;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Who holds a port: one holder for each socket and process. */
public final class Holders {
    private Holders() {}

    /**
     * The holders of {@code sockets}, in order of precedence of their cause, then by process id, unknown ones last.
     *
     * @param sockets all sockets of the port in question, so that accepted connections can be told from outgoing ones
     * @param processes asked once for each process id
     */
    public static List<Holder> of(
            SocketColumns sockets,
            Owners owners,
            IntFunction<Optional<ProcessInfo>> processes,
            NetworkNamespace netns) {
        var named = new Processes(owners, processes);
        BitSet listening = listeningPorts(sockets);
        var holders = new ArrayList<Holder>();
        for (var row = sockets.cursor(); row.next(); ) {
            boolean accepted = comesIn(row) && listening.get(row.localPort());
            List<ProcessInfo> processesOfRow = named.holding(row.inode());
            for (ProcessInfo process : processesOfRow) {
                holders.add(holder(row, process, null, netns, accepted));
            }
            if (processesOfRow.isEmpty()) {
                holders.add(holder(row, null, named.whyNobodyHolds(row.inode()).in(netns), netns, accepted));
            }
        }
        holders.sort(Holders::byPrecedence);
        return List.copyOf(holders);
    }

    /** Written out, because a chain of Comparator's own lambdas is spun anew at every start. */
    private static int byPrecedence(Holder one, Holder other) {
        int order = one.cause().compareTo(other.cause());
        order = order != 0 ? order : Integer.compare(pid(one), pid(other));
        order = order != 0 ? order : compare(one.local(), other.local());
        order = order != 0 ? order : compare(remote(one), remote(other));
        order = order != 0 ? order : Long.compare(one.inode(), other.inode());
        return order != 0
                ? order
                : Long.compareUnsigned(one.id().cookie(), other.id().cookie());
    }

    private static int pid(Holder holder) {
        return holder.process() == null ? Integer.MAX_VALUE : holder.process().pid();
    }

    private static Endpoint remote(Holder holder) {
        return holder.remote() == null ? new Endpoint(holder.local().address(), 0) : holder.remote();
    }

    private static int compare(Endpoint one, Endpoint other) {
        int order = one.address().compareTo(other.address());
        return order != 0 ? order : Integer.compare(one.port(), other.port());
    }

    private static BitSet listeningPorts(SocketColumns sockets) {
        var ports = new BitSet();
        for (var row = sockets.cursor(); row.next(); ) {
            if (row.protocol() == Protocol.TCP && row.state() == TcpState.LISTEN) {
                ports.set(row.localPort());
            }
        }
        return ports;
    }

    private static boolean comesIn(SocketRow row) {
        return row.protocol() == Protocol.TCP
                && !row.isSelfConnect()
                && switch (row.state()) {
                    case LISTEN, BOUND, SYN_SENT -> false;
                    case ESTABLISHED, SYN_RECV, FIN_WAIT1, FIN_WAIT2, TIME_WAIT, CLOSE_WAIT, LAST_ACK, CLOSING -> true;
                };
    }

    private static Cause cause(SocketRow row) {
        return switch (row.state()) {
            case LISTEN -> Cause.LISTENER;
            case BOUND -> row.protocol() == Protocol.UDP ? Cause.LISTENER : Cause.BOUND_ONLY;
            case TIME_WAIT -> Cause.TIME_WAIT;
            case ESTABLISHED, SYN_SENT, SYN_RECV, FIN_WAIT1, FIN_WAIT2, CLOSE_WAIT, LAST_ACK, CLOSING -> Cause.CLIENT;
        };
    }

    private static Holder holder(
            SocketRow row,
            @Nullable ProcessInfo process,
            Owner.@Nullable Reason noProcess,
            NetworkNamespace netns,
            boolean accepted) {
        Endpoint remote = row.remotePort() == 0 ? null : row.remote();
        return new Holder(
                cause(row),
                row.protocol(),
                row.state(),
                row.local(),
                remote,
                process,
                noProcess,
                netns,
                row.expiresInMillis() < 0 ? null : row.expiresInMillis(),
                row.inode(),
                accepted,
                row.v6Only(),
                SocketId.of(row),
                row.inode() == 0 || row.uid() == -1 ? null : row.uid(),
                null);
    }
}
