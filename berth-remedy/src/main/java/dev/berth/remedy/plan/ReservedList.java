package dev.berth.remedy.plan;

import dev.berth.net.PortSet;

/**
 * A list of reserved ports as the system keeps it.
 *
 * @param zero whether it has port 0, which nobody can hold, and which a list must not lose when it is merged
 */
public record ReservedList(PortSet ports, boolean zero) {
    /** Nothing is reserved. */
    public static final ReservedList EMPTY = new ReservedList(PortSet.EMPTY, false);

    /**
     * Reads {@code 80,8080-8090}.
     *
     * @throws IllegalArgumentException with a message fit for a person
     */
    public static ReservedList parse(String text) {
        String list = text.strip();
        boolean zero = list.matches("0([,-].*)?");
        String ports = !zero ? list : list.startsWith("0-") ? "1" + list.substring(1) : list.replaceFirst("0,?", "");
        return new ReservedList(ports.equals("1-0") ? PortSet.EMPTY : PortSet.parse(ports), zero);
    }

    /** The ports of both. */
    public ReservedList plus(ReservedList other) {
        return new ReservedList(ports.plus(other.ports), zero || other.zero);
    }

    /** Those ports of this that are not in the other. */
    public ReservedList minus(ReservedList other) {
        return new ReservedList(ports.minus(other.ports), zero && !other.zero);
    }

    /** As it is written; reads back by {@link #parse}. */
    @Override
    public String toString() {
        return !zero ? ports.toString() : ports.isEmpty() ? "0" : "0," + ports;
    }
}
