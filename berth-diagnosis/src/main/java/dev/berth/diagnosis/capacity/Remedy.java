package dev.berth.diagnosis.capacity;

import dev.berth.diagnosis.Fix;
import dev.berth.net.PortRange;
import org.jspecify.annotations.Nullable;

/** One way to carry more calls, as what it makes of a {@link Load}. */
public sealed interface Remedy {
    /**
     * Calls share connections that stay open, so that each takes a port for no longer than it lasts.
     *
     * @param connections how many are open at a time; null where it is not known how long a call lasts
     */
    record ReuseConnections(@Nullable Long connections) implements Remedy {}

    /** The TIME_WAIT is kept by who closes first. */
    record ServerClosesFirst() implements Remedy {}

    /** @param total addresses or ports of the server, those that there are included */
    record MoreDestinations(long total) implements Remedy {}

    /** @param total local addresses, those that there are included */
    record MoreSources(long total) implements Remedy {}

    /** @param pool the ports that there are then */
    record FewerClosed(Pool pool) implements Remedy {}

    /** @param pool the ports that are left of it */
    record WiderRange(PortRange range, Pool pool) implements Remedy {}

    /** @param seconds how old a TIME_WAIT must be before a new connection may take it over */
    record TakeOverTimeWait(double seconds) implements Remedy {}

    /** @param seconds what TcpTimedWaitDelay would be set to */
    record ShorterTimeWait(double seconds) implements Remedy {}

    /** Stable, as {@link Fix#id()} is. */
    default String id() {
        return switch (this) {
            case ReuseConnections _ -> "reuse-connections";
            case ServerClosesFirst _ -> "server-closes-first";
            case MoreDestinations _ -> "add-destinations";
            case MoreSources _ -> "add-sources";
            case FewerClosed _ -> "open-closed-ports";
            case WiderRange _ -> "widen-range";
            case TakeOverTimeWait _ -> "reuse-time-wait";
            case ShorterTimeWait _ -> "shorten-time-wait";
        };
    }

    /** What it can break. */
    default Fix.Risk risk() {
        return switch (this) {
            case ReuseConnections _, ServerClosesFirst _, MoreDestinations _, MoreSources _ -> Fix.Risk.LOW;
            case FewerClosed _, WiderRange _, TakeOverTimeWait _, ShorterTimeWait _ -> Fix.Risk.MEDIUM;
        };
    }

    /** Whether it helps only where connections to different destinations, or from different sources, can have the same port. */
    default boolean needsSharing() {
        return this instanceof MoreDestinations || this instanceof MoreSources;
    }

    /** The load once it is done. */
    default Load appliedTo(Load load) {
        return switch (this) {
            case ReuseConnections _, ServerClosesFirst _ -> load.withTimeWait(0);
            case MoreDestinations(long total) -> load.withDestinations(total);
            case MoreSources(long total) -> load.withSources(total);
            case FewerClosed(Pool pool) -> load.withPool(pool);
            case WiderRange(var _, Pool pool) -> load.withPool(pool);
            case TakeOverTimeWait(double seconds) -> load.withTimeWait(seconds);
            case ShorterTimeWait(double seconds) -> load.withTimeWait(seconds);
        };
    }

    /** One line: what to do, and what it costs. */
    default String summary() {
        return switch (this) {
            case ReuseConnections(var connections) ->
                "keep connections open and use them again (keep-alive, a pool, HTTP/2): "
                        + (connections == null
                                ? "as many at a time as calls a second times the seconds of a call"
                                : Amounts.count(connections) + " at a time");
            case ServerClosesFirst _ ->
                "let the server close first, where the protocol allows it: the TIME_WAIT is then the server's, and takes no "
                        + "port here";
            case MoreDestinations(long total) ->
                "spread the calls evenly over " + Amounts.count(total) + " addresses or ports of the server";
            case MoreSources(long total) ->
                "spread the calls evenly over " + Amounts.count(total)
                        + " source addresses; on Linux set IP_BIND_ADDRESS_NO_PORT before a bind to one, or each "
                        + "connection takes its port from every destination";
            case FewerClosed(Pool pool) ->
                "reserve fewer ports of the range, and free those that sockets own: up to " + Amounts.count(pool.size())
                        + " ports are left then; what a server needs must stay reserved";
            case WiderRange(PortRange range, Pool pool) ->
                "draw from the range " + range + ", " + Amounts.count(pool.size())
                        + " ports; first reserve every port in it that a server listens on";
            case TakeOverTimeWait(double seconds) ->
                "let outgoing connections take over TIME_WAITs after " + Amounts.seconds(seconds)
                        + " (tcp_tw_reuse=1 of Linux); both ends must use TCP timestamps, and it does nothing for a server";
            case ShorterTimeWait(double seconds) ->
                "what if TIME_WAIT lasted " + Amounts.seconds(seconds)
                        + ", as TcpTimedWaitDelay was documented to make it on Windows; no source shows that a current one "
                        + "heeds it";
        };
    }
}
