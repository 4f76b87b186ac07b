package dev.berth.linux.kernel;

import dev.berth.net.PortRange;
import dev.berth.platform.BindOutcome;
import dev.berth.platform.BindRequest;
import dev.berth.platform.HostReadException;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.OwnerQuery;
import dev.berth.platform.SocketQuery;
import java.time.Instant;

/** A kernel of which a test makes up the parts it is about: it has no sockets, no processes, and binds nothing. */
public interface KernelInParts extends Kernel {
    @Override
    default NetworkNamespace namespace() {
        return NetworkNamespace.ONLY;
    }

    @Override
    default Datagrams diag(DiagTable table, SocketQuery query, PortRange ports) throws DiagRefusedException {
        throw new DiagRefusedException("not in this test");
    }

    @Override
    default void descriptors(OwnerQuery query, DescriptorSink sink) throws HostReadException {}

    @Override
    default BindOutcome bind(BindRequest request) {
        throw new UnsupportedOperationException("not in this test");
    }

    @Override
    default Instant readAt() {
        return Instant.EPOCH;
    }

    @Override
    default boolean recorded() {
        return true;
    }

    @Override
    default void close() {}
}
