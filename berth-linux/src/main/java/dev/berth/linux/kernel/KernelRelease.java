package dev.berth.linux.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which Linux this is.
 *
 * @param text as uname(2) has it, such as {@code 6.18.44-amd64}; {@code unknown} where it cannot be read
 * @param major 0 where it cannot be read
 */
public record KernelRelease(String text, int major, int minor) {
    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,4})\\.(\\d{1,4}).*");

    public static KernelRelease of(KernelFiles files) {
        byte[] read;
        try {
            read = files.read("/proc/sys/kernel/osrelease");
        } catch (IOException e) {
            read = null;
        }
        return read == null
                ? new KernelRelease("unknown", 0, 0)
                : parse(new String(read, StandardCharsets.US_ASCII).strip());
    }

    static KernelRelease parse(String text) {
        Matcher numbers = NUMBERS.matcher(text);
        return numbers.matches()
                ? new KernelRelease(text, Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)))
                : new KernelRelease(text, 0, 0);
    }

    /** Whether sock_diag can list sockets that are bound and nothing else. */
    public boolean showsBoundSockets() {
        return isAtLeast(6, 8);
    }

    /** Whether a port that was bound by number stays closed to automatic choice after that socket is gone. */
    public boolean keepsPortsClosedAfterBind() {
        return !isAtLeast(6, 18);
    }

    private boolean isAtLeast(int wantedMajor, int wantedMinor) {
        return major > wantedMajor || major == wantedMajor && minor >= wantedMinor;
    }

    @Override
    public String toString() {
        return text;
    }
}
