package dev.berth.linux.sockets;

import dev.berth.linux.kernel.KernelFiles;
import dev.berth.net.PortRange;
import dev.berth.net.TcpState;
import dev.berth.platform.SocketQuery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Cuts a query in two by local port, so that two threads can read at once. The cut is the middle of the dynamic range,
 * where the clients are; each half still walks the kernel's whole table, so more than two would gain nothing.
 */
final class LocalPortSlices {
    private static final Set<TcpState> IN_A_TABLE_OF_THEIR_OWN = EnumSet.of(TcpState.LISTEN);
    private static final int NOT_WORTH_CUTTING = 1024; // ports

    private LocalPortSlices() {}

    static List<PortRange> of(SocketQuery query, int parts, KernelFiles files) {
        PortRange ports = query.localPorts();
        if (parts < 2 || ports.size() <= NOT_WORTH_CUTTING || IN_A_TABLE_OF_THEIR_OWN.containsAll(query.states())) {
            return List.of(ports);
        }
        int middle = middleOfDynamicRange(files);
        if (middle < ports.first() || middle >= ports.last()) {
            middle = ports.first() + ports.size() / 2;
        }
        return List.of(new PortRange(ports.first(), middle), new PortRange(middle + 1, ports.last()));
    }

    private static int middleOfDynamicRange(KernelFiles files) {
        try {
            byte[] text = files.read("/proc/sys/net/ipv4/ip_local_port_range");
            String[] ends = new String(text == null ? new byte[0] : text, StandardCharsets.US_ASCII)
                    .strip()
                    .split("\\s+", -1);
            return (Integer.parseInt(ends[0]) + Integer.parseInt(ends[ends.length - 1])) / 2;
        } catch (IOException | NumberFormatException e) {
            return 0; // any cut is right, some are faster
        }
    }
}
