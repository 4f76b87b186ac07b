package dev.berth.linux.processes;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.berth.linux.kernel.KernelFiles;
import dev.berth.platform.OpenFilesLimit;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code /proc/PID/limits}, which every user may read: proc_pid_limits(5). */
public final class ProcLimits {
    private static final Pattern OPEN_FILES = Pattern.compile("(?m)^Max open files +(\\d{1,18}) +(\\d{1,18}) ");

    private ProcLimits() {}

    /** The limit of one process; empty when it has ended, or has none. */
    public static Optional<OpenFilesLimit> openFiles(KernelFiles files, int pid) {
        try {
            byte[] text = files.read("/proc/" + pid + "/limits");
            Matcher line = OPEN_FILES.matcher(text == null ? "" : new String(text, US_ASCII));
            return line.find()
                    ? Optional.of(new OpenFilesLimit(Long.parseLong(line.group(1)), Long.parseLong(line.group(2))))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
