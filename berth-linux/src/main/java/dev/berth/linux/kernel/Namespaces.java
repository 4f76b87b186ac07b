package dev.berth.linux.kernel;

import dev.berth.platform.Gap;
import dev.berth.platform.HostReadException;
import dev.berth.platform.HostReadException.Kind;
import dev.berth.platform.NamespaceChoice;
import dev.berth.platform.NetworkNamespace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds network namespaces, network_namespaces(7): mounted in {@code /run/netns}, or lived in by a process. */
public final class Namespaces {
    private static final String MOUNTS = "/run/netns";
    private static final String OWN = "/proc/thread-self/ns/net";
    private static final long FIRST_PID_NAMESPACE = 0xEFFF_FFFCL; // PROC_PID_INIT_INO, linux/proc_ns.h

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
            case NamespaceChoice.Numbered(long inode) -> namespaces.numbered(inode);
            case NamespaceChoice.All(), NamespaceChoice.Whole() -> namespaces.all();
        };
        return new Opened(kernels, List.copyOf(namespaces.gaps));
    }

    /** The number of the namespace that process 1 lives in; 0 where it cannot be had. */
    public static long ofInit() {
        return inodeOf("/proc/1/ns/net");
    }

    /** Whether this process lives in the namespace of process 1; false where that cannot be told. */
    static boolean ownIsOfInit() {
        long init = devicesOf("1");
        return init != 0 && init == devicesOf("thread-self");
    }

    /**
     * The number of a file that each namespace has one of. Looking at it takes no privilege, as ns/net does; it tells only
     * whether two processes that are there live in one namespace (fs/proc/proc_net.c). 0 where it cannot be had.
     */
    private static long devicesOf(String process) {
        return inodeOf("/proc/" + process + "/net/dev");
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

    private List<Kernel> numbered(long inode) throws HostReadException {
        Seen seen = look();
        String path = seen.paths.get(inode);
        path = path == null ? mountedElsewhere(inode) : path;
        if (path != null) {
            Kernel kernel = enter(path, seen.names.get(inode), seen.residents.get(inode));
            if (kernel.namespace().inode() == inode) {
                return List.of(kernel);
            }
            kernel.close();
            gaps.add(new Gap(path, "it became another's while it was looked at"));
        }
        if (inodeOf("/proc/self/ns/pid") != FIRST_PID_NAMESPACE) {
            gaps.add(new Gap("processes outside of this container", "it has a pid namespace of its own"));
        }
        if (gaps.isEmpty()) {
            return List.of();
        }
        throw new HostReadException(
                Kind.NOT_PERMITTED,
                "cannot tell whether net:[" + inode + "] is still there",
                "not seen: "
                        + gaps.stream()
                                .map(gap -> gap.what() + " (" + gap.why() + ")")
                                .collect(Collectors.joining(", ")),
                "run the same command as root, outside of containers");
    }

    /** Where it is mounted, if not where ip-netns(8) mounts them: docker has a place of its own. See proc_pid_mountinfo(5). */
    private @Nullable String mountedElsewhere(long inode) {
        try {
            byte[] mounts = files.read("/proc/self/mountinfo");
            return mounts == null
                    ? null
                    : new String(mounts, StandardCharsets.ISO_8859_1)
                            .lines()
                            .map(line -> line.split(" ", -1))
                            .filter(fields -> fields.length > 4 && fields[3].equals("net:[" + inode + "]"))
                            .map(fields -> fields[4])
                            .filter(path -> inodeOf(path) == inode) // one that is mounted over, or has a blank, is not
                            .findFirst()
                            .orElse(null);
        } catch (IOException e) {
            gaps.add(new Gap("what is mounted", "it may not be read"));
            return null;
        }
    }

    /** Each inode once, by the first path that leads to it, with the name and a process that it has. */
    private record Seen(Map<Long, String> paths, Map<Long, String> names, Map<Long, Integer> residents) {}

    private Seen look() {
        Map<Long, String> paths = new LinkedHashMap<>();
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
        var unreadable = new ArrayList<String>();
        for (String pid : processes()) {
            String path = "/proc/" + pid + "/ns/net";
            long inode = inodeOf(path);
            if (inode != 0) {
                paths.putIfAbsent(inode, path);
                residents.putIfAbsent(inode, Integer.valueOf(pid));
            } else if (isRefused(path)) {
                unreadable.add(pid);
            }
        }
        long hidden = hidden(unreadable, residents.values());
        if (hidden > 0) {
            gaps.add(new Gap(
                    "the network namespaces of " + hidden + (hidden == 1 ? " process" : " processes"),
                    "they belong to other users; root with CAP_SYS_PTRACE sees them"));
        }
        return new Seen(paths, names, residents);
    }

    /** Whether it is there and may not be looked at: a process that has ended, reaped or not, lives in none. */
    private static boolean isRefused(String path) {
        try {
            Files.getAttribute(Path.of(path), "unix:ino");
            return false;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** How many processes may live in a namespace that is not seen: those that live in none with one that is. */
    private static long hidden(List<String> processes, Collection<Integer> seen) {
        if (processes.isEmpty()) {
            return 0;
        }
        Set<Long> known = seen.stream()
                .map(resident -> devicesOf(resident.toString()))
                .collect(Collectors.toCollection(HashSet::new));
        known.add(devicesOf("thread-self"));
        known.remove(0L);
        return processes.stream()
                .filter(pid -> !known.contains(devicesOf(pid)) && Files.exists(Path.of("/proc/" + pid)))
                .count();
    }

    private List<Kernel> all() {
        Seen seen = look();
        var kernels = new ArrayList<Kernel>();
        seen.paths.forEach((inode, path) -> {
            String name = seen.names.get(inode);
            try {
                kernels.add(path.equals(OWN) ? own() : enter(path, name, seen.residents.get(inode)));
            } catch (HostReadException e) {
                gaps.add(new Gap("sockets of " + new NetworkNamespace(inode, name), e.why()));
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
