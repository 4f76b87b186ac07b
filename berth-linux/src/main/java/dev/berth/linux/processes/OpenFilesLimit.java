package dev.berth.linux.processes;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.berth.linux.kernel.KernelFiles;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The soft limit RLIMIT_NOFILE of a process, from {@code /proc/PID/limits}: proc_pid_limits(5). Every user may read it. */
public final class OpenFilesLimit {
    private static final Pattern LINE = Pattern.compile("(?m)^Max open files +(\\d{1,18}) ");

    private OpenFilesLimit() {}

    /** Empty when the process has ended or has no limit. */
    public static OptionalLong of(KernelFiles files, int pid) {
        try {
            byte[] text = files.read("/proc/" + pid + "/limits");
            Matcher line = LINE.matcher(text == null ? "" : new String(text, US_ASCII));
            return line.find() ? OptionalLong.of(Long.parseLong(line.group(1))) : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
