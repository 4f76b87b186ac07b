package dev.berth.linux.kernel;

import dev.berth.platform.Gap;
import dev.berth.platform.HostReadException;
import dev.berth.platform.HostReadException.Kind;
import dev.berth.platform.NamespaceChoice;
import dev.berth.platform.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds network namespaces, network_namespaces(7): mounted in {@code /run/netns}, or lived in by a process. */
public final class Namespaces {
    private static final String MOUNTS = "/run/netns";
    private static final String OWN = "/proc/thread-self/ns/net";

    private final @Nullable LibC libc;
    private final Descriptors descriptors;
    private final LiveFiles files = new LiveFiles();
    private final List<Gap> gaps = new ArrayList<>();

    private Namespaces(@Nullable LibC libc, Descriptors descriptors) {
        this.libc = libc;
        this.descriptors = descriptors;
    }

    /** The namespaces that could be opened, and what could not. */
    public record Opened(List<Kernel> kernels, List<Gap> gaps) {}

    /**
     * Opens the namespaces chosen.
     *
     * @param libc null where this architecture's system calls are not known: procfs then answers, of the own one only
     * @throws HostReadException when a namespace that was asked for does not exist or may not be entered
     */
    public static Opened open(NamespaceChoice choice, @Nullable LibC libc, Descriptors descriptors)
            throws HostReadException {
        var namespaces = new Namespaces(libc, descriptors);
        if (choice instanceof NamespaceChoice.Own) { // before the switch, whose patterns take 4 ms to link
            return new Opened(List.of(namespaces.own()), List.of());
        }
        List<Kernel> kernels = switch (choice) {
            case NamespaceChoice.Own() -> List.of(namespaces.own());
            case NamespaceChoice.Named(String name) -> List.of(namespaces.named(name));
            case NamespaceChoice.OfProcess(int pid) -> List.of(namespaces.ofProcess(pid));
            case NamespaceChoice.All() -> namespaces.all();
        };
        return new Opened(kernels, List.copyOf(namespaces.gaps));
    }

    /** The number of the namespace that process 1 lives in; 0 where it cannot be had. */
    public static long ofInit() {
        return inodeOf("/proc/1/ns/net");
    }

    private Kernel own() {
        long inode = inodeOf(OWN);
        return new LiveKernel(libc, new NetworkNamespace(inode, nameOf(inode)), null, descriptors);
    }

    private Kernel named(String name) throws HostReadException {
        if (!mounts().contains(name)) {
            throw new HostReadException(
                    Kind.BAD_INPUT,
                    "no network namespace '" + name + "'",
                    mounts().isEmpty() ? MOUNTS + " has none" : MOUNTS + " has " + String.join(", ", mounts()),
                    "give one of these names, a process id, or all");
        }
        return enter(MOUNTS + "/" + name, name, null);
    }

    private Kernel ofProcess(int pid) throws HostReadException {
        if (!Files.exists(Path.of("/proc/" + pid))) {
            throw new HostReadException(
                    Kind.BAD_INPUT,
                    "no process " + pid,
                    "it has ended, or lives in another pid namespace",
                    "give the id of a running process: ps -e");
        }
        return enter("/proc/" + pid + "/ns/net", null, pid);
    }

    private List<Kernel> all() {
        Map<Long, String> paths = new LinkedHashMap<>(); // each inode once, by the first path that leads to it
        Map<Long, String> names = new LinkedHashMap<>();
        Map<Long, Integer> residents = new LinkedHashMap<>();
        paths.put(inodeOf(OWN), OWN);
        for (String name : mounts()) {
            long inode = inodeOf(MOUNTS + "/" + name);
            if (inode != 0) {
                names.putIfAbsent(inode, name);
                paths.putIfAbsent(inode, MOUNTS + "/" + name);
            }
        }
        int hidden = 0;
        for (String pid : processes()) {
            String path = "/proc/" + pid + "/ns/net";
            long inode = inodeOf(path);
            if (inode != 0) {
                paths.putIfAbsent(inode, path);
                residents.putIfAbsent(inode, Integer.valueOf(pid));
            } else if (Files.exists(Path.of("/proc/" + pid))) {
                hidden++;
            }
        }
        if (hidden > 0) {
            gaps.add(new Gap(
                    "the network namespaces of " + hidden + (hidden == 1 ? " process" : " processes"),
                    "they belong to other users; root with CAP_SYS_PTRACE sees them"));
        }
        var kernels = new ArrayList<Kernel>();
        paths.forEach((inode, path) -> {
            try {
                kernels.add(path.equals(OWN) ? own() : enter(path, names.get(inode), residents.get(inode)));
            } catch (HostReadException e) {
                gaps.add(new Gap("sockets of " + new NetworkNamespace(inode, names.get(inode)), e.why()));
            }
        });
        return kernels;
    }

    private Kernel enter(String path, @Nullable String name, @Nullable Integer resident) throws HostReadException {
        long inode = inodeOf(path);
        if (inode != 0 && inode == inodeOf(OWN)) {
            return own();
        }
        if (libc == null) {
            throw new HostReadException(
                    Kind.NOT_ON_THIS_SYSTEM,
                    "cannot enter the network namespace " + path,
                    "Berth does not know the system calls of " + System.getProperty("os.arch", "this architecture"),
                    "run Berth inside it: ip netns exec, or nsenter --net=" + path);
        }
        try {
            var thread = new NamespaceThread(libc, path);
            return new LiveKernel(
                    libc,
                    new NetworkNamespace(inode, name == null ? nameOf(inode) : name, resident),
                    thread,
                    descriptors);
        } catch (NativeCallException e) {
            throw refused(path, e);
        }
    }

    private static HostReadException refused(String path, NativeCallException e) {
        return switch (e.errno()) {
            case Errno.EPERM, Errno.EACCES ->
                new HostReadException(
                        Kind.NOT_PERMITTED,
                        "cannot enter the network namespace " + path,
                        "entering one takes CAP_SYS_ADMIN, and CAP_SYS_PTRACE for that of another user's process",
                        "run the same command with sudo");
            case Errno.EINVAL ->
                new HostReadException(
                        Kind.BAD_INPUT,
                        path + " is not a network namespace",
                        "what was mounted there is gone",
                        "remove it, or give another: ip netns list");
            default ->
                new HostReadException(
                        Kind.BAD_INPUT,
                        "cannot enter the network namespace " + path,
                        e.getMessage() + ": it has ended",
                        "give the name of one in " + MOUNTS + ", or the id of a running process");
        };
    }

    private @Nullable String nameOf(long inode) {
        for (String name : mounts()) {
            if (inode != 0 && inodeOf(MOUNTS + "/" + name) == inode) {
                return name;
            }
        }
        return null;
    }

    private List<String> mounts() {
        return listed(MOUNTS);
    }

    private List<String> processes() {
        return listed("/proc").stream()
                .filter(name -> name.chars().allMatch(c -> '0' <= c && c <= '9'))
                .toList();
    }

    private List<String> listed(String directory) {
        try {
            return files.list(directory);
        } catch (IOException e) {
            gaps.add(new Gap("the names in " + directory, "they may not be read: run it as root"));
            return List.of();
        }
    }

    /** The number of a namespace, 0 where it cannot be had. */
    private static long inodeOf(String path) {
        try {
            return (Long) Files.getAttribute(Path.of(path), "unix:ino");
        } catch (IOException | UnsupportedOperationException e) {
            return 0;
        }
    }
}
