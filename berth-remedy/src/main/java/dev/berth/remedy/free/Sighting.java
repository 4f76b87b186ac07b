package dev.berth.remedy.free;

import dev.berth.net.PortRange;
import dev.berth.net.Protocol;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.InodeSet;
import dev.berth.platform.Owner;
import dev.berth.platform.OwnerQuery;
import dev.berth.platform.Owners;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.SocketCursor;
import dev.berth.platform.SocketDump;
import dev.berth.platform.SocketId;
import dev.berth.platform.SocketQuery;
import dev.berth.platform.SocketRow;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/** A second look at one port, just before an act: is it still what was shown? */
final class Sighting {
    private final HostNetwork host;
    private final SocketQuery port;

    Sighting(HostNetwork host, int port, Protocol protocol) {
        this.host = host;
        this.port = SocketQuery.all(protocol).with(PortRange.of(port));
    }

    /** Which of these very sockets are still there, in one look however many they are. */
    Set<SocketId> there(Set<SocketId> shown) throws HostReadException {
        var there = new HashSet<SocketId>();
        look(row -> {
            var id = SocketId.of(row);
            if (shown.contains(id)) {
                there.add(id);
            }
        });
        return there;
    }

    /** Which of these sockets are still on the port. */
    InodeSet still(Set<Long> inodes) throws HostReadException {
        var there = new InodeSet();
        look(row -> {
            if (inodes.contains(row.inode())) {
                there.add(row.inode());
            }
        });
        return there;
    }

    private void look(Consumer<SocketRow> each) throws HostReadException {
        try (SocketDump dump = host.sockets(port, 1)) {
            for (SocketCursor row : dump.parts()) {
                while (row.next()) {
                    each.accept(row);
                }
            }
        }
    }

    /** Whether that very process still holds one of these sockets. */
    boolean holds(ProcessInfo shown, Set<Long> inodes) throws HostReadException {
        InodeSet there = still(inodes);
        if (there.isEmpty()) {
            return false;
        }
        Owners owners = host.owners(OwnerQuery.everyHolder(there));
        boolean holding = inodes.stream()
                .anyMatch(inode -> owners.of(inode) instanceof Owner.Held(var pids) && pids.contains(shown.pid()));
        return holding
                && host.process(shown.pid())
                        .filter(now -> Objects.equals(now.startedAt(), shown.startedAt()))
                        .isPresent();
    }
}
