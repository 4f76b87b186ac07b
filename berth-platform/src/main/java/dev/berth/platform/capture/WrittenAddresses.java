package dev.berth.platform.capture;

import dev.berth.net.IpAddress;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The addresses in a text, as people and tools write them; hardware addresses become zeros. */
public final class WrittenAddresses {
    private static final String V4 = "(?<![0-9.])[0-9]{1,3}(?:\\.[0-9]{1,3}){3}(?![0-9]|\\.[0-9])";
    private static final String V6 = "(?<![0-9a-zA-Z:])(?:[0-9a-fA-F]{0,4}:){2,8}[0-9a-fA-F.]*(?![0-9a-zA-Z:])";

    /** As in the names of Podman's chains: {@code nv_2f259bab_10_88_0_0_nm16}. */
    private static final String V4_IN_A_NAME = "(?<=_)[0-9]{1,3}(?:_[0-9]{1,3}){3}(?=_)";

    private static final Pattern ANY = Pattern.compile(V6 + "|" + V4 + "|" + V4_IN_A_NAME);
    private static final Pattern HARDWARE =
            Pattern.compile("(?<![\\w:])[0-9a-fA-F]{2}(?::[0-9a-fA-F]{2}){5}(?![\\w:])");
    private static final Pattern SIXTEEN_BYTES = Pattern.compile("(?m)^[0-9a-f]{32}(?= )");

    private final UnaryOperator<IpAddress> change;

    public WrittenAddresses(UnaryOperator<IpAddress> change) {
        this.change = change;
    }

    public String replaced(String text) {
        String without = HARDWARE.matcher(text).replaceAll("00:00:00:00:00:00");
        return ANY.matcher(without).replaceAll(found -> Matcher.quoteReplacement(changed(found.group())));
    }

    private String changed(String found) {
        boolean named = found.indexOf('_') >= 0;
        try {
            String other = change.apply(IpAddress.parse(named ? found.replace('_', '.') : found))
                    .toString();
            return named ? other.replace('.', '_') : other;
        } catch (IllegalArgumentException e) {
            return found; // a time of day
        }
    }

    /** 32 digits at the start of a line, as in {@code /proc/net/if_inet6}. */
    public String replacedDigits(String text) {
        return SIXTEEN_BYTES.matcher(text).replaceAll(found -> {
            String digits = found.group();
            IpAddress other = change.apply(new IpAddress(
                    Long.parseUnsignedLong(digits, 0, 16, 16), Long.parseUnsignedLong(digits, 16, 32, 16)));
            return "%016x%016x".formatted(other.high(), other.low());
        });
    }
}
