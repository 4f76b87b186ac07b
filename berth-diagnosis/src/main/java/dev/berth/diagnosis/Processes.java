package dev.berth.diagnosis;

import dev.berth.platform.Owner;
import dev.berth.platform.Owners;
import dev.berth.platform.ProcessInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Names the processes behind sockets; asks for each process once. */
public final class Processes {
    private final Owners owners;
    private final IntFunction<Optional<ProcessInfo>> lookup;
    private final Map<Integer, Optional<ProcessInfo>> known = new HashMap<>();

    public Processes(Owners owners, IntFunction<Optional<ProcessInfo>> lookup) {
        this.owners = owners;
        this.lookup = lookup;
    }

    /** Whether no holder of any socket is known. */
    public boolean noneKnown() {
        return owners.isEmpty();
    }

    /** The process with this id, or null when it has ended; 0 is no process. */
    public @Nullable ProcessInfo of(int pid) {
        return pid == 0 ? null : known.computeIfAbsent(pid, lookup::apply).orElse(null);
    }

    /** Every process that still holds the socket, in order of process id. */
    public List<ProcessInfo> holding(long inode) {
        var living = new ArrayList<ProcessInfo>();
        if (owners.of(inode) instanceof Owner.Held(List<Integer> pids)) {
            for (int pid : pids) {
                ProcessInfo process = of(pid);
                if (process != null) {
                    living.add(process);
                }
            }
        }
        return living;
    }

    /** The first process that holds the socket, or null where none is known. */
    public @Nullable ProcessInfo firstHolding(long inode) {
        return of(owners.firstPidOf(inode));
    }

    /** The lowest process id that holds the socket, or 0 where none is known. */
    public int firstPidHolding(long inode) {
        return owners.firstPidOf(inode);
    }

    /** Why nobody holds the socket: a process that was seen holding it and has ended since counts as nobody. */
    public Owner.Reason whyNobodyHolds(long inode) {
        return owners.of(inode) instanceof Owner.Nobody(Owner.Reason reason) ? reason : Owner.Reason.NO_DESCRIPTOR;
    }
}
