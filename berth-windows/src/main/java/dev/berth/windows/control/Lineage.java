package dev.berth.windows.control;

import dev.berth.platform.Ancestry;
import dev.berth.platform.ProcessRef;
import dev.berth.windows.system.ProcessEntry;
import dev.berth.windows.system.WindowsErrorException;
import dev.berth.windows.system.WindowsSystem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * This process and those it comes from. Windows keeps the id of a parent that has ended, and may give it to another process:
 * who was started later is nobody's parent.
 */
final class Lineage {
    private final WindowsSystem system;

    Lineage(WindowsSystem system) {
        this.system = system;
    }

    Ancestry read() {
        var line = new ArrayList<ProcessRef>();
        try {
            return new Ancestry(line, follow(line));
        } catch (WindowsErrorException e) {
            return new Ancestry(line, false);
        }
    }

    /** @return whether the line is whole */
    private boolean follow(List<ProcessRef> line) throws WindowsErrorException {
        ProcessEntry process = entry((int) ProcessHandle.current().pid());
        while (process != null) {
            Instant started = process.startedAt();
            if (started == null) {
                return false;
            }
            boolean passedOn = !line.isEmpty() && started.isAfter(line.getLast().startedAt());
            if (passedOn || has(line, process.pid())) {
                break;
            }
            line.add(new ProcessRef(process.pid(), started));
            process = entry(process.parent());
        }
        return !line.isEmpty();
    }

    private static boolean has(List<ProcessRef> line, int pid) {
        return line.stream().anyMatch(one -> one.pid() == pid);
    }

    private @Nullable ProcessEntry entry(int pid) throws WindowsErrorException {
        return system.process(pid).orElse(null);
    }
}
