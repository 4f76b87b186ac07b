package dev.berth.remedy.free;

import dev.berth.diagnosis.Explanation;
import dev.berth.diagnosis.Holder;
import java.util.Set;

/**
 * What a plan rests on.
 *
 * @param why why the port is not available, and who holds it
 * @param boundByNumber the cookies of the sockets that asked for the port by number: destroying a connection of such a
 *     socket leaves the port bound (SOCK_BINDPORT_LOCK, tcp_set_state in net/ipv4/tcp.c)
 * @param lineage whom no act may end
 * @param privileged whether Berth may do and see what takes the master of this machine
 */
public record Situation(Explanation why, Set<Long> boundByNumber, Lineage lineage, boolean privileged) {
    public Situation {
        boundByNumber = Set.copyOf(boundByNumber);
    }

    /**
     * Whether it may be the connection of the session that Berth was typed into: a process that Berth comes from has it,
     * or who has it is hidden.
     */
    boolean mayCarryTheSession(Holder holder) {
        if (holder.isLeftover()) {
            return false;
        }
        return holder.process() == null
                ? holder.accepted()
                : why.holders().stream()
                        .anyMatch(other -> other.inode() == holder.inode() && lineage.startedFrom(other.process()));
    }

    boolean keepsItsPort(Holder holder) {
        long cookie = holder.id().cookie();
        return cookie != 0 && boundByNumber.contains(cookie);
    }
}
