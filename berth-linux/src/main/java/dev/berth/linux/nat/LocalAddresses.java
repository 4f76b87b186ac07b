package dev.berth.linux.nat;

import dev.berth.linux.kernel.KernelFiles;
import dev.berth.net.IpAddress;
import dev.berth.platform.HostReadException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The addresses of one network namespace, as the files of {@code /proc/net} list them. */
public final class LocalAddresses {
    private static final String V4 = "/proc/net/fib_trie";
    private static final String LEAF = "|-- ";
    private static final int V6_DIGITS = 32;

    private LocalAddresses() {}

    public static Set<IpAddress> read(KernelFiles files) throws HostReadException {
        String v4 = text(files, V4);
        if (v4 == null) {
            throw unreadable(V4 + " is not there");
        }
        var addresses = inFibTrie(v4);
        String v6 = text(files, "/proc/net/if_inet6"); // not there without IPv6
        if (v6 != null) {
            addresses.addAll(inIfInet6(v6));
        }
        return addresses;
    }

    private static @Nullable String text(KernelFiles files, String path) throws HostReadException {
        try {
            byte[] bytes = files.read(path);
            return bytes == null ? null : new String(bytes, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw unreadable(path + " cannot be read: " + e.getMessage());
        }
    }

    private static HostReadException unreadable(String why) {
        return new HostReadException(
                HostReadException.Kind.NOT_ON_THIS_SYSTEM,
                "cannot read the addresses of this host",
                why,
                "mount /proc of this network namespace");
    }

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
