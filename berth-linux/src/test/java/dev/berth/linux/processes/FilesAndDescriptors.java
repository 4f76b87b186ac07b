package dev.berth.linux.processes;

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

/** A kernel with the two things an owner search asks of it. */
record FilesAndDescriptors(KernelFiles files, Walk walk) implements Kernel {
    /** A walk as a test tells it. */
    interface Walk {
        void walk(OwnerQuery query, DescriptorSink sink) throws HostReadException;
    }

    @Override
    public void descriptors(OwnerQuery query, DescriptorSink sink) throws HostReadException {
        walk.walk(query, sink);
    }

    @Override
    public NetworkNamespace namespace() {
        return NetworkNamespace.ONLY;
    }

    @Override
    public Datagrams diag(DiagTable table, SocketQuery query, PortRange ports) throws DiagRefusedException {
        throw new DiagRefusedException("not in this test");
    }

    @Override
    public BindOutcome bind(BindRequest request) {
        throw new UnsupportedOperationException("not in this test");
    }

    @Override
    public Instant readAt() {
        return Instant.EPOCH;
    }

    @Override
    public boolean recorded() {
        return true;
    }

    @Override
    public void close() {}
}
