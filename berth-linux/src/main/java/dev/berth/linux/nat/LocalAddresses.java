package dev.berth.linux.nat;

import dev.berth.net.IpAddress;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;

/** The addresses of one network namespace, as the files of {@code /proc/net} list them. */
final class LocalAddresses {
    private static final String LEAF = "|-- ";
    private static final int V6_DIGITS = 32;

    private LocalAddresses() {}

    /** {@code /proc/net/fib_trie}: each leaf a line of its own, and the routes to it on the lines below. */
    static Set<IpAddress> inFibTrie(String text) {
        var addresses = new HashSet<IpAddress>();
        IpAddress leaf = null;
        for (String line : text.split("\n", -1)) {
            int at = line.indexOf(LEAF);
            if (at >= 0) {
                leaf = Blocks.address(line.substring(at + LEAF.length()).strip());
            } else if (leaf != null && line.strip().equals("/32 host LOCAL")) {
                addresses.add(leaf);
            }
        }
        return addresses;
    }

    /** {@code /proc/net/if_inet6}: an address to a line, first its 32 digits. */
    static Set<IpAddress> inIfInet6(String text) {
        var addresses = new HashSet<IpAddress>();
        for (String line : text.split("\n", -1)) {
            String digits = line.substring(0, Math.min(V6_DIGITS, line.length()));
            if (digits.length() == V6_DIGITS && digits.chars().allMatch(HexFormat::isHexDigit)) {
                addresses.add(IpAddress.of(HexFormat.of().parseHex(digits)));
            }
        }
        return addresses;
    }
}
