package dev.berth.windows.tuning;

import dev.berth.net.PortRange;
import dev.berth.platform.Settings.Family;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The dynamic ranges of both families, as one text: {@code 49152-65535}, or {@code 49152-65535 ipv6 1024-15000}. */
record DynamicRanges(PortRange v4, PortRange v6) {
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,5}-[0-9]{1,5})(?: ipv6 ([0-9]{1,5}-[0-9]{1,5}))?");

    /** KB 929851 says 1025. Real machines show 1024, and what one had must be possible to give back. */
    private static final int LOWEST_START = 1024;

    private static final int FEWEST_PORTS = 255;

    static @Nullable DynamicRanges parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        try {
            PortRange v4 = PortRange.parse(matcher.group(1));
            return new DynamicRanges(v4, matcher.group(2) == null ? v4 : PortRange.parse(matcher.group(2)));
        } catch (IllegalArgumentException e) {
            return null; // ports there are none of
        }
    }

    PortRange of(Family family) {
        return family == Family.IPV4 ? v4 : v6;
    }

    /** What Windows has against it; null where nothing. */
    @Nullable
    String unfit() {
        if (Math.min(v4.first(), v6.first()) < LOWEST_START) {
            return "Windows takes no dynamic range that begins below 1025";
        }
        return Math.min(v4.size(), v6.size()) < FEWEST_PORTS
                ? "Windows takes no dynamic range of fewer than 255 ports"
                : null;
    }

    @Override
    public String toString() {
        return v4.equals(v6) ? v4.toString() : v4 + " ipv6 " + v6;
    }
}
