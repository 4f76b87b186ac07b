package dev.berth.client.tuples;

/**
 * For whom a port that carries a connection is taken, and one in TIME_WAIT: for that destination only, or for all.
 *
 * @param inUseForAll a second bind is refused while a connection has the port
 * @param waitsForAll a second bind is refused in TIME_WAIT too
 */
public record Scope(boolean inUseForAll, boolean waitsForAll) {
    /** Linux, every socket bound with {@code SO_REUSEADDR}: only the same four-tuple is refused. */
    public static final Scope FOUR_TUPLE = new Scope(false, false);
    /** Windows, bound exclusively: a port in TIME_WAIT can be bound, and only the same four-tuple is refused at connect. */
    public static final Scope PORT_UNTIL_CLOSED = new Scope(true, false);
    /** Linux without {@code SO_REUSEADDR}. */
    public static final Scope PORT = new Scope(true, true);
}
