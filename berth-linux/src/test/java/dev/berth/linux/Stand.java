package dev.berth.linux;

import dev.berth.linux.kernel.Kernel;
import dev.berth.linux.kernel.LibC;
import dev.berth.linux.kernel.Namespaces;
import dev.berth.net.PortRange;
import dev.berth.net.TcpState;
import dev.berth.platform.HostControl;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.NamespaceChoice;
import dev.berth.platform.ProcessRef;
import dev.berth.platform.SocketColumns;
import dev.berth.platform.SocketId;
import dev.berth.platform.SocketQuery;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;

/** A private network namespace, Berth's view of it, and puppets that live in it. */
final class Stand implements AutoCloseable {
    private final PrivateNamespace namespace;
    private final HostNetwork host;
    private final Deque<Puppet> puppets = new ArrayDeque<>();

    private Stand(PrivateNamespace namespace, HostNetwork host) {
        this.namespace = namespace;
        this.host = host;
    }

    static Stand open() throws Exception {
        var namespace = PrivateNamespace.open();
        try {
            Kernel kernel = kernel(new NamespaceChoice.OfProcess(namespace.pid()));
            return new Stand(namespace, new LinuxHost(kernel, List.of()));
        } catch (Exception e) {
            namespace.close();
            throw e;
        }
    }

    /** The running kernel, without its processes' descriptors. */
    static Kernel kernel(NamespaceChoice choice) throws HostReadException {
        return Namespaces.open(choice, LibC.here(), (query, sink) -> {})
                .kernels()
                .getFirst();
    }

    PrivateNamespace namespace() {
        return namespace;
    }

    HostNetwork host() {
        return host;
    }

    HostControl control() {
        return host.control();
    }

    Puppet puppet(String... prefix) throws Exception {
        Puppet puppet = namespace.call(() -> Puppet.start(prefix));
        puppets.push(puppet);
        return puppet;
    }

    ProcessRef ref(Puppet puppet) {
        return ref(puppet.pid());
    }

    ProcessRef ref(int pid) {
        return new ProcessRef(
                pid, Objects.requireNonNull(host.process(pid).orElseThrow().startedAt()));
    }

    /** A socket as a table shows it, with what it is known by. */
    record Row(TcpState state, long inode, SocketId id) {}

    /** The one socket with this local port and state, as soon as it is there. */
    Row row(int port, TcpState state) throws Exception {
        List<Row> rows = rows(port, state);
        for (int tries = 0; rows.isEmpty() && tries < 100; tries++) { // the peer may take 40 ms to acknowledge a FIN
            Thread.sleep(20);
            rows = rows(port, state);
        }
        if (rows.size() != 1) {
            throw new AssertionError("sockets in " + state + " on " + port + ": " + rows);
        }
        return rows.getFirst();
    }

    List<Row> rows(int port, TcpState state) throws Exception {
        SocketColumns found = host.snapshot(
                        SocketQuery.everything().with(PortRange.of(port)).with(EnumSet.of(state)))
                .sockets();
        var rows = new ArrayList<Row>();
        for (var row = found.cursor(); row.next(); ) {
            var remote = row.remotePort() == 0 ? null : row.remote();
            rows.add(new Row(
                    row.state(),
                    row.inode(),
                    new SocketId(row.protocol(), row.local(), remote, row.device(), row.cookie())));
        }
        return rows;
    }

    @Override
    public void close() throws IOException {
        puppets.forEach(Puppet::close);
        host.close();
        namespace.close();
    }
}
