package dev.berth.net;

/**
 * An inclusive run of ports. Port 0 means "kernel, pick one" and so is never part of a range; readers of a kernel's
 * lists clip it and keep the raw text.
 */
public record PortRange(int first, int last) implements Comparable<PortRange> {
    /** Every port there is: 1 to 65535. */
    public static final PortRange ALL = new PortRange(1, Ports.LAST);

    public PortRange {
        if (first < 1 || last > Ports.LAST || first > last) {
            throw new IllegalArgumentException(
                    "ports %d-%d: want 1 <= first <= last <= %d".formatted(first, last, Ports.LAST));
        }
    }

    /** The range of one port. */
    public static PortRange of(int port) {
        return new PortRange(port, port);
    }

    /**
     * Reads {@code 8080} or {@code 8080-8090}.
     *
     * @throws IllegalArgumentException with a message fit for a person when {@code text} is neither
     */
    public static PortRange parse(String text) {
        int dash = text.indexOf('-');
        if (dash < 0) {
            return of(Ports.parse(text, 1));
        }
        int first = Ports.parse(text.substring(0, dash), 1);
        int last = Ports.parse(text.substring(dash + 1), 1);
        if (first > last) {
            throw new IllegalArgumentException("'%s' runs backwards: want the lower port first".formatted(text));
        }
        return new PortRange(first, last);
    }

    public boolean contains(int port) {
        return first <= port && port <= last;
    }

    /** How many ports: at least 1. */
    public int size() {
        return last - first + 1;
    }

    @Override
    public int compareTo(PortRange other) {
        return first != other.first ? Integer.compare(first, other.first) : Integer.compare(last, other.last);
    }

    /** As Linux prints it: {@code 8080} or {@code 8080-8090}. Reads back by {@link #parse}. */
    @Override
    public String toString() {
        return first == last ? Integer.toString(first) : first + "-" + last;
    }
}
