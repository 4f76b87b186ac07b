package dev.berth.diagnosis;

import dev.berth.net.Endpoint;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.ProcessInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something about the ports of a host that is wrong or will be. Each kind has a page under {@code docs/findings/} named
 * after its {@link #id}.
 */
public sealed interface Finding {
    /** Stable, lower-case, with hyphens. */
    String id();

    Severity severity();

    /**
     * A server's port is one that automatic choice may draw: at its next start, it may find a client there.
     *
     * @param processes who listens, as far as known
     */
    record ListenerInDynamicRange(int port, Protocol protocol, List<ProcessInfo> processes) implements Finding {
        @Override
        public String id() {
            return "listener-in-dynamic-range";
        }

        @Override
        public Severity severity() {
            return Severity.WARNING;
        }
    }

    /** Ports are reserved now, and no file says so: the next start forgets them. */
    record ReservationNotPersistent(PortSet ports) implements Finding {
        @Override
        public String id() {
            return "reservation-not-persistent";
        }

        @Override
        public Severity severity() {
            return Severity.WARNING;
        }
    }

    /**
     * A file sets what is not in force.
     *
     * @param setting the kernel's name for it
     * @param persistent what the file says
     * @param source the file and line
     */
    record PersistentNotActive(String setting, String persistent, String source, String running) implements Finding {
        @Override
        public String id() {
            return "persistent-not-active";
        }

        @Override
        public Severity severity() {
            return Severity.WARNING;
        }
    }

    /** The ends of the dynamic range have the same parity: Linux shares it out unevenly, and says so in its log. */
    record RangeEndsSameParity(PortRange range) implements Finding {
        @Override
        public String id() {
            return "range-ends-same-parity";
        }

        @Override
        public Severity severity() {
            return Severity.INFO;
        }
    }

    /**
     * A process keeps connections whose peers have closed.
     *
     * @param process null where the owners are not known: then the sockets may be those of several processes
     * @param busiest the remote endpoint most of them had
     */
    record CloseWaitLeak(@Nullable ProcessInfo process, int sockets, Endpoint busiest) implements Finding {
        @Override
        public String id() {
            return "close-wait-leak";
        }

        @Override
        public Severity severity() {
            return Severity.WARNING;
        }
    }

    /** Most ports that Linux tries first are used up for one destination: every connect scans half the range. */
    record TupleSpacePastCliff(Destination destination) implements Finding {
        @Override
        public String id() {
            return "tuple-space-past-cliff";
        }

        @Override
        public Severity severity() {
            return Severity.WARNING;
        }
    }

    /** No local port is left for one destination, or nearly none: connects to it fail, or are about to. */
    record TupleSpaceExhausted(Destination destination) implements Finding {
        @Override
        public String id() {
            return "tuple-space-exhausted";
        }

        @Override
        public Severity severity() {
            return Severity.CRITICAL;
        }
    }

    /**
     * A socket holds a port without listening or being connected.
     *
     * @param process null where the owner is not known
     */
    record BoundOnlyHolder(Endpoint local, @Nullable ProcessInfo process) implements Finding {
        @Override
        public String id() {
            return "bound-only-holder";
        }

        @Override
        public Severity severity() {
            return Severity.INFO;
        }
    }

    /**
     * A client drew the port it was calling and is now connected to itself, in the way of the server.
     *
     * @param process null where the owner is not known
     */
    record SelfConnect(Endpoint endpoint, @Nullable ProcessInfo process) implements Finding {
        @Override
        public String id() {
            return "self-connect";
        }

        @Override
        public Severity severity() {
            return Severity.CRITICAL;
        }
    }
}
