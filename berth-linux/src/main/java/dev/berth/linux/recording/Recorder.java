package dev.berth.linux.recording;

import dev.berth.linux.kernel.Kernel;
import dev.berth.platform.capture.CaptureRequest;
import java.nio.file.Path;
import java.util.List;

/** Placeholder. */
public final class Recorder {
    private Recorder() {}

    public static void record(Path file, CaptureRequest request, List<Kernel> live) {}
}
