package dev.berth.linux.settings;

import dev.berth.linux.kernel.Glob;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One line of a sysctl.d file that says something: sysctl.d(5).
 *
 * @param path which settings it is about, under {@code /proc/sys}; it may be a {@link Glob}
 * @param value what it assigns; null where it only keeps patterns away from {@code path}
 */
public record SysctlLine(String path, @Nullable String value) {
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /** Reads one line; null where it is blank, a comment, or says nothing the system would act on. */
    public static @Nullable SysctlLine parse(String text) {
        String line = text.strip();
        if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
            return null;
        }
        int equals = line.indexOf('=');
        boolean dashed = line.startsWith("-"); // with a value: do not complain when it fails; without: an exception
        if (equals < 0 && !dashed) {
            return null;
        }
        String key = line.substring(dashed ? 1 : 0, equals < 0 ? line.length() : Math.max(equals, dashed ? 1 : 0));
        String path = path(key.strip());
        return path.isEmpty() ? null : new SysctlLine(path, equals < 0 ? null : plain(line.substring(equals + 1)));
    }

    /** Whether this line is about the setting {@code name}, such as {@code net.ipv4.tcp_tw_reuse}. */
    boolean isAbout(String name) {
        String wanted = path(name);
        return isPattern() ? new Glob(path).matches(wanted) : path.equals(wanted);
    }

    public boolean isPattern() {
        return Glob.isOne(path);
    }

    /** A value as Berth compares and prints it: without outer blanks, and one blank where there were tabs. */
    public static String plain(String value) {
        return BLANKS.matcher(value.strip()).replaceAll(" ");
    }

    /** The first separator decides: after a dot, dots separate and a slash is a dot within a name. */
    private static String path(String key) {
        int dot = key.indexOf('.');
        int slash = key.indexOf('/');
        boolean dotted = dot >= 0 && (slash < 0 || dot < slash);
        var path = new StringBuilder(key);
        for (int i = 0; dotted && i < path.length(); i++) {
            char c = path.charAt(i);
            path.setCharAt(i, c == '.' ? '/' : c == '/' ? '.' : c);
        }
        int start = 0;
        while (start < path.length() && path.charAt(start) == '/') {
            start++;
        }
        return path.substring(start);
    }
}
