package dev.berth.linux.processes;

import dev.berth.linux.kernel.KernelFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What lets the reader look into other users' processes, and what stands in its way: capabilities(7), proc(5).
 *
 * @param missingCapabilities of the two that {@code /proc/PID/fd} asks for, those the reader has not
 * @param hidepid the option of that name {@code /proc} is mounted with, or null where all processes are shown
 * @param initialPidNamespace whether every process of the machine is in sight
 */
record Privileges(
        List<String> missingCapabilities, @Nullable String hidepid, boolean initialPidNamespace) {
    private static final String SYS_PTRACE = "CAP_SYS_PTRACE"; // to follow the links
    private static final String DAC_READ_SEARCH = "CAP_DAC_READ_SEARCH"; // to list the directory
    private static final int SYS_PTRACE_BIT = 19; // linux/capability.h
    private static final int DAC_READ_SEARCH_BIT = 2;
    private static final int DAC_OVERRIDE_BIT = 1; // does as well

    static Privileges read(KernelFiles files) {
        return new Privileges(missing(text(files, "/proc/self/status")), hidepid(files), seesKernelThreads(files));
    }

    /** Whether processes of others may be left out of {@code /proc} altogether. */
    boolean concealed() {
        return hidepid != null && missingCapabilities.contains(SYS_PTRACE);
    }

    private static List<String> missing(String status) {
        long effective = 0;
        for (String line : status.split("\n", -1)) {
            if (line.startsWith("CapEff:")) {
                effective = mask(line.substring("CapEff:".length()).strip());
            }
        }
        var missing = new ArrayList<String>();
        if ((effective >> SYS_PTRACE_BIT & 1) == 0) {
            missing.add(SYS_PTRACE);
        }
        if ((effective >> DAC_READ_SEARCH_BIT & 1) == 0 && (effective >> DAC_OVERRIDE_BIT & 1) == 0) {
            missing.add(DAC_READ_SEARCH);
        }
        return missing;
    }

    private static long mask(String hexadecimal) {
        try {
            return Long.parseUnsignedLong(hexadecimal, 16);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static @Nullable String hidepid(KernelFiles files) {
        String option = null;
        for (String line : text(files, "/proc/self/mounts").split("\n", -1)) {
            String[] fields = line.split(" ", -1); // device, directory, type, options: fstab(5)
            if (fields.length > 3 && fields[1].equals("/proc") && fields[2].equals("proc")) {
                option = hidepidOf(fields[3]); // a later mount covers an earlier one
            }
        }
        return option;
    }

    private static @Nullable String hidepidOf(String options) {
        for (String option : options.split(",", -1)) {
            if (option.startsWith("hidepid=") && !option.equals("hidepid=0") && !option.equals("hidepid=off")) {
                return option;
            }
        }
        return null;
    }

    /** Process 2 is the parent of kernel threads, which are in the initial pid namespace and in no other. */
    private static boolean seesKernelThreads(KernelFiles files) {
        try {
            byte[] second = files.read("/proc/2/stat");
            ProcStat stat = second == null ? null : ProcStat.parse(second);
            return stat != null && stat.kernelThread();
        } catch (IOException e) {
            return true; // it is there, and hidden
        }
    }

    private static String text(KernelFiles files, String path) {
        try {
            byte[] bytes = files.read(path);
            return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
