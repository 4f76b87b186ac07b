package dev.berth.diagnosis.capacity;

import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import org.jspecify.annotations.Nullable;

/**
 * The local ports that connections from one source address to one destination share.
 *
 * @param range what they are drawn from, or null where only their number is known
 * @param closed ports that automatic choice passes over, wherever they are: reserved ones, and those that a socket owns
 * @param size how many ports, 0 to 65535
 * @param triedFirst how many of them Linux tries first, those with the parity of the range's low end
 * @param kept how many more there would be but for connections that stay open
 */
public record Pool(@Nullable PortRange range, PortSet closed, int size, int triedFirst, int kept) {
    /** What a Linux host has that nobody tuned. */
    static final Pool OF_LINUX = of(new PortRange(32_768, 60_999));

    /** What a Windows host has that nobody tuned. */
    static final Pool OF_WINDOWS = of(new PortRange(49_152, 65_535));

    /** Every port of a range. */
    public static Pool of(PortRange range) {
        return of(range, PortSet.EMPTY);
    }

    /** The ports of a range that are not closed. */
    public static Pool of(PortRange range, PortSet closed) {
        PortSet ports = PortSet.of(range).minus(closed);
        return new Pool(range, closed, ports.size(), ports.sizeWithParityOf(range.first()), 0);
    }

    /** So many ports in a row, which nothing closes. */
    public static Pool of(int ports) {
        return new Pool(null, PortSet.EMPTY, ports, (ports + 1) / 2, 0);
    }

    /** How many ports of the range are closed. */
    public int closedInRange() {
        return range == null ? 0 : range.size() - size - kept;
    }

    /** The same with so many taken by connections that stay open: of those tried first, as Linux gives them. */
    Pool less(int connections) {
        int taken = Math.min(connections, size);
        return new Pool(range, closed, size - taken, Math.max(0, triedFirst - taken), kept + taken);
    }

    /** The same with nothing closed; null where only the number of ports is known. */
    @Nullable
    Pool opened() {
        return range == null ? null : of(range).less(kept);
    }

    /** The same with a range that reaches as far as {@code wide} at both ends. */
    Pool widenedTo(PortRange wide) {
        return of(
                        range == null
                                ? wide
                                : new PortRange(
                                        Math.min(range.first(), wide.first()), Math.max(range.last(), wide.last())),
                        closed)
                .less(kept);
    }
}
