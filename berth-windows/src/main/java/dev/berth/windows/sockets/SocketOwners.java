package dev.berth.windows.sockets;

import dev.berth.platform.Gap;
import dev.berth.platform.HostReadException;
import dev.berth.platform.Owner;
import dev.berth.platform.OwnerQuery;
import dev.berth.platform.Owners;
import dev.berth.platform.SocketCursor;
import dev.berth.platform.SocketDump;
import dev.berth.platform.SocketQuery;
import dev.berth.windows.system.WindowsSystem;
import java.util.List;

/**
 * Which processes hold which sockets. The tables name the owner of each, so there is nothing to search: what ties a socket to its
 * process is the process id. It names one process, the one that made the socket, which may have ended where another has inherited
 * it.
 */
public final class SocketOwners {
    private SocketOwners() {}

    /** @param gaps what is not known of the owners */
    public static Owners of(WindowsSystem system, OwnerQuery query, List<Gap> gaps) throws HostReadException {
        var owners = new Owners.Builder();
        if (query.inodes() != null) {
            for (long pid : query.inodes().toArray()) {
                owners.add(pid, (int) pid);
            }
        } else {
            addAll(system, owners);
        }
        return owners.build(true, Owner.Reason.NO_DESCRIPTOR, gaps);
    }

    private static void addAll(WindowsSystem system, Owners.Builder owners) throws HostReadException {
        try (SocketDump dump = WindowsSockets.dump(system, SocketQuery.everything())) {
            for (SocketCursor part : dump.parts()) {
                while (part.next()) {
                    if (part.inode() != 0) {
                        owners.add(part.inode(), (int) part.inode());
                    }
                }
            }
        }
    }
}
