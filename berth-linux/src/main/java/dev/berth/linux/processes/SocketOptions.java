package dev.berth.linux.processes;

import dev.berth.linux.kernel.Errno;
import dev.berth.linux.kernel.Kernel;
import dev.berth.linux.kernel.KernelFiles;
import dev.berth.linux.kernel.LibC;
import dev.berth.linux.kernel.NativeCallException;
import dev.berth.linux.kernel.PidFd;
import dev.berth.platform.InodeSet;
import dev.berth.platform.OwnerQuery;
import dev.berth.platform.SocketFlags;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How a socket that a process holds shares its port. No table of sockets tells, so Berth takes a second descriptor of it
 * from the process, asks that, and lets go: pidfd_getfd(2), socket(7), ipv6(7). The process notices nothing.
 */
public final class SocketOptions {
    private static final int SOL_SOCKET = 1; // asm-generic/socket.h
    private static final int SO_REUSEADDR = 2;
    private static final int SO_REUSEPORT = 15;
    private static final int SO_PROTOCOL = 38;
    private static final int SO_DOMAIN = 39;
    private static final int SO_COOKIE = 57;
    private static final int AF_INET6 = 10;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_V6ONLY = 26;
    private static final int IPPROTO_MPTCP = 262;

    private final LibC libc;
    private final KernelFiles files;
    private final int pid;
    private final long inode;
    private final long cookie;

    private SocketOptions(LibC libc, KernelFiles files, int pid, long inode, long cookie) {
        this.libc = libc;
        this.files = files;
        this.pid = pid;
        this.inode = inode;
        this.cookie = cookie;
    }

    /** @param cookie 0 where it is not known; the inode alone must then do */
    public static SocketFlags read(Kernel kernel, int pid, long inode, long cookie) {
        LibC libc = kernel.calls();
        if (libc == null) {
            return new SocketFlags.Unknown(
                    kernel.recorded() ? "a recording does not tell" : "the system calls for it are not known here");
        }
        if (inode == 0) {
            return new SocketFlags.Unknown("the kernel alone holds the socket, and no process that could be asked");
        }
        return new SocketOptions(libc, kernel.files(), pid, inode, cookie).read();
    }

    private SocketFlags read() {
        try (DescriptorReader descriptors = NativeDescriptorReader.open(libc)) {
            var inodes = new InodeSet();
            inodes.add(inode);
            var found = new SocketInodes();
            var outcome = descriptors.read(pid, OwnerQuery.everyHolder(inodes), found, _ -> false);
            return switch (outcome) {
                case HIDDEN ->
                    new SocketFlags.Unknown(
                            "process " + pid
                                    + " may not be looked into: that takes the same user, or CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH");
                case ENDED -> ended();
                case READ, EMPTY, ABANDONED -> found.size() == 0 ? closed() : ask(found.firstDescriptors(1)[0]);
            };
        } catch (NativeCallException e) {
            return new SocketFlags.Unknown(why(e, pid, files));
        }
    }

    private SocketFlags ask(int descriptor) throws NativeCallException {
        int copy;
        try (PidFd process = PidFd.open(libc, pid)) {
            copy = process.copyOf(descriptor);
        }
        try {
            return isTheSocket(copy) ? flags(copy) : closed();
        } finally {
            libc.close(copy);
        }
    }

    /** Between finding the descriptor and copying it, the process may have closed it and opened another. */
    private boolean isTheSocket(int copy) throws NativeCallException {
        return hasTheInode(copy)
                && (cookie == 0
                        || libc.getsockoptLong(copy, SOL_SOCKET, SO_COOKIE) == cookie
                        // the table has the TCP socket below, which shares the inode and has a cookie of its own
                        || libc.getsockopt(copy, SOL_SOCKET, SO_PROTOCOL) == IPPROTO_MPTCP);
    }

    private boolean hasTheInode(int copy) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/" + copy))
                    .toString()
                    .equals("socket:[" + inode + "]");
        } catch (IOException e) {
            return false;
        }
    }

    private SocketFlags flags(int socket) throws NativeCallException {
        boolean v6 = libc.getsockopt(socket, SOL_SOCKET, SO_DOMAIN) == AF_INET6;
        return new SocketFlags.Read(
                libc.getsockopt(socket, SOL_SOCKET, SO_REUSEADDR) != 0,
                libc.getsockopt(socket, SOL_SOCKET, SO_REUSEPORT) != 0,
                v6 && libc.getsockopt(socket, IPPROTO_IPV6, IPV6_V6ONLY) != 0);
    }

    private SocketFlags closed() {
        return new SocketFlags.Unknown("process " + pid + " has closed the socket meanwhile");
    }

    private SocketFlags ended() {
        return new SocketFlags.Unknown("process " + pid + " has ended meanwhile");
    }

    /** What a failed call means for the answer. */
    static String why(NativeCallException e, int pid, KernelFiles files) {
        return switch (e.errno()) {
            case Errno.ESRCH -> "process " + pid + " has ended meanwhile, or is in another pid namespace";
            case Errno.EBADF, Errno.ENOTSOCK -> "process " + pid + " has closed the socket meanwhile";
            case Errno.EPERM, Errno.EACCES -> "process " + pid + " may not be asked: that takes " + privilege(files);
            case Errno.ENOSYS ->
                "this kernel has no " + e.call() + ", which Linux has since "
                        + (e.call().equals("pidfd_open") ? "5.3" : "5.6");
            default -> e.call() + ": " + Errno.name(e.errno());
        };
    }

    /** Yama forbids even the same user to look into a process that is not a child. */
    private static String privilege(KernelFiles files) {
        String scope = "";
        try {
            byte[] text = files.read("/proc/sys/kernel/yama/ptrace_scope");
            scope = text == null ? "" : new String(text, StandardCharsets.US_ASCII).strip();
        } catch (IOException unreadable) {
            // then nothing is said of it
        }
        return switch (scope) {
            case "", "0" -> "the same user, or CAP_SYS_PTRACE";
            case "3" -> "a kernel whose kernel.yama.ptrace_scope is not 3, which forbids it to everybody";
            default -> "CAP_SYS_PTRACE, since kernel.yama.ptrace_scope is " + scope;
        };
    }
}
