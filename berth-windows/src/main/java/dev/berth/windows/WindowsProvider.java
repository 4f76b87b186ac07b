package dev.berth.windows;

import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostProvider;
import dev.berth.platform.HostReadException;
import dev.berth.platform.HostReadException.Kind;
import dev.berth.platform.NamespaceChoice;
import dev.berth.platform.capture.Capture;
import dev.berth.platform.capture.CaptureRequest;
import dev.berth.windows.system.ConsoleWindow;
import dev.berth.windows.system.LiveWindows;
import dev.berth.windows.system.WindowsErrorException;
import dev.berth.windows.recording.RecordedWindows;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/** Opens the running Windows, or a recorded one. */
public final class WindowsProvider implements HostProvider {
    private static final int OUTPUT = 1;

    @Override
    public String system() {
        return "windows";
    }

    @Override
    public boolean isHere() {
        return System.getProperty("os.name", "").startsWith("Windows");
    }

    @Override
    public void warmUp() {
        var linking = new Thread(LiveWindows::link, "link");
        linking.setDaemon(true);
        linking.start();
    }

    @Override
    public List<HostNetwork> open(NamespaceChoice choice) throws HostReadException {
        checkOneStack(choice);
        try {
            return List.of(new WindowsHost(new LiveWindows()));
        } catch (WindowsErrorException e) {
            throw new HostReadException(
                    Kind.NOT_ON_THIS_SYSTEM,
                    "cannot look at this Windows",
                    String.valueOf(e.getMessage()),
                    "report this, with the version of Windows");
        }
    }

    private static void checkOneStack(NamespaceChoice choice) throws HostReadException {
        switch (choice) {
            case NamespaceChoice.Own _, NamespaceChoice.All _ -> {}
            case NamespaceChoice.Named _, NamespaceChoice.OfProcess _, NamespaceChoice.Numbered _ ->
                throw new HostReadException(
                        Kind.NOT_ON_THIS_SYSTEM,
                        "cannot choose a network namespace here",
                        "Windows has one network stack",
                        "run the command without --netns");
        }
    }

    @Override
    public List<HostNetwork> open(Capture capture, NamespaceChoice choice) throws HostReadException {
        refuseNamespaces(choice);
        return List.of(new WindowsHost(RecordedWindows.open(capture)));
    }

    /** There is one network stack: what other systems have several of cannot be chosen here. */
    private static void refuseNamespaces(NamespaceChoice choice) throws HostReadException {
        switch (choice) {
            case NamespaceChoice.Own(), NamespaceChoice.All() -> {}
            case NamespaceChoice.Named _, NamespaceChoice.Numbered _, NamespaceChoice.OfProcess _ ->
                throw new HostReadException(
                        HostReadException.Kind.NOT_ON_THIS_SYSTEM,
                        "cannot choose a network namespace",
                        "Windows has one network stack",
                        "leave out --netns");
        }
    }

    @Override
    public void record(Path file, CaptureRequest request) throws HostReadException {
        throw new UnsupportedOperationException();
    }

    @Override
    public OptionalInt terminalColumns(int descriptor) {
        return isTerminal(descriptor) ? ConsoleWindow.columns() : OptionalInt.empty();
    }

    @Override
    public OptionalInt terminalRows() {
        return isTerminal(OUTPUT) ? ConsoleWindow.rows() : OptionalInt.empty();
    }

    @Override
    public boolean isTerminal(int descriptor) {
        return isHere() && ConsoleWindow.isBehind(descriptor);
    }
}
