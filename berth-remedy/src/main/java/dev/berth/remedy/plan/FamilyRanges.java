package dev.berth.remedy.plan;

import dev.berth.net.PortRange;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The dynamic range of a protocol on Windows, which netsh keeps for each family, and sets for one at a time.
 *
 * @see dev.berth.platform.WindowsSetting#dynamicPorts
 */
public record FamilyRanges(PortRange ipv4, PortRange ipv6) {
    private static final Pattern TEXT = Pattern.compile("([0-9-]{3,11})(?: ipv6 ([0-9-]{3,11}))?");

    /** Null where the text is none. */
    public static @Nullable FamilyRanges parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            return null;
        }
        try {
            PortRange ipv4 = PortRange.parse(parts.group(1));
            return new FamilyRanges(ipv4, parts.group(2) == null ? ipv4 : PortRange.parse(parts.group(2)));
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    /** Whether {@code now} is what a writer has left that was killed when it had set one family and not the other. */
    public static boolean torn(String whole, String found, String now) {
        FamilyRanges to = parse(whole);
        FamilyRanges from = parse(found);
        FamilyRanges there = parse(now);
        return to != null
                && from != null
                && there != null
                && (there.ipv4.equals(to.ipv4) || there.ipv4.equals(from.ipv4))
                && (there.ipv6.equals(to.ipv6) || there.ipv6.equals(from.ipv6));
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return ipv4.equals(ipv6) ? ipv4.toString() : ipv4 + " ipv6 " + ipv6;
    }
}
