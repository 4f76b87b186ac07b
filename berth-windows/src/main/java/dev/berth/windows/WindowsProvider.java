package dev.berth.windows;

import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostProvider;
import dev.berth.platform.HostReadException;
import dev.berth.platform.HostReadException.Kind;
import dev.berth.platform.NamespaceChoice;
import dev.berth.platform.capture.Capture;
import dev.berth.platform.capture.CaptureRequest;
import dev.berth.windows.recording.RecordedWindows;
import dev.berth.windows.recording.Recorder;
import dev.berth.windows.system.Console;
import dev.berth.windows.system.ConsoleTie;
import dev.berth.windows.system.LiveWindows;
import dev.berth.windows.system.WindowsErrorException;
import dev.berth.windows.system.WindowsSystem;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
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
        return List.of(new WindowsHost(live()));
    }

    private static WindowsSystem live() throws HostReadException {
        try {
            return new LiveWindows();
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
            case NamespaceChoice.Own _, NamespaceChoice.Whole _ -> {}
            case NamespaceChoice.All _,
                    NamespaceChoice.Named _,
                    NamespaceChoice.OfProcess _,
                    NamespaceChoice.Numbered _ ->
                throw new HostReadException(
                        Kind.NOT_ON_THIS_SYSTEM,
                        "cannot choose a network namespace here",
                        "Windows has one network stack",
                        "run the command without --netns");
        }
    }

    @Override
    public List<HostNetwork> open(Capture capture, NamespaceChoice choice) throws HostReadException {
        checkOneStack(choice);
        return List.of(new WindowsHost(RecordedWindows.open(capture)));
    }

    @Override
    public void record(Path file, CaptureRequest request) throws HostReadException {
        checkOneStack(request.namespaces());
        try (WindowsSystem live = live()) {
            Recorder.record(file, request, live, WindowsHost::new);
        }
    }

    @Override
    public void detach() {
        ConsoleTie.cut();
    }

    @Override
    public boolean obeysEscapes(int descriptor) {
        return Console.obeysEscapes(descriptor);
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
        return Console.isPipe(descriptor);
    }

    @Override
    public OptionalInt terminalColumns(int descriptor) {
        return isTerminal(descriptor) ? Console.columns() : OptionalInt.empty();
    }

    @Override
    public OptionalInt terminalRows() {
        return isTerminal(OUTPUT) ? Console.rows() : OptionalInt.empty();
    }

    @Override
    public boolean isTerminal(int descriptor) {
        return isHere() && Console.isBehind(descriptor);
    }
}
