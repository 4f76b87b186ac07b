package dev.berth.linux.tracing;

import dev.berth.linux.kernel.KernelFiles;
import dev.berth.linux.processes.ProcStat;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an instance of Berth's is called, so that a later run can tell whether the one that made it still lives: {@code
 * berth-PID-START-NAMESPACE-N}.
 *
 * @param pid of the process that made it
 * @param startTicks when that process was started, so that a later one with the same id is not taken for it
 * @param pidNamespace the inode of the one that {@code pid} counts in: the instances of all of them are in one place
 * @param number which of the instances of that process
 */
record InstanceName(int pid, long startTicks, long pidNamespace, int number) {
    private static final Pattern SHAPE = Pattern.compile("berth-([0-9]{1,9})-([0-9]{1,18})-([0-9]{1,18})-([0-9]{1,9})");
    private static final AtomicInteger MADE = new AtomicInteger();

    /** A name that no other instance has. */
    static InstanceName next(KernelFiles files) {
        ProcStat self = stat(files, "self");
        long pidNamespace = Tasks.ownPidNamespace();
        return self == null
                ? new InstanceName((int) ProcessHandle.current().pid(), 0, pidNamespace, MADE.incrementAndGet())
                : new InstanceName(self.pid(), self.startTicks(), pidNamespace, MADE.incrementAndGet());
    }

    /** Null for what is not one of Berth's. */
    static @Nullable InstanceName parse(String text) {
        Matcher parts = SHAPE.matcher(text);
        return parts.matches()
                ? new InstanceName(
                        Integer.parseInt(parts.group(1)),
                        Long.parseLong(parts.group(2)),
                        Long.parseLong(parts.group(3)),
                        Integer.parseInt(parts.group(4)))
                : null;
    }

    /** Whether the process that made it has ended; false also for one of another pid namespace, which cannot be told from here. */
    boolean isStale(KernelFiles files) {
        if (pidNamespace != Tasks.ownPidNamespace()) {
            return false;
        }
        ProcStat now = stat(files, String.valueOf(pid));
        return now == null || startTicks != 0 && now.startTicks() != startTicks;
    }

    private static @Nullable ProcStat stat(KernelFiles files, String process) {
        try {
            byte[] text = files.read("/proc/" + process + "/stat");
            return text == null ? null : ProcStat.parse(text);
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public String toString() {
        return "berth-" + pid + "-" + startTicks + "-" + pidNamespace + "-" + number;
    }
}
