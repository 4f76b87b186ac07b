package dev.berth.windows.sockets;

import dev.berth.platform.Gap;
import dev.berth.platform.InodeSet;
import dev.berth.windows.system.ProcessEntry;
import dev.berth.windows.system.WindowsErrorException;
import dev.berth.windows.system.WindowsSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is not known of the owners of sockets: each owner is looked at. */
final class OwnerGaps {
    private static final int SYSTEM = 4;
    private static final int MOST_NAMED = 5;

    private final List<Integer> passedOn = new ArrayList<>();
    private final List<Integer> ended = new ArrayList<>();

    private final List<Integer> closed = new ArrayList<>();
    private @Nullable WindowsErrorException untold;

    private OwnerGaps() {}

    static List<Gap> of(WindowsSystem system, InodeSet keys) {
        var gaps = new OwnerGaps();
        for (long key : keys.toArray()) {
            gaps.look(system, key);
        }
        return gaps.told(system.version().elevated());
    }

    private void look(WindowsSystem system, long key) {
        int pid = OwnerKey.pid(key);
        if (OwnerKey.isPassedOn(key)) {
            passedOn.add(pid);
        } else if (pid > SYSTEM) {
            lookAtProcess(system, pid);
        }
    }

    private void lookAtProcess(WindowsSystem system, int pid) {
        try {
            ProcessEntry process = system.process(pid).orElse(null);
            if (process == null) {
                ended.add(pid);
            } else if (process.startedAt() == null) {
                closed.add(pid);
            }
        } catch (WindowsErrorException e) {
            untold = e;
        }
    }

    private List<Gap> told(boolean elevated) {
        var gaps = new ArrayList<Gap>();
        if (!passedOn.isEmpty()) {
            gaps.add(new Gap(
                    "who holds the older sockets of " + named(passedOn),
                    "they were made before any process that has such an id now: their makers have ended, and programs"
                            + " that they started may hold them (or the clock was set back)"));
        }
        if (!ended.isEmpty()) {
            gaps.add(new Gap(
                    "who holds the sockets of " + named(ended),
                    "Windows names who made them, which has ended: a program that it started may hold them"));
        }
        if (!closed.isEmpty()) {
            gaps.add(new Gap(
                    "who runs " + named(closed) + ", with which command, and since when",
                    elevated
                            ? "Windows tells nobody, as of a process that it protects"
                            : "Windows does not tell this user; an elevated prompt is told: run as administrator"));
        }
        if (untold != null) {
            gaps.add(new Gap("which processes there are", String.valueOf(untold.getMessage())));
        }
        return gaps;
    }

    private static String named(List<Integer> pids) {
        String first = pids.stream().limit(MOST_NAMED).map(String::valueOf).collect(Collectors.joining(", "));
        int more = pids.size() - MOST_NAMED;
        return (pids.size() == 1 ? "process " : "processes ") + first + (more > 0 ? " and " + more + " more" : "");
    }
}
