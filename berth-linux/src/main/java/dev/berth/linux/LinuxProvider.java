package dev.berth.linux;

import dev.berth.linux.kernel.Kernel;
import dev.berth.linux.kernel.LibC;
import dev.berth.linux.kernel.Namespaces;
import dev.berth.linux.kernel.NativeBuffer;
import dev.berth.linux.kernel.NativeCallException;
import dev.berth.linux.processes.LiveDescriptors;
import dev.berth.linux.recording.RecordedKernel;
import dev.berth.linux.recording.Recorder;
import dev.berth.platform.Gap;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostProvider;
import dev.berth.platform.HostReadException;
import dev.berth.platform.NamespaceChoice;
import dev.berth.platform.capture.Capture;
import dev.berth.platform.capture.CaptureRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Opens the running Linux, or a recorded one. */
public final class LinuxProvider implements HostProvider {
    private static final long TIOCGWINSZ = 0x5413; // asm-generic/ioctls.h
    private static final int WINSIZE_SIZE = 8; // struct winsize: rows, columns, pixels twice
    private static final int WINSIZE_ROWS = 0;
    private static final int WINSIZE_COLUMNS = 2;

    @Override
    public String system() {
        return "linux";
    }

    @Override
    public boolean isHere() {
        return System.getProperty("os.name", "").equals("Linux");
    }

    /** Links system calls, which takes a third of a short run, while the caller reads its arguments. */
    @Override
    public void warmUp() {
        var linking = new Thread(LibC::here, "link");
        linking.setDaemon(true);
        linking.start();
    }

    @Override
    public List<HostNetwork> open(NamespaceChoice choice) throws HostReadException {
        Namespaces.Opened opened = openLive(choice);
        return hosts(opened.kernels(), opened.gaps());
    }

    @Override
    public List<HostNetwork> open(Capture capture, NamespaceChoice choice) throws HostReadException {
        return hosts(RecordedKernel.open(capture, choice), capture.manifest().gaps());
    }

    @Override
    public void record(Path file, CaptureRequest request) throws HostReadException {
        Namespaces.Opened opened = openLive(request.namespaces());
        try {
            Recorder.record(file, request, opened.kernels(), opened.gaps(), kernel -> new LinuxHost(kernel, List.of()));
        } finally {
            opened.kernels().forEach(Kernel::close);
        }
    }

    @Override
    public void detach() {
        LibC libc = LibC.here();
        if (libc == null) {
            return;
        }
        try {
            libc.setsid();
        } catch (NativeCallException leadsAGroup) {
            // EPERM, the only way it fails: started as the leader of a group, as a shell's job is
        }
    }

    @Override
    public OptionalInt terminalColumns(int descriptor) {
        return said(window(descriptor, WINSIZE_COLUMNS));
    }

    @Override
    public OptionalInt terminalRows() {
        return said(window(1, WINSIZE_ROWS));
    }

    private static OptionalInt said(int size) {
        return size <= 0 ? OptionalInt.empty() : OptionalInt.of(size);
    }

    @Override
    public boolean isTerminal(int descriptor) {
        return window(descriptor, WINSIZE_COLUMNS) >= 0; // a serial console is one, and may say 0
    }

    /** -1 where there is no terminal, 0 for one that does not say. */
    private static int window(int descriptor, int member) {
        LibC libc = LibC.here(); // null on other systems
        if (libc == null) {
            return -1;
        }
        try {
            var size = new NativeBuffer(WINSIZE_SIZE);
            libc.ioctl(descriptor, TIOCGWINSZ, size);
            return Short.toUnsignedInt(size.bytes().getShort(member));
        } catch (NativeCallException notATerminal) {
            return -1;
        }
    }

    private static Namespaces.Opened openLive(NamespaceChoice choice) throws HostReadException {
        LibC libc = LibC.here();
        return Namespaces.open(choice, libc, new LiveDescriptors(libc)::walk);
    }

    /** Gaps are told once, by the first host. */
    private static List<HostNetwork> hosts(List<Kernel> kernels, List<Gap> gaps) {
        var hosts = new ArrayList<HostNetwork>();
        for (Kernel kernel : kernels) {
            hosts.add(new LinuxHost(kernel, hosts.isEmpty() ? gaps : List.of()));
        }
        return hosts;
    }
}
