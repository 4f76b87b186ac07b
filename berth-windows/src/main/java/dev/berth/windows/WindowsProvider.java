package dev.berth.windows;

import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostProvider;
import dev.berth.platform.HostReadException;
import dev.berth.platform.NamespaceChoice;
import dev.berth.platform.capture.Capture;
import dev.berth.platform.capture.CaptureRequest;
import dev.berth.windows.system.ConsoleOutput;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
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
    public boolean obeysEscapes(int descriptor) {
        return ConsoleOutput.obeysEscapes(descriptor);
    }

    @Override
    public Charset letters(int descriptor) {
        String codePage = System.getProperty(descriptor == 2 ? "stderr.encoding" : "stdout.encoding", "");
        if (codePage.isEmpty() || !isTerminal(descriptor)) {
            return StandardCharsets.UTF_8;
        }
        return Charset.isSupported(codePage) ? Charset.forName(codePage) : StandardCharsets.US_ASCII;
    }

    @Override
    public boolean isPipe(int descriptor) {
        return ConsoleOutput.isPipe(descriptor);
    }

    @Override
    public OptionalInt terminalColumns(int descriptor) {
        return OptionalInt.empty();
    }
}
