package dev.berth.remedy.free;

import dev.berth.diagnosis.Explanation;
import dev.berth.platform.HostReadException;

/** Whether the port is available, asked anew each time, with a real bind. */
@FunctionalInterface
public interface Question {
    Explanation ask() throws HostReadException;
}
