package dev.berth.linux.configured;

import dev.berth.net.IpAddress;
import dev.berth.net.PortRange;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a service listens, as configuration files write it.
 *
 * @param address null where it is every address, or a name
 */
record ListenPoint(PortRange ports, @Nullable IpAddress address) {
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+._-]*://");

    /**
     * Reads a list of {@code 80}, {@code 80-90}, {@code 10.0.0.1:80}, {@code [::1]:80}, {@code *:80}, {@code name:80} and
     * {@code http://name:80/path}, apart by commas and blanks. Paths, port 0 and what has no port are passed over.
     */
    static List<ListenPoint> parse(String text) {
        var points = new ArrayList<ListenPoint>();
        for (String word : text.split("[\\s,\"']+", -1)) {
            ListenPoint point = one(SCHEME.matcher(word).replaceFirst(""));
            if (point != null) {
                points.add(point);
            }
        }
        return points;
    }

    private static @Nullable ListenPoint one(String word) {
        int slash = word.indexOf('/');
        String place = slash < 0 ? word : word.substring(0, slash);
        int colon = place.lastIndexOf(':');
        String host = place.substring(0, Math.max(0, colon));
        boolean bare = host.indexOf(':') >= 0 && !isBracketed(host);
        PortRange ports = ports(place.substring(colon + 1));
        IpAddress address = address(host);
        return ports == null || bare && address == null && !isEvery(host) ? null : new ListenPoint(ports, address);
    }

    /** The ports of {@code 80} or {@code 80-90}; null where it is neither. */
    static @Nullable PortRange ports(String text) {
        try {
            return PortRange.parse(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The one address that {@code text} is; null where it is a name, or stands for every address. */
    static @Nullable IpAddress address(String text) {
        String inner = isBracketed(text) ? text.substring(1, text.length() - 1) : text;
        int zone = inner.indexOf('%');
        try {
            IpAddress address = IpAddress.parse(zone < 0 ? inner : inner.substring(0, zone));
            return address.isAny() ? null : address;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    static boolean isEvery(String text) {
        try {
            return IpAddress.parse(text).isAny();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isBracketed(String text) {
        return text.length() >= 2 && text.startsWith("[") && text.endsWith("]");
    }
}
