package dev.berth.diagnosis;

import dev.berth.net.Endpoint;
import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.Owner;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.SocketFlags;
import dev.berth.platform.SocketId;
import org.jspecify.annotations.Nullable;

/**
 * One socket on a port, in the hands of one process. A socket that several processes hold makes several holders with the
 * same inode.
 *
 * @param remote null where there is no remote end
 * @param process null where no process is known; then {@code noProcess} says why
 * @param expiresInMillis time until the kernel lets go, for TIME_WAIT and orphaned FIN_WAIT2; null otherwise
 * @param inode what ties it to its processes, as {@code SocketRow.inode}; 0 where the kernel alone holds the socket, or Windows names no process
 * @param accepted whether a listener is on the same port, so that this connection came in rather than going out
 * @param id which socket it is, for an act that must not hit another
 * @param uid who made the socket; null where the kernel alone holds it
 * @param flags how it shares its port; null where nobody asked
 */
public record Holder(
        Cause cause,
        Protocol protocol,
        TcpState state,
        Endpoint local,
        @Nullable Endpoint remote,
        @Nullable ProcessInfo process,
        Owner.@Nullable Reason noProcess,
        NetworkNamespace netns,
        @Nullable Integer expiresInMillis,
        long inode,
        boolean accepted,
        boolean v6Only,
        SocketId id,
        @Nullable Integer uid,
        @Nullable SocketFlags flags) {
    /** The process id of the kernel of Windows. */
    static final int WINDOWS_KERNEL = 4;

    /**
     * Whether the system itself has the socket, or its first process, so that nobody can be ended for it. On Windows process 4
     * is the kernel with its drivers, of which http.sys has ports most often.
     */
    public boolean ofTheSystem() {
        return process != null && (process.pid() <= 1 || netns.isOnly() && process.pid() == WINDOWS_KERNEL);
    }

    /** Whether the connection is closed and no process has it any more: the kernel keeps it for a while. */
    public boolean isLeftover() {
        return state == TcpState.TIME_WAIT || noProcess == Owner.Reason.KERNEL_HELD;
    }

    /** Which socket it is, for telling the sockets of one look apart; the same for all processes that have it. */
    public Socket socket() {
        return netns.isOnly() || inode == 0 ? new Socket(0, id) : new Socket(inode, null);
    }

    /**
     * One socket of a look.
     *
     * @param inode 0 where the system tells none, and {@code id} stands for it
     */
    public record Socket(long inode, @Nullable SocketId id) {}

    /** The same holder, with the answer to how its socket shares the port. */
    public Holder with(SocketFlags answer) {
        return new Holder(
                cause,
                protocol,
                state,
                local,
                remote,
                process,
                noProcess,
                netns,
                expiresInMillis,
                inode,
                accepted,
                v6Only,
                id,
                uid,
                answer);
    }
}
