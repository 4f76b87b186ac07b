package dev.berth.diagnosis.capacity;

import dev.berth.diagnosis.Fix;
import dev.berth.net.PortRange;
import org.jspecify.annotations.Nullable;

/** One way to carry more calls, as what it makes of a {@link Load}. */
public sealed interface Remedy {
    /** Stable, as {@link Fix#id()} is. */
    String id();

    /** One line: what to do, and what it costs. */
    String summary();

    /** What it can break. */
    Fix.Risk risk();

    /** The load once it is done. */
    Load appliedTo(Load load);

    /**
     * Calls share connections that stay open. A port is then taken for no longer than a call.
     *
     * @param connections how many must be open at a time; null where it is not known how long a call lasts
     */
    record ReuseConnections(@Nullable Long connections) implements Remedy {
        @Override
        public String id() {
            return "reuse-connections";
        }

        @Override
        public String summary() {
            return "keep connections open and use them again (keep-alive, a pool, HTTP/2): "
                    + (connections == null
                            ? "as many at a time as calls a second times the seconds of a call"
                            : Amounts.count(connections) + " at a time");
        }

        @Override
        public Fix.Risk risk() {
            return Fix.Risk.LOW;
        }

        @Override
        public Load appliedTo(Load load) {
            return load.withTimeWait(0);
        }
    }

    /** The TIME_WAIT is kept by who closes first. */
    record ServerClosesFirst() implements Remedy {
        @Override
        public String id() {
            return "server-closes-first";
        }

        @Override
        public String summary() {
            return "let the server close first, where the protocol allows it: the TIME_WAIT is then the server's, and takes no "
                    + "port here";
        }

        @Override
        public Fix.Risk risk() {
            return Fix.Risk.LOW;
        }

        @Override
        public Load appliedTo(Load load) {
            return load.withTimeWait(0);
        }
    }

    /** @param total addresses or ports of the server, those that there are included */
    record MoreDestinations(long total) implements Remedy {
        @Override
        public String id() {
            return "add-destinations";
        }

        @Override
        public String summary() {
            return "spread the calls over " + Amounts.count(total) + " addresses or ports of the server";
        }

        @Override
        public Fix.Risk risk() {
            return Fix.Risk.LOW;
        }

        @Override
        public Load appliedTo(Load load) {
            return load.withDestinations(total);
        }
    }

    /** @param total local addresses, those that there are included */
    record MoreSources(long total) implements Remedy {
        @Override
        public String id() {
            return "add-sources";
        }

        @Override
        public String summary() {
            return "spread the calls over " + Amounts.count(total)
                    + " source addresses; on Linux set IP_BIND_ADDRESS_NO_PORT before a bind to one, or each connection takes its port from every destination";
        }

        @Override
        public Fix.Risk risk() {
            return Fix.Risk.LOW;
        }

        @Override
        public Load appliedTo(Load load) {
            return load.withSources(total);
        }
    }

    /** @param pool the ports that are left of it */
    record WiderRange(PortRange range, Pool pool) implements Remedy {
        @Override
        public String id() {
            return "widen-range";
        }

        @Override
        public String summary() {
            return "draw from the range " + range + ", " + Amounts.count(pool.size())
                    + " ports; first reserve every port in it that a server listens on";
        }

        @Override
        public Fix.Risk risk() {
            return Fix.Risk.MEDIUM;
        }

        @Override
        public Load appliedTo(Load load) {
            return load.withPool(pool);
        }
    }

    /** @param seconds how old a TIME_WAIT must be before a new connection may take it over */
    record TakeOverTimeWait(double seconds) implements Remedy {
        @Override
        public String id() {
            return "reuse-time-wait";
        }

        @Override
        public String summary() {
            return "let outgoing connections take over TIME_WAITs after " + Amounts.seconds(seconds)
                    + " (tcp_tw_reuse=1 of Linux); both ends must use TCP timestamps, and it does nothing for a server";
        }

        @Override
        public Fix.Risk risk() {
            return Fix.Risk.MEDIUM;
        }

        @Override
        public Load appliedTo(Load load) {
            return load.withTimeWait(seconds);
        }
    }

    /** @param seconds what TcpTimedWaitDelay would be set to */
    record ShorterTimeWait(double seconds) implements Remedy {
        @Override
        public String id() {
            return "shorten-time-wait";
        }

        @Override
        public String summary() {
            return "what if TIME_WAIT lasted " + Amounts.seconds(seconds)
                    + ", as TcpTimedWaitDelay was documented to make it on Windows; no source shows that a current one heeds it";
        }

        @Override
        public Fix.Risk risk() {
            return Fix.Risk.MEDIUM;
        }

        @Override
        public Load appliedTo(Load load) {
            return load.withTimeWait(seconds);
        }
    }
}
