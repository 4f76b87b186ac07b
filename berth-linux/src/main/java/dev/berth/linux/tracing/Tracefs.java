package dev.berth.linux.tracing;

import dev.berth.linux.kernel.KernelFiles;
import dev.berth.platform.FailureFeed;
import dev.berth.platform.HostReadException;
import dev.berth.platform.HostReadException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the kernel's tracing is mounted, Documentation/trace/ftrace.rst. Berth mounts nothing by itself. */
public final class Tracefs {
    static final String CANNOT = "cannot see failures as they happen";

    private static final String OWN_MOUNT = "/sys/kernel/tracing";
    private static final String BELOW_DEBUGFS = "/sys/kernel/debug/tracing";

    private Tracefs() {}

    /** @throws HostReadException when it is not mounted, may not be entered, or is not in this kernel */
    public static Path find(KernelFiles files) throws HostReadException {
        for (String place : new String[] {OWN_MOUNT, BELOW_DEBUGFS}) {
            if (Files.isDirectory(Path.of(place, "instances"))) {
                return Path.of(place);
            }
        }
        String mounts = text(files, "/proc/self/mounts");
        if (mounts.contains(" " + OWN_MOUNT + " tracefs ") || mounts.contains(" /sys/kernel/debug debugfs ")) {
            throw notPermitted("it takes root: the kernel shows its tracing to nobody else");
        }
        if (!text(files, "/proc/filesystems").contains("\ttracefs\n")) {
            throw new HostReadException(
                    Kind.NOT_ON_THIS_SYSTEM,
                    CANNOT,
                    "this kernel was built without tracing (CONFIG_TRACING)",
                    FailureFeed.INSTEAD);
        }
        throw new HostReadException(
                Kind.NOT_ON_THIS_SYSTEM,
                CANNOT,
                "the kernel's tracing (tracefs) is not mounted here, and Berth mounts nothing",
                "sudo mount -t tracefs nodev " + OWN_MOUNT);
    }

    static HostReadException notPermitted(String why) {
        return new HostReadException(Kind.NOT_PERMITTED, CANNOT, why, "run the same command with sudo");
    }

    /** @param why what of this kernel's tracing is not as it should be */
    static HostReadException unknown(String why) {
        return new HostReadException(Kind.NOT_ON_THIS_SYSTEM, CANNOT, why, FailureFeed.INSTEAD);
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
