package dev.berth.linux.processes;

import dev.berth.linux.kernel.Errno;
import dev.berth.linux.kernel.LibC;
import dev.berth.linux.kernel.NativeBuffer;
import dev.berth.linux.kernel.NativeCallException;
import dev.berth.platform.OwnerQuery;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.IntPredicate;

/**
 * Reads descriptors with openat(2), getdents64(2) and readlinkat(2), without an object for each descriptor: the kernel's
 * own time is nearly all there is.
 */
final class NativeDescriptorReader implements DescriptorReader {
    private static final int RECORD_LENGTH = 16; // offsets in struct linux_dirent64, getdents64(2)
    private static final int NAME = 19;

    private static final long SOCKET = // the eight bytes of "socket:[", as one number
            ByteBuffer.wrap("socket:[".getBytes(StandardCharsets.US_ASCII))
                    .order(ByteOrder.nativeOrder())
                    .getLong();

    private final LibC libc;
    private final NativeBuffer path =
            new NativeBuffer(Integer.toString(Integer.MAX_VALUE).length() + "/fd".length() + 1);
    private final NativeBuffer entries = new NativeBuffer(8 * 1024); // some 340 descriptors
    private final NativeBuffer target = new NativeBuffer(32); // socket:[18446744073709551615]; longer is no socket
    private final int proc;

    private NativeDescriptorReader(LibC libc, int proc) {
        this.libc = libc;
        this.proc = proc;
    }

    static NativeDescriptorReader open(LibC libc) {
        try {
            int proc = libc.openat(LibC.AT_FDCWD, NativeBuffer.ofText("/proc"), LibC.O_RDONLY | LibC.O_CLOEXEC);
            return new NativeDescriptorReader(libc, proc);
        } catch (NativeCallException e) {
            throw new IllegalStateException("/proc was there a moment ago", e);
        }
    }

    @Override
    public Outcome read(int id, OwnerQuery query, SocketInodes into, IntPredicate enough) {
        try {
            int directory = libc.openat(proc, descriptorsOf(id), LibC.O_RDONLY | LibC.O_CLOEXEC);
            try {
                return readDirectory(directory, query, into, enough);
            } finally {
                libc.close(directory);
            }
        } catch (NativeCallException e) {
            return ended(e) ? Outcome.ENDED : Outcome.HIDDEN;
        }
    }

    private Outcome readDirectory(int directory, OwnerQuery query, SocketInodes into, IntPredicate enough)
            throws NativeCallException {
        ByteBuffer bytes = entries.bytes();
        int read = 0;
        for (int size; (size = libc.getdents64(directory, entries)) > 0; ) {
            if (enough.test(read)) {
                return Outcome.ABANDONED;
            }
            for (int at = 0; at < size; at += Short.toUnsignedInt(bytes.getShort(at + RECORD_LENGTH))) {
                if (bytes.get(at + NAME) != '.') { // "." and ".."
                    read++;
                    long inode = socket(directory, entries.address() + at + NAME);
                    if (query.wants(inode)) {
                        into.add(descriptor(at + NAME), inode);
                    }
                }
            }
        }
        return read == 0 ? Outcome.EMPTY : Outcome.READ;
    }

    @Override
    public boolean holdsAny(int id, int[] descriptors, OwnerQuery query) {
        try {
            int directory = libc.openat(proc, descriptorsOf(id), LibC.O_RDONLY | LibC.O_CLOEXEC);
            try {
                for (int descriptor : descriptors) {
                    if (query.wants(
                            socket(directory, path(String.valueOf(descriptor)).address()))) {
                        return true;
                    }
                }
                return false;
            } finally {
                libc.close(directory);
            }
        } catch (NativeCallException e) {
            return false; // ended, or hidden: whether it is a relative who shares is not known
        }
    }

    /** The inode of a socket, or 0 where the descriptor is none, or has been closed since the directory was read. */
    private long socket(int directory, long name) throws NativeCallException {
        int length;
        try {
            length = libc.readlinkat(directory, name, target);
        } catch (NativeCallException e) {
            if (ended(e)) {
                return 0;
            }
            throw e;
        }
        boolean isSocket = length > Long.BYTES && target.bytes().getLong(0) == SOCKET;
        return isSocket ? number(Long.BYTES, length - 1) : 0; // all but the closing bracket
    }

    private int descriptor(int at) {
        int number = 0;
        for (byte digit; (digit = entries.bytes().get(at)) != 0; at++) {
            number = number * 10 + digit - '0';
        }
        return number;
    }

    private long number(int from, int to) {
        long number = 0;
        for (int at = from; at < to; at++) {
            number = number * 10 + target.bytes().get(at) - '0';
        }
        return number;
    }

    private NativeBuffer descriptorsOf(int id) {
        return path(id + "/fd");
    }

    private NativeBuffer path(String text) {
        for (int i = 0; i < text.length(); i++) {
            path.bytes().put(i, (byte) text.charAt(i));
        }
        path.bytes().put(text.length(), (byte) 0);
        return path;
    }

    private static boolean ended(NativeCallException e) {
        return e.errno() == Errno.ENOENT || e.errno() == Errno.ESRCH;
    }

    @Override
    public void close() {
        libc.close(proc);
    }
}
