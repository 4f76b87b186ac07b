package dev.berth.linux.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * System calls, named as in section 2 of the manual. All go through syscall(2), because each further function would have to be
 * linked. Thread-safe; a call works on the thread that makes it.
 */
public final class LibC {
    public static final int AT_FDCWD = -100;
    public static final int O_RDONLY = 0;
    public static final int O_WRONLY = 1;
    public static final int O_NONBLOCK = 0x800; // asm-generic/fcntl.h, as on every architecture in CallNumbers
    public static final int O_CLOEXEC = 0x8_0000; // the same on every architecture in CallNumbers

    private static final SystemCalls CALLS = SystemCalls.quickest();

    private final CallNumbers numbers;

    private LibC(CallNumbers numbers) {
        this.numbers = numbers;
    }

    /** The C library of this process, or null where Berth does not know the system's call numbers. */
    public static @Nullable LibC here() {
        boolean linux = System.getProperty("os.name", "").equals("Linux");
        CallNumbers numbers = linux ? CallNumbers.of(System.getProperty("os.arch", "")) : null;
        return numbers == null ? null : new LibC(numbers);
    }

    /** socket(2). */
    public int socket(int domain, int type, int protocol) throws NativeCallException {
        return (int) call("socket", numbers.socket(), domain, type, protocol, 0, 0, 0, null);
    }

    /** bind(2). */
    public void bind(int socket, NativeBuffer address, int length) throws NativeCallException {
        call("bind", numbers.bind(), socket, address.address(), length, 0, 0, 0, address);
    }

    /** connect(2). */
    public void connect(int socket, NativeBuffer address, int length) throws NativeCallException {
        call("connect", numbers.connect(), socket, address.address(), length, 0, 0, 0, address);
    }

    /** getsockname(2) into the start of {@code into}, cut where that is too short. */
    public void getsockname(int socket, NativeBuffer into) throws NativeCallException {
        var length = new NativeBuffer(Integer.BYTES);
        length.bytes().putInt(0, into.capacity());
        Object both = new NativeBuffer[] {into, length};
        call("getsockname", numbers.getsockname(), socket, into.address(), length.address(), 0, 0, 0, both);
    }

    /** sendto(2) of the first {@code length} bytes, to nowhere in particular: netlink's default is the kernel. */
    public int sendto(int socket, NativeBuffer message, int length, int flags) throws NativeCallException {
        return (int) call("sendto", numbers.sendto(), socket, message.address(), length, flags, 0, 0, message);
    }

    /**
     * recvfrom(2), without the sender.
     *
     * @param into direct, filled from its first byte on; its position and limit are neither used nor changed
     */
    public int recvfrom(int socket, ByteBuffer into, int flags) throws NativeCallException {
        long address = MemorySegment.ofBuffer(into.duplicate().clear()).address();
        return (int) call("recvfrom", numbers.recvfrom(), socket, address, into.capacity(), flags, 0, 0, into);
    }

    /** setsockopt(2) of an option that is an int. */
    public void setsockopt(int socket, int level, int option, int value) throws NativeCallException {
        var holder = new NativeBuffer(Integer.BYTES);
        holder.bytes().putInt(0, value);
        call("setsockopt", numbers.setsockopt(), socket, level, option, holder.address(), Integer.BYTES, 0, holder);
    }

    /** getsockopt(2) of an option that is an int. */
    public int getsockopt(int socket, int level, int option) throws NativeCallException {
        return getsockopt(socket, level, option, Integer.BYTES).getInt(0);
    }

    /** getsockopt(2) of an option that is 64 bits. */
    public long getsockoptLong(int socket, int level, int option) throws NativeCallException {
        return getsockopt(socket, level, option, Long.BYTES).getLong(0);
    }

    private ByteBuffer getsockopt(int socket, int level, int option, int size) throws NativeCallException {
        var holder = new NativeBuffer(size + Integer.BYTES); // the value, then its length
        holder.bytes().putInt(size, size);
        long address = holder.address();
        call("getsockopt", numbers.getsockopt(), socket, level, option, address, address + size, 0, holder);
        return holder.bytes();
    }

    /** openat(2) of a path that ends in a zero byte. */
    public int openat(int directory, NativeBuffer path, int flags) throws NativeCallException {
        return (int) call("openat", numbers.openat(), directory, path.address(), flags, 0, 0, 0, path);
    }

    /** read(2) into the start of {@code into}. @return how many bytes; 0 at the end */
    public int read(int file, NativeBuffer into) throws NativeCallException {
        return (int) call("read", numbers.read(), file, into.address(), into.capacity(), 0, 0, 0, into);
    }

    /**
     * read(2) of a file opened with {@link #O_NONBLOCK}, into the start of {@code into}.
     *
     * @return how many bytes; 0 where there are none now
     */
    public int readNow(int file, NativeBuffer into) throws NativeCallException {
        long result = result(numbers.read(), file, into.address(), into.capacity(), 0, 0, 0, into);
        if (result < 0 && result != -Errno.EAGAIN) {
            throw new NativeCallException("read", (int) -result);
        }
        return (int) Math.max(result, 0);
    }

    /** pwrite64(2) of all of {@code from}, at {@code offset}. @return how many bytes were taken */
    public int pwrite64(int file, NativeBuffer from, long offset) throws NativeCallException {
        return (int) call("pwrite64", numbers.pwrite64(), file, from.address(), from.capacity(), offset, 0, 0, from);
    }

    /** getdents64(2) into the start of {@code into}. @return how many bytes; 0 at the end */
    public int getdents64(int directory, NativeBuffer into) throws NativeCallException {
        return (int)
                call("getdents64", numbers.getdents64(), directory, into.address(), into.capacity(), 0, 0, 0, into);
    }

    /**
     * readlinkat(2) into the start of {@code into}, without a zero byte at the end.
     *
     * @param name the address of a name that ends in a zero byte, such as one in a reply of {@link #getdents64}
     * @return how many bytes; the buffer's capacity when the target may be longer
     */
    public int readlinkat(int directory, long name, NativeBuffer into) throws NativeCallException {
        return (int)
                call("readlinkat", numbers.readlinkat(), directory, name, into.address(), into.capacity(), 0, 0, into);
    }

    /** ioctl(2) with a pointer. */
    public void ioctl(int file, long request, NativeBuffer argument) throws NativeCallException {
        call("ioctl", numbers.ioctl(), file, request, argument.address(), 0, 0, 0, argument);
    }

    /** setns(2): moves the calling thread, and no other. */
    public void setns(int file, int type) throws NativeCallException {
        call("setns", numbers.setns(), file, type, 0, 0, 0, 0, null);
    }

    /**
     * ppoll(2) without a signal mask.
     *
     * @param files {@code struct pollfd}, {@code count} of them
     * @param timeout {@code struct timespec}; the kernel leaves in it what was not used
     * @return how many are ready; 0 when the time is up
     */
    public int ppoll(NativeBuffer files, int count, NativeBuffer timeout) throws NativeCallException {
        Object both = new NativeBuffer[] {files, timeout};
        return (int) call("ppoll", numbers.ppoll(), files.address(), count, timeout.address(), 0, 0, 0, both);
    }

    /** pidfd_open(2), Linux 5.3. The descriptor is closed on exec. */
    public int pidfdOpen(int pid) throws NativeCallException {
        return (int) call("pidfd_open", numbers.pidfdOpen(), pid, 0, 0, 0, 0, 0, null);
    }

    /** pidfd_getfd(2), Linux 5.6: a second descriptor of what a process has open. It is closed on exec. */
    public int pidfdGetfd(int pidfd, int descriptor) throws NativeCallException {
        return (int) call("pidfd_getfd", numbers.pidfdGetfd(), pidfd, descriptor, 0, 0, 0, 0, null);
    }

    /** pidfd_send_signal(2), Linux 5.1: to that process alone, as kill(2) would. */
    public void pidfdSendSignal(int pidfd, int signal) throws NativeCallException {
        call("pidfd_send_signal", numbers.pidfdSendSignal(), pidfd, signal, 0, 0, 0, 0, null);
    }

    /** setsid(2): this process leads a session and a group of its own, without a terminal. */
    public void setsid() throws NativeCallException {
        call("setsid", numbers.setsid(), 0, 0, 0, 0, 0, 0, null);
    }

    /** close(2). Whatever it reports, Linux has let go of the descriptor. */
    public void close(int file) {
        try {
            call("close", numbers.close(), file, 0, 0, 0, 0, 0, null);
        } catch (NativeCallException gone) {
            assert gone.errno() != Errno.EBADF : "closed twice";
        }
    }

    private static long call(
            String name, int number, long a, long b, long c, long d, long e, long f, @Nullable Object memory)
            throws NativeCallException {
        long result = result(number, a, b, c, d, e, f, memory);
        if (result < 0) {
            throw new NativeCallException(name, (int) -result);
        }
        return result;
    }

    /** What the call gave back; a negated errno where it failed. */
    private static long result(int number, long a, long b, long c, long d, long e, long f, @Nullable Object memory) {
        try {
            return CALLS.call(number, a, b, c, d, e, f);
        } finally {
            Reference.reachabilityFence(memory); // an address alone does not keep its memory
        }
    }
}
