package dev.berth.linux.kernel;

import java.util.concurrent.Callable;

/** The files of {@code /proc/sys} in one network namespace, to be written. Safe for use by several threads. */
public final class SettingFiles {
    /**
     * The kernel takes a page of a long list at a time, and stops before a number that the page would cut. What is left over
     * of fewer bytes than any page, it did not want.
     */
    private static final int SHORTEST_PAGE = 4000;

    private final LibC libc;
    private final Caller there;

    SettingFiles(LibC libc, Caller there) {
        this.libc = libc;
        this.there = there;
    }

    /** Makes calls on a thread in the namespace. */
    interface Caller {
        <T> T call(Callable<T> body) throws Exception;
    }

    /**
     * Opens a setting for writing, which asks everything but whether a value suits it, and writes nothing.
     *
     * @throws NativeCallException with what a write would be refused with: ENOENT, EACCES, EROFS
     */
    public void open(String path) throws NativeCallException {
        onItsThread(() -> {
            libc.close(opened(path));
            return true;
        });
    }

    /**
     * Writes a value, or a list of ports that replaces the one in force. A list longer than a page is in force page by page,
     * and stays so far where a later page is refused.
     */
    public void replace(String path, byte[] value) throws NativeCallException {
        write(path, value, 0);
    }

    /**
     * Writes a list of ports that are reserved beside those which are: what the kernel is given anywhere but at the start of
     * the file adds to the list (proc_do_large_bitmap, kernel/sysctl.c), so that none is let go of for a moment.
     */
    public void add(String path, byte[] list) throws NativeCallException {
        write(path, list, 1);
    }

    private void write(String path, byte[] value, int offset) throws NativeCallException {
        onItsThread(() -> {
            int file = opened(path);
            try {
                for (int written = 0; written < value.length; ) {
                    int left = value.length - written;
                    var rest = new NativeBuffer(left);
                    rest.bytes().put(0, value, written, left);
                    int taken = libc.pwrite64(file, rest, offset + written);
                    if (taken < Math.min(left, SHORTEST_PAGE)) {
                        throw new NativeCallException("pwrite64", Errno.EINVAL);
                    }
                    written += taken;
                }
                return true;
            } finally {
                libc.close(file);
            }
        });
    }

    private int opened(String path) throws NativeCallException {
        return libc.openat(LibC.AT_FDCWD, NativeBuffer.ofText(path), LibC.O_WRONLY | LibC.O_CLOEXEC);
    }

    private void onItsThread(Callable<Boolean> call) throws NativeCallException {
        try {
            there.call(call);
        } catch (NativeCallException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
