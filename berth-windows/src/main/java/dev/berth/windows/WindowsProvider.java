package dev.berth.windows;

import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostProvider;
import dev.berth.platform.HostReadException;
import dev.berth.platform.NamespaceChoice;
import dev.berth.platform.capture.Capture;
import dev.berth.platform.capture.CaptureRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/** Opens the running Windows, or a recorded one. */
public final class WindowsProvider implements HostProvider {
    @Override
    public String system() {
        return "windows";
    }

    @Override
    public boolean isHere() {
        return System.getProperty("os.name", "").startsWith("Windows");
    }

    @Override
    public List<HostNetwork> open(NamespaceChoice choice) throws HostReadException {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<HostNetwork> open(Capture capture, NamespaceChoice choice) throws HostReadException {
        throw new UnsupportedOperationException();
    }

    @Override
    public void record(Path file, CaptureRequest request) throws HostReadException {
        throw new UnsupportedOperationException();
    }

    @Override
    public OptionalInt terminalColumns(int descriptor) {
        return OptionalInt.empty();
    }
}
