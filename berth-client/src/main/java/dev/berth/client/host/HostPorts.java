package dev.berth.client.host;

import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import java.util.Optional;

/** The ports of this host that a client had better not take. Each answer is read anew. */
public interface HostPorts {
    /** Where nothing can be known. */
    HostPorts UNKNOWN = new HostPorts() {
        @Override
        public Optional<PortRange> dynamicRange() {
            return Optional.empty();
        }

        @Override
        public Optional<PortSet> reserved() {
            return Optional.empty();
        }

        @Override
        public PortSet listening() {
            return PortSet.EMPTY;
        }
    };

    /** The range that automatic choice takes ports from, or nothing where that cannot be read. */
    Optional<PortRange> dynamicRange();

    /** The ports that automatic choice passes over, or nothing where that cannot be read. */
    Optional<PortSet> reserved();

    /** The ports with a listener, on whatever address; those that can be read. Takes milliseconds. */
    PortSet listening();
}
