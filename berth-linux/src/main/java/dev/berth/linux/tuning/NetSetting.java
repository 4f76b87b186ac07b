package dev.berth.linux.tuning;

import dev.berth.platform.ActOutcome;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What names and values of settings look like: a plan may come from a file, and must not lead anywhere else. */
final class NetSetting {
    /** What a network namespace has of its own is under {@code net}; what is elsewhere is the whole machine's. */
    private static final Pattern NAME = Pattern.compile("net(\\.[A-Za-z0-9_-]+)+");

    private static final Pattern VALUE = Pattern.compile("[ -~]*");

    private NetSetting() {}

    static boolean isOne(String name) {
        return NAME.matcher(name).matches();
    }

    static String path(String name) {
        return "/proc/sys/" + key(name);
    }

    /** With the slashes of a path, as configuration files may write it too. */
    static String key(String name) {
        return name.replace('.', '/');
    }

    /** Why no setting can have that value, or null; no value at all is for others to judge. */
    static @Nullable ActOutcome unfit(@Nullable String text) {
        return text == null || VALUE.matcher(text).matches()
                ? null
                : new ActOutcome.Failed("a value is one line of plain characters");
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
