package dev.berth.windows.sockets;

import dev.berth.windows.system.FileTime;
import dev.berth.windows.system.ProcessEntry;
import dev.berth.windows.system.WindowsErrorException;
import dev.berth.windows.system.WindowsSystem;
import java.util.HashMap;
import java.util.Map;

/** Tells whether a process can have made a socket; asks when each started once. */
final class Makers {
    /** The system's clock may go in ticks of 15.6 ms, and give the later of two events the earlier time. */
    private static final long TICK = 160_000;

    private final WindowsSystem system;
    private final Map<Integer, Long> starts = new HashMap<>();

    Makers(WindowsSystem system) {
        this.system = system;
    }

    /** @param made when the socket was made, as FILETIME */
    boolean startedAfter(int pid, long made) {
        return starts.computeIfAbsent(pid, this::start) - TICK > made;
    }

    /** As FILETIME; 0 where it is not told, or there is no such process. */
    private long start(int pid) {
        try {
            return system.process(pid)
                    .map(ProcessEntry::startedAt)
                    .map(FileTime::of)
                    .orElse(0L);
        } catch (WindowsErrorException e) {
            return 0;
        }
    }
}
