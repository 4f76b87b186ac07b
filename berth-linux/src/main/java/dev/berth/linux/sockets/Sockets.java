package dev.berth.linux.sockets;

import dev.berth.linux.kernel.Datagrams;
import dev.berth.linux.kernel.DiagRefusedException;
import dev.berth.linux.kernel.DiagTable;
import dev.berth.linux.kernel.Kernel;
import dev.berth.linux.kernel.KernelRelease;
import dev.berth.net.PortRange;
import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import dev.berth.platform.Gap;
import dev.berth.platform.SocketCursor;
import dev.berth.platform.SocketDump;
import dev.berth.platform.SocketQuery;
import dev.berth.platform.SocketQuery.PortOrigin;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The sockets of one namespace: from sock_diag, and from procfs where sock_diag is refused, for each protocol apart. */
public final class Sockets {
    private static final Set<TcpState> BOUND_ONLY = EnumSet.of(TcpState.BOUND);
    private static final Set<TcpState> UDP_STATES = EnumSet.of(TcpState.ESTABLISHED, TcpState.BOUND);

    private final Kernel kernel;
    private final SocketQuery query;
    private final List<DiagCursor.Reply> first = new ArrayList<>();
    private final List<DiagCursor.Reply> second = new ArrayList<>();
    private final List<ProcNetCursor.Table> files = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();

    private Sockets(Kernel kernel, SocketQuery query) {
        this.kernel = kernel;
        this.query = query;
    }

    /**
     * Starts reading.
     *
     * @param parts how many threads will read at once; more than two are no help
     * @param known what is missing beside what this source does not show
     */
    public static SocketDump dump(Kernel kernel, SocketQuery query, int parts, List<Gap> known) {
        var sockets = new Sockets(kernel, query);
        sockets.gaps.addAll(known);
        boolean opened = false;
        try {
            if (query.protocols().contains(Protocol.TCP)) {
                sockets.openTcp(parts);
            }
            if (query.protocols().contains(Protocol.UDP) && sockets.asksForUdpStates()) {
                sockets.openUdp();
            }
            opened = true;
            return sockets.new Dump();
        } finally {
            if (!opened) {
                sockets.closeAll();
            }
        }
    }

    /** Whether TCP sockets that are bound and nothing else can be seen: by sock_diag only, and not on older kernels. */
    public static boolean showsBound(Kernel kernel) {
        SocketQuery cheap =
                SocketQuery.all(Protocol.TCP).with(EnumSet.of(TcpState.LISTEN)).with(PortRange.of(1));
        try (Datagrams _ = kernel.diag(DiagTable.TCP, cheap, PortRange.ALL)) {
            return KernelRelease.of(kernel.files()).showsBoundSockets();
        } catch (DiagRefusedException e) {
            return false;
        }
    }

    private boolean asksForUdpStates() {
        return query.states().stream().anyMatch(UDP_STATES::contains);
    }

    private void openTcp(int parts) {
        try {
            KernelRelease release = KernelRelease.of(kernel.files());
            boolean bound = query.states().contains(TcpState.BOUND);
            List<PortRange> slices = Slices.of(query, parts, kernel);
            if (slices.size() == 1) {
                first.add(ask(query, slices.getFirst()));
            } else {
                openInTwo(slices, bound && release.showsBoundSockets());
            }
            if (bound && !release.showsBoundSockets()) {
                gaps.add(new Gap(
                        "TCP sockets that are bound and neither listen nor connect",
                        "Linux " + release + " does not report them; 6.8 and later do"));
            }
        } catch (DiagRefusedException e) {
            closeAll();
            readFiles(Protocol.TCP, "tcp", e);
        }
    }

    /**
     * Sockets that are bound only are in a table of their own, where the kernel passes over those of every connection as well:
     * so it is walked once, and beside the other part.
     */
    private void openInTwo(List<PortRange> slices, boolean bound) throws DiagRefusedException {
        var states = EnumSet.copyOf(query.states());
        states.remove(TcpState.BOUND);
        SocketQuery others = query.with(states);
        first.add(ask(others, slices.getFirst()));
        if (bound) {
            second.add(askLater(query.with(BOUND_ONLY), PortRange.ALL));
        }
        second.add(askLater(others, slices.getLast()));
    }

    private DiagCursor.Reply ask(SocketQuery part, PortRange slice) throws DiagRefusedException {
        return reply(kernel.diag(DiagTable.TCP, part, slice), part, slice);
    }

    private DiagCursor.Reply askLater(SocketQuery part, PortRange slice) {
        return reply(new AskedLater(() -> kernel.diag(DiagTable.TCP, part, slice)), part, slice);
    }

    private static DiagCursor.Reply reply(Datagrams datagrams, SocketQuery part, PortRange slice) {
        return new DiagCursor.Reply(Protocol.TCP, datagrams, new RowFilter(part, slice));
    }

    private void openUdp() {
        var replies = new ArrayList<DiagCursor.Reply>();
        try {
            replies.add(askUdp(DiagTable.UDP_V4));
            replies.add(askUdp(DiagTable.UDP_V6));
            first.addAll(replies);
        } catch (DiagRefusedException e) {
            replies.forEach(reply -> reply.datagrams().close());
            readFiles(Protocol.UDP, "udp", e);
        }
    }

    private DiagCursor.Reply askUdp(DiagTable table) throws DiagRefusedException {
        return new DiagCursor.Reply(
                Protocol.UDP, kernel.diag(table, query, PortRange.ALL), new RowFilter(query, PortRange.ALL));
    }

    private void readFiles(Protocol protocol, String file, DiagRefusedException refusal) {
        String why = "sock_diag is refused (" + refusal.getMessage() + "), and /proc/net/" + file + " leaves them out";
        if (protocol == Protocol.TCP && query.states().contains(TcpState.BOUND)) {
            gaps.add(new Gap("TCP sockets that are bound and neither listen nor connect", why));
        }
        if (protocol == Protocol.TCP && query.states().equals(BOUND_ONLY)) {
            return;
        }
        gaps.add(new Gap(
                "cookies, cgroups, devices and v6-only marks of " + protocol + " sockets, and limits of backlogs",
                why));
        if (query.origin() == PortOrigin.EXPLICIT) {
            gaps.add(new Gap("which " + protocol + " ports were asked for by number, but for listeners", why));
            if (protocol == Protocol.UDP || !query.states().contains(TcpState.LISTEN)) {
                return;
            }
        }
        files.add(new ProcNetCursor.Table("/proc/net/" + file, protocol));
        files.add(new ProcNetCursor.Table("/proc/net/" + file + "6", protocol));
    }

    /** What may be taken from a file: a listener closes its port to automatic choice, of others it does not tell. */
    private RowFilter filterOfFiles() {
        boolean explicit = query.origin() == PortOrigin.EXPLICIT;
        return new RowFilter(explicit ? query.with(EnumSet.of(TcpState.LISTEN)) : query, PortRange.ALL);
    }

    private void closeAll() {
        for (var replies : List.of(first, second)) {
            replies.forEach(reply -> reply.datagrams().close());
            replies.clear();
        }
    }

    private final class Dump implements SocketDump {
        private final List<SocketCursor> parts = new ArrayList<>();

        Dump() {
            SocketCursor diag = new DiagCursor(first);
            parts.add(
                    files.isEmpty()
                            ? diag
                            : new Concatenation(diag, new ProcNetCursor(kernel.files(), files, filterOfFiles())));
            if (!second.isEmpty()) {
                parts.add(new DiagCursor(second));
            }
        }

        @Override
        public List<SocketCursor> parts() {
            return List.copyOf(parts);
        }

        @Override
        public List<Gap> gaps() {
            return List.copyOf(gaps);
        }

        @Override
        public void close() {
            closeAll();
        }
    }
}
