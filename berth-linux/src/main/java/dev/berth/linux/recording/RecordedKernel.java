package dev.berth.linux.recording;

import dev.berth.linux.kernel.Kernel;
import dev.berth.platform.NamespaceChoice;
import dev.berth.platform.capture.Capture;
import java.util.List;

/** Placeholder. */
public final class RecordedKernel {
    private RecordedKernel() {}

    public static List<Kernel> open(Capture capture, NamespaceChoice choice) {
        return List.of();
    }
}
