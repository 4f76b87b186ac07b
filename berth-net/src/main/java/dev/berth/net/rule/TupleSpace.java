package dev.berth.net.rule;

import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.TcpState;
import java.util.BitSet;

/**
 * The local ports that connections from one source address to one destination may have, and what became of each: all that
 * connect(2) can choose from when no port was bound. Immutable.
 *
 * <p>On Linux a port is skipped when it is reserved, when any socket on any address of either family owns it (a listener,
 * its accepted connections, a socket bound to it by number or by port 0), or when the very four-tuple exists and is not a
 * TIME_WAIT that may be recycled ({@code __inet_hash_connect} in net/ipv4/inet_hashtables.c).
 *
 * <p>What has left can leave a trace that no table shows: a connection that owns its port, was bound to a wildcard and
 * joined automatic ones there no longer closes the port once they are gone, although it is counted so here.
 */
public final class TupleSpace {
    private final PortRange range;
    private final PortSet drawable;
    private final PortSet taken;
    private final PortSet recyclable;
    private final PortSet perhapsClosed;

    private TupleSpace(Builder built) {
        this.range = built.range;
        PortSet owned = PortSet.of(built.owned);
        // an owner that was bound to a wildcard joins the automatic connections of its address unnoticed when it
        // connects, and 6.18 may then open the port as soon as another socket of it ends: __inet_bhash2_update_saddr
        PortSet shared = owned.intersect(PortSet.of(built.drawn));
        PortSet closed = PortSet.of(built.closed).plus(owned.minus(shared));
        this.drawable = PortSet.of(range).minus(built.reserved).minus(closed);
        this.taken = drawable.intersect(PortSet.of(built.taken));
        this.recyclable = taken.intersect(PortSet.of(built.recyclable)).minus(PortSet.of(built.lasting));
        this.perhapsClosed = drawable.intersect(PortSet.of(built.perhapsClosed).plus(shared));
    }

    /** Starts with every port of the dynamic range but the reserved ones, and nothing in use. */
    public static Builder over(PortRange dynamic, PortSet reserved) {
        return new Builder(dynamic, reserved);
    }

    /** Takes in sockets one by one, in any order, and keeps no object for them: seven bits for each port. */
    public static final class Builder {
        private final PortRange range;
        private final PortSet reserved;
        private final BitSet closed = new BitSet();
        private final BitSet perhapsClosed = new BitSet();
        private final BitSet taken = new BitSet();
        private final BitSet recyclable = new BitSet();
        private final BitSet lasting = new BitSet();
        private final BitSet owned = new BitSet();
        private final BitSet drawn = new BitSet();

        private Builder(PortRange range, PortSet reserved) {
            this.range = range;
            this.reserved = reserved;
        }

        /** A socket owns the port, on whatever address and of whatever family: automatic choice passes it over. */
        public Builder closed(int port) {
            closed.set(port);
            return this;
        }

        /** A socket is on the port, and it is not known whether it owns it or was given it by connect(2). */
        public Builder perhapsClosed(int port) {
            perhapsClosed.set(port);
            return this;
        }

        /**
         * The four-tuple of this space with that local port exists, in any state.
         *
         * @param mayRecycle whether a new connection may take it over: a TIME_WAIT that is old enough, see
         *     {@link TimeWaitReuse}
         */
        public Builder taken(int port, boolean mayRecycle) {
            taken.set(port);
            (mayRecycle ? recyclable : lasting).set(port);
            return this;
        }

        /**
         * Counts a TCP socket for what it is: {@link #closed}, {@link #perhapsClosed}, {@link #taken} or nothing.
         *
         * @param state SYN_RECV counts as a four-tuple: its listener closes the port
         * @param sameTuple whether it runs from the source of this space to its destination
         * @param mayRecycle as {@link #taken} has it; of no meaning but for a TIME_WAIT
         */
        public Builder socket(int port, TcpState state, Origin origin, boolean sameTuple, boolean mayRecycle) {
            if (state == TcpState.LISTEN || state == TcpState.BOUND) {
                closed(port);
            } else if (state != TcpState.SYN_RECV) {
                switch (origin) {
                    case OWNED -> owned.set(port);
                    case AUTOMATIC -> drawn.set(port);
                    case UNKNOWN -> perhapsClosed(port);
                }
            }
            return sameTuple ? taken(port, mayRecycle && state == TcpState.TIME_WAIT) : this;
        }

        /** Takes in every socket that {@code other} was told of, about the same range. */
        public Builder addAll(Builder other) {
            closed.or(other.closed);
            perhapsClosed.or(other.perhapsClosed);
            taken.or(other.taken);
            recyclable.or(other.recyclable);
            lasting.or(other.lasting);
            owned.or(other.owned);
            drawn.or(other.drawn);
            return this;
        }

        public TupleSpace build() {
            return new TupleSpace(this);
        }
    }

    /** The dynamic range that the space lies in. */
    public PortRange range() {
        return range;
    }

    /**
     * How many connections there can be at once: the range without reserved and closed ports. An upper bound, since
     * sockets bound to an address and port 0 look like automatic ones and close their port all the same.
     */
    public int capacity() {
        return drawable.size();
    }

    /** How many of them there are, in any state. */
    public int inUse() {
        return taken.size();
    }

    /** How many of those in use a new connection may take over. */
    public int recyclable() {
        return recyclable.size();
    }

    /** How many more connections there can be now: an upper bound, as {@link #capacity} is. */
    public int left() {
        return capacity() - inUse() + recyclable();
    }

    /** The ports that a new connection may be given now even if every port that is perhaps closed is closed. */
    public PortSet usableForSure() {
        return usable().minus(perhapsClosed);
    }

    /** The ports that a new connection may be given now. */
    public PortSet usable() {
        return drawable.minus(taken).plus(recyclable);
    }

    /**
     * How much of the preferred half is used up, 0 to 100: the ports with the parity of the range's low end, which Linux
     * tries first. Once they are gone every connect passes over half the range. 100 where that half has no port at all.
     */
    public double preferredHalfUsedPercent() {
        int preferred = drawable.sizeWithParityOf(range.first());
        int usable = usable().sizeWithParityOf(range.first());
        return preferred == 0 ? 100.0 : 100.0 * (preferred - usable) / preferred;
    }
}
