package dev.berth.remedy.plan;

import dev.berth.diagnosis.Processes;
import dev.berth.net.PortSet;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.InodeSet;
import dev.berth.platform.OwnerQuery;
import dev.berth.platform.ProcessInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who has the ports that servers were seen on. */
final class ServerNames {
    private ServerNames() {}

    /** @see Terrain.Servers#named */
    static List<String> of(PortSet ports, SocketsSeen seen, HostNetwork host) {
        var inodes = new InodeSet();
        ports.ports().mapToLong(seen::inodeAt).filter(inode -> inode != 0).forEach(inodes::add);
        try {
            var processes = new Processes(host.owners(OwnerQuery.everyHolder(inodes)), host::processLabel);
            return ports.ports()
                    .mapToObj(port -> named(port, processes.firstHolding(seen.inodeAt(port))))
                    .toList();
        } catch (HostReadException unknown) {
            return ports.ports().mapToObj(String::valueOf).toList();
        }
    }

    private static String named(int port, @Nullable ProcessInfo process) {
        return process == null ? String.valueOf(port) : "%d (%s(%d))".formatted(port, process.name(), process.pid());
    }
}
