package dev.berth.windows.sockets;

import dev.berth.platform.Gap;
import dev.berth.platform.HostReadException;
import dev.berth.platform.InodeSet;
import dev.berth.platform.Owner;
import dev.berth.platform.OwnerQuery;
import dev.berth.platform.Owners;
import dev.berth.platform.SocketCursor;
import dev.berth.platform.SocketDump;
import dev.berth.platform.SocketQuery;
import dev.berth.windows.system.WindowsSystem;
import java.util.ArrayList;
import java.util.List;

/**
 * Which processes hold which sockets. The tables name the owner of each, so there is nothing to search: what ties a socket to its
 * process is the process id. It names one process, the one that made the socket, which may have ended where another has inherited
 * it; then its id may be a later process's, which nobody may end for that socket.
 */
public final class SocketOwners {
    private SocketOwners() {}

    /** @param gaps what is not known of any owner */
    public static Owners of(WindowsSystem system, OwnerQuery query, List<Gap> gaps) throws HostReadException {
        InodeSet keys = query.inodes() == null ? everyKey(system) : query.inodes();
        var owners = new Owners.Builder();
        for (long key : keys.toArray()) {
            if (!OwnerKey.isPassedOn(key)) {
                owners.add(key, OwnerKey.pid(key));
            }
        }
        var all = new ArrayList<>(gaps);
        all.addAll(OwnerGaps.of(system, keys));
        return owners.build(true, Owner.Reason.NO_DESCRIPTOR, all);
    }

    private static InodeSet everyKey(WindowsSystem system) throws HostReadException {
        var keys = new InodeSet();
        try (SocketDump dump = WindowsSockets.dump(system, SocketQuery.everything())) {
            for (SocketCursor part : dump.parts()) {
                while (part.next()) {
                    keys.add(part.inode());
                }
            }
        }
        return keys;
    }
}
