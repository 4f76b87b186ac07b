package dev.berth.linux;

import dev.berth.linux.kernel.Datagrams;
import dev.berth.linux.kernel.DescriptorSink;
import dev.berth.linux.kernel.DiagRefusedException;
import dev.berth.linux.kernel.DiagTable;
import dev.berth.linux.kernel.Kernel;
import dev.berth.linux.kernel.KernelFiles;
import dev.berth.net.PortRange;
import dev.berth.platform.BindOutcome;
import dev.berth.platform.BindRequest;
import dev.berth.platform.HostReadException;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.OwnerQuery;
import dev.berth.platform.SocketQuery;
import java.time.Instant;
import java.util.Set;

/** A kernel that refuses some tables, as one built without them does. */
record WithoutSockDiag(Kernel kernel, Set<DiagTable> refused) implements Kernel {
    @Override
    public Datagrams diag(DiagTable table, SocketQuery query, PortRange ports) throws DiagRefusedException {
        if (refused.contains(table)) {
            throw new DiagRefusedException("sock_diag: ENOENT");
        }
        return kernel.diag(table, query, ports);
    }

    @Override
    public NetworkNamespace namespace() {
        return kernel.namespace();
    }

    @Override
    public KernelFiles files() {
        return kernel.files();
    }

    @Override
    public void descriptors(OwnerQuery query, DescriptorSink sink) throws HostReadException {
        kernel.descriptors(query, sink);
    }

    @Override
    public BindOutcome bind(BindRequest request) {
        return kernel.bind(request);
    }

    @Override
    public Instant readAt() {
        return kernel.readAt();
    }

    @Override
    public boolean recorded() {
        return kernel.recorded();
    }

    @Override
    public void close() {
        kernel.close();
    }
}
