package dev.berth.platform;

import java.time.Instant;
import java.util.List;

/**
 * This process and those it comes from: whom no act may end.
 *
 * @param line this process, its parent, and so on
 * @param whole whether it goes up to the first process that can be seen; not so where the system hides processes
 */
public record Ancestry(List<ProcessRef> line, boolean whole) {
    public Ancestry {
        line = List.copyOf(line);
    }

    /** Whether {@code process} is in the line. */
    public boolean has(int process) {
        return line.stream().anyMatch(one -> one.pid() == process);
    }

    /** Whether it may be in the part of the line that is hidden: nobody comes from a process that was started later. */
    public boolean mayHave(ProcessRef process) {
        Instant oldest = line.isEmpty() ? Instant.MAX : line.getLast().startedAt();
        return has(process.pid()) || !whole && !process.startedAt().isAfter(oldest);
    }
}
