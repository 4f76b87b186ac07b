package dev.berth.net.rule;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A way in which some versions of Linux answer otherwise than the rules say, which were taken from 6.18. Distributions
 * bring fixes back without changing the version, so what is told of a version is what it may do.
 *
 * @param matter which rule it is about
 * @param versions which, for a person
 * @param what a sentence: what they do
 * @param source where that is known from
 */
public record KernelDeviation(Matter matter, String versions, String what, String source) {
    /** What a deviation is about. */
    public enum Matter {
        TCP_BIND,
        UDP_BIND,
        CONNECT,
        /** Every rule: the version is not known. */
        EVERYTHING
    }

    private static final int SINCE_EVER = 0;
    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,4})\\.(\\d{1,4}).*");

    private record Known(int first, int end, KernelDeviation deviation) {}

    private static final List<Known> ALL = List.of(
            new Known(
                    SINCE_EVER,
                    version(6, 1),
                    new KernelDeviation(
                            Matter.TCP_BIND,
                            "before 6.1",
                            "An IPv6 connection whose socket is not v6-only also stands in the way of a bind to 127.0.0.6.",
                            "net/ipv4/inet_connection_sock.c before the table of ports by address (28044fc1d495)")),
            new Known(
                    version(6, 1),
                    version(6, 2),
                    new KernelDeviation(
                            Matter.TCP_BIND,
                            "early 6.1",
                            "A connection in TIME_WAIT may be overlooked, so that a bind succeeds that the rule refuses.",
                            "commit \"tcp: Add TIME_WAIT sockets in bhash2\", fixed in 6.2 and 6.1.y")),
            new Known(
                    version(6, 1),
                    version(6, 6),
                    new KernelDeviation(
                            Matter.TCP_BIND,
                            "6.1 to 6.5",
                            "A bind to a v4-mapped address (::ffff:0.0.0.0, ::ffff:127.0.0.1) may succeed beside an IPv4 "
                                    + "socket that it overlaps.",
                            "commits \"tcp: Fix bind() regression for v4-mapped-v6 (non-)wildcard address\", fixed in 6.6")),
            new Known(
                    version(6, 6),
                    version(6, 9),
                    new KernelDeviation(
                            Matter.TCP_BIND,
                            "6.6 to 6.8",
                            "A bind to a v4-mapped address may fail beside a v6-only socket for every address, which it "
                                    + "does not overlap.",
                            "commit \"tcp: Fix bind() regression for v6-only wildcard and v4-mapped-v6 non-wildcard "
                                    + "addresses\", fixed in 6.9")),
            new Known(
                    SINCE_EVER,
                    version(7, 0),
                    new KernelDeviation(
                            Matter.UDP_BIND,
                            "before 7.0, but for stable versions with the fix (6.18.44 has it)",
                            "With more than 10 UDP sockets on a port, a bind to every address may succeed beside sockets "
                                    + "for single ones.",
                            "commit e537dd15d0d4 \"udp: Fix wildcard bind conflict check when using hash2\"")),
            new Known(
                    SINCE_EVER,
                    version(6, 18),
                    new KernelDeviation(
                            Matter.CONNECT,
                            "before 6.18",
                            "Once a socket has owned a port, the port stays closed to automatic choice until every "
                                    + "connection on it is gone.",
                            "net/ipv4/inet_hashtables.c, inet_put_port before SOCK_CONNECT_BIND")));

    private static final KernelDeviation UNREADABLE = new KernelDeviation(
            Matter.EVERYTHING,
            "unknown",
            "The version of this kernel could not be read; the rules were taken from 6.18, and some versions differ.",
            "uname(2)");

    static List<KernelDeviation> of(String release) {
        Matcher numbers = NUMBERS.matcher(release);
        if (!numbers.matches()) {
            return List.of(UNREADABLE);
        }
        int version = version(Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)));
        return ALL.stream()
                .filter(known -> known.first <= version && version < known.end)
                .map(Known::deviation)
                .toList();
    }

    private static int version(int major, int minor) {
        return major * 10_000 + minor;
    }
}
